package dev.unkai.cloud.image.work;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.image.store.Image;
import dev.unkai.cloud.image.store.ImageRecords;
import dev.unkai.cloud.image.store.TaskRecords;
import dev.unkai.wire.token.Caller;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Who brings an image's data: in whose name rows are changed and the history is told. */
sealed interface UploadSender {
    <T> T transact(Function<Db, T> work);

    /** The image, held for the change, if the sender may bring its data. */
    Image hold(Db db, UUID imageId);

    /** Tells that the data is there. */
    void tell(Db db, Image image, Map<String, String> facts);

    record Customer(Caller caller, String action, Transactions transactions, ImageCatalog catalog, ImageEvents events)
            implements UploadSender {
        @Override
        public <T> T transact(Function<Db, T> work) {
            return transactions.asCaller(caller, work);
        }

        @Override
        public Image hold(Db db, UUID imageId) {
            return catalog.requireOwn(db, caller, imageId);
        }

        @Override
        public void tell(Db db, Image image, Map<String, String> facts) {
            events.done(db, caller, action, image, facts);
        }
    }

    /** An import that fetches from the web; it has succeeded in the moment that the data is there. */
    record Web(
            TaskRecords.Fetch fetch,
            Transactions transactions,
            ImageRecords records,
            TaskRecords tasks,
            ImageEvents events)
            implements UploadSender {
        @Override
        public <T> T transact(Function<Db, T> work) {
            return transactions.asSystem(work);
        }

        @Override
        public Image hold(Db db, UUID imageId) {
            return records.lock(db, imageId)
                    .orElseThrow(() -> Refusal.notFound("The image was deleted before its data came."));
        }

        @Override
        public void tell(Db db, Image image, Map<String, String> facts) {
            if (!tasks.succeed(db, fetch)) {
                throw Refusal.conflict("Another process has begun the import again.");
            }
            events.doneBySystem(db, "import", image, null);
        }
    }

    /** A host that was told to make the image. */
    record Host(Transactions transactions, ImageRecords records, ImageEvents events) implements UploadSender {
        @Override
        public <T> T transact(Function<Db, T> work) {
            return transactions.asSystem(work);
        }

        @Override
        public Image hold(Db db, UUID imageId) {
            return records.lock(db, imageId)
                    .orElseThrow(() -> Refusal.notFound("The image was deleted before its data came."));
        }

        @Override
        public void tell(Db db, Image image, Map<String, String> facts) {
            events.doneBySystem(db, "upload", image, null);
        }
    }
}
