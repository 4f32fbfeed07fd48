package dev.unkai.cloud.image.work;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.image.store.Image;
import dev.unkai.cloud.image.store.Image.ImageAttributes;
import dev.unkai.cloud.image.store.Image.Status;
import dev.unkai.cloud.image.store.ImageRecords;
import dev.unkai.cloud.image.store.TaskRecords;
import dev.unkai.cloud.image.store.TaskRecords.Wanted;
import dev.unkai.wire.token.Caller;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Moves an image whose data is there from one status to the next: staged to active, active to deactivated and back. */
@Component
public final class ImageStages {
    private final ImageCatalog catalog;
    private final ImageRecords records;
    private final TaskRecords tasks;
    private final ImageEvents events;
    private final Ids ids;

    public ImageStages(ImageCatalog catalog, ImageRecords records, TaskRecords tasks, ImageEvents events, Ids ids) {
        this.catalog = catalog;
        this.records = records;
        this.tasks = tasks;
        this.events = events;
        this.ids = ids;
    }

    /** Makes an image active whose data was staged. The data was judged and stored then, so nothing is left to wait for. */
    public void importStaged(Caller caller, UUID id, String method) {
        events.<@Nullable Void>attempt(caller, "import", id, db -> {
            Image image = catalog.requireOwn(db, caller, id);
            if (image.status() == Status.ACTIVE) {
                throw Refusal.conflict("Image with status active cannot be target for import");
            }
            if (image.status() != Status.UPLOADING) {
                throw Refusal.conflict("Image needs to be staged before 'glance-direct' method can be used");
            }
            move(db, caller, "import", image, Status.ACTIVE);
            tasks.insert(db, ids.next(), image, method, caller.user(), caller.requestId());
            return null;
        });
    }

    /**
     * Wants the image's data from the web; a reconciler fetches it ({@link ImageDownloads}).
     *
     * @param uri as the rules for downloads let it pass
     */
    public void importFromWeb(Caller caller, UUID id, String method, String uri) {
        events.<@Nullable Void>attempt(caller, "import", id, db -> {
            Image image = catalog.requireOwn(db, caller, id);
            if (image.status() == Status.ACTIVE) {
                throw Refusal.conflict("Image with status active cannot be target for import");
            }
            if (image.status() != Status.QUEUED) {
                throw Refusal.conflict("Image needs to be in 'queued' state to use '" + method + "' method");
            }
            if (image.attributes().containerFormat() == null) {
                throw Refusal.conflict("'container_format' needs to be set before import");
            }
            if (image.attributes().diskFormat() == null) {
                throw Refusal.conflict("'disk_format' needs to be set before import");
            }
            want(db, caller, image, new Wanted(TaskRecords.OF_IMAGE, method, uri, null));
            return null;
        });
    }

    /**
     * The older way to the same, for operators: a task that makes the image as well. Interrupted between the two, it leaves an image that waits
     * for data, as one that is made alone does.
     *
     * @param owner another project, or null
     * @param input JSON, as it was sent
     */
    public UUID importNew(Caller caller, @Nullable String owner, ImageAttributes attributes, String uri, String input) {
        Image image = catalog.create(caller, null, owner, attributes);
        return events.attempt(
                caller,
                "import",
                image.id(),
                db -> want(db, caller, image, new Wanted(TaskRecords.OF_OPERATOR, "web-download", uri, input)));
    }

    private UUID want(Db db, Caller caller, Image image, Wanted wanted) {
        UUID task = ids.next();
        if (!tasks.want(db, task, image, wanted, caller.user(), caller.requestId())) {
            throw Refusal.conflict("New operation on image '" + image.id()
                    + "' is not permitted as prior operation is still in progress");
        }
        events.done(db, caller, "import", image, Map.of("method", wanted.method(), "uri", wanted.uri()));
        db.wake(ImageDownloads.CHANNEL);
        return task;
    }

    /** Takes the image out of use: nobody boots from it, and only operators download it. */
    public void deactivate(Caller caller, UUID id) {
        events.<@Nullable Void>attempt(caller, "disable", id, db -> {
            Image image = catalog.requireOwn(db, caller, id);
            if (image.status() == Status.ACTIVE) {
                move(db, caller, "disable", image, Status.DEACTIVATED);
            } else if (image.status() != Status.DEACTIVATED) {
                throw notFrom("deactivate", image);
            }
            return null;
        });
    }

    public void reactivate(Caller caller, UUID id) {
        events.<@Nullable Void>attempt(caller, "enable", id, db -> {
            Image image = catalog.requireOwn(db, caller, id);
            if (image.status() == Status.DEACTIVATED) {
                move(db, caller, "enable", image, Status.ACTIVE);
            } else if (image.status() != Status.ACTIVE) {
                throw notFrom("reactivate", image);
            }
            return null;
        });
    }

    private void move(Db db, Caller caller, String action, Image image, Status to) {
        records.move(db, image.id(), image.status(), to);
        events.done(db, caller, action, image, Map.of("status", to.wireName()));
    }

    private static Refusal notFrom(String action, Image image) {
        return Refusal.forbidden("Not allowed to " + action + " image in status '"
                + image.status().wireName() + "'");
    }
}
