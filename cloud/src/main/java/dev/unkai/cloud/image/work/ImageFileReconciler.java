package dev.unkai.cloud.image.work;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.image.store.Image;
import dev.unkai.cloud.image.store.ImageFiles;
import dev.unkai.cloud.image.store.ImageFiles.FileName;
import dev.unkai.cloud.image.store.ImageRecords;
import dev.unkai.cloud.image.store.TaskRecords;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Rows ↔ files: an upload whose process died is queued again, a file that no row names is removed, old records of imports go. */
@Component
public final class ImageFileReconciler implements Reconciler {
    static final String CHANNEL = "image_file";

    /** Uploads give a sign of life every 5 s, and while they write to a slow disk somewhat later. */
    private static final int SILENT_SECONDS = 60;

    private final Transactions transactions;
    private final ImageRecords records;
    private final ImageFiles files;
    private final ImageEvents events;
    private final TaskRecords tasks;

    public ImageFileReconciler(
            Transactions transactions, ImageRecords records, ImageFiles files, ImageEvents events, TaskRecords tasks) {
        this.transactions = transactions;
        this.records = records;
        this.files = files;
        this.events = events;
        this.tasks = tasks;
    }

    @Override
    public String name() {
        return "image rows and files";
    }

    @Override
    public String channel() {
        return CHANNEL;
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(10);
    }

    @Override
    public boolean step() throws Exception {
        transactions.doAsSystem(db -> {
            tasks.forget(db);
            for (Image image : records.silentUploads(db, SILENT_SECONDS)) {
                UUID uploadId = image.uploadId();
                if (uploadId == null) {
                    continue; // the table's check forbids it
                }
                if (image.owner().equals(Image.PROVIDER)) {
                    records.delete(db, image.id()); // a seed: its file is still there and is imported afresh
                } else if (records.dropUpload(db, uploadId)) {
                    events.doneBySystem(
                            db, "upload", image, "The upload was interrupted on our side. Upload the data again.");
                }
            }
        });
        // Files first, rows second: a file seen here has had its row since before it was made.
        List<FileName> present = files.present();
        if (present.isEmpty()) {
            return false;
        }
        Set<UUID> known = new HashSet<>(transactions.asSystem(records::uploadIds));
        for (FileName file : present) {
            if (!known.contains(file.uploadId())) {
                files.remove(file);
            }
        }
        return false;
    }
}
