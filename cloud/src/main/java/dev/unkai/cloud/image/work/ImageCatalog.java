package dev.unkai.cloud.image.work;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.image.store.Image;
import dev.unkai.cloud.image.store.Image.ImageAttributes;
import dev.unkai.cloud.image.store.Image.Status;
import dev.unkai.cloud.image.store.Image.Visibility;
import dev.unkai.cloud.image.store.ImageLists;
import dev.unkai.cloud.image.store.ImageQuery;
import dev.unkai.cloud.image.store.ImageRecords;
import dev.unkai.web.Access;
import dev.unkai.web.ProofAge;
import dev.unkai.wire.token.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Registers, shows, changes and deletes images by the rules of ownership; one transaction and one event per change. */
@Component
public final class ImageCatalog {
    static final int MOST_IMAGES = 1_000;
    private static final int MOST_TAGS = 128;

    private final Transactions transactions;
    private final ImageRecords records;
    private final ImageLists lists;
    private final ImageEvents events;
    private final Ids ids;
    private final Access access;
    private final ProofAge proofs;

    public ImageCatalog(
            Transactions transactions,
            ImageRecords records,
            ImageLists lists,
            ImageEvents events,
            Ids ids,
            Access access,
            ProofAge proofs) {
        this.transactions = transactions;
        this.records = records;
        this.lists = lists;
        this.events = events;
        this.ids = ids;
        this.access = access;
        this.proofs = proofs;
    }

    /** An owner and what the owner may set, as an edit sees them. */
    public record Edit(String owner, ImageAttributes attributes) {}

    /**
     * @param id as the caller wants it, or null
     * @param owner another project (operators only), or null
     */
    public Image create(Caller caller, @Nullable UUID id, @Nullable String owner, ImageAttributes attributes) {
        UUID chosen = id == null ? ids.next() : id;
        String project = owner == null ? caller.project() : owner;
        return events.attempt(caller, "create", chosen, db -> {
            checkRights(caller, new Edit(caller.project(), ImageAttributes.blank()), new Edit(project, attributes));
            requireRoom(db, project);
            if (!records.insert(db, chosen, project, attributes)) {
                throw Refusal.conflict("Image ID " + chosen + " already exists!");
            }
            Image image = require(db, chosen);
            events.changed(
                    db,
                    caller,
                    "create",
                    image,
                    Map.of("visibility", attributes.visibility().wireName()),
                    Changes.made(attributes));
            return image;
        });
    }

    /** Registers an image of a server's disk, in the transaction that asks for it. */
    public void announce(Db db, UUID id, String project, ImageAttributes attributes) {
        requireRoom(db, project);
        if (!records.insert(db, id, project, attributes)) {
            throw Refusal.conflict("Image ID " + id + " already exists!");
        }
        events.doneBySystem(db, "create", require(db, id), null);
    }

    /** Deletes an image that Unkai itself made, whoever it belongs to; one that is held as evidence stays. */
    public void discard(Db db, UUID id) {
        records.lock(db, id).filter(_ -> !records.isHeld(db, id)).ifPresent(image -> {
            events.doneBySystem(db, "delete", image, null);
            records.delete(db, id);
            db.wake(ImageFileReconciler.CHANNEL);
        });
    }

    private void requireRoom(Db db, String project) {
        if (records.count(db, project) >= MOST_IMAGES) {
            throw Refusal.tooLarge("The project has " + MOST_IMAGES
                    + " images already, which is the most allowed. Delete one and try again.");
        }
    }

    public Image show(Caller caller, UUID id) {
        return transactions.asCaller(caller, db -> require(db, id));
    }

    /** The same for somebody who reads the data: an operator does so with other projects' own images on the record, and only where he may. */
    public Image toDownload(Caller caller, UUID id) {
        return transactions.asCaller(caller, db -> {
            Image image = require(db, id);
            Visibility visibility = image.attributes().visibility();
            boolean others = caller.isAdmin() && !image.owner().equals(caller.project());
            if (others && (visibility == Visibility.PRIVATE || visibility == Visibility.SHARED)) {
                events.done(db, caller, "download", image, Map.of());
            }
            return image;
        });
    }

    /** Throws an invalid Refusal when the marker is no image that the caller sees. */
    public List<Image> list(Caller caller, ImageQuery query) {
        return transactions.asCaller(
                caller,
                db -> lists.list(db, query)
                        .orElseThrow(() ->
                                Refusal.invalid("The marker " + query.marker() + " is not an image in this list.")));
    }

    /** Applies the edit to the image as it is when nobody else can change it. */
    public Image update(Caller caller, UUID id, java.util.function.Function<Image, Edit> edit) {
        return events.attempt(caller, "update", id, db -> {
            Image image = requireOwn(db, caller, id);
            Edit before = new Edit(image.owner(), image.attributes());
            Edit after = edit.apply(image);
            checkRights(caller, before, after);
            if (image.status() != Status.QUEUED && formatsDiffer(before.attributes(), after.attributes())) {
                throw Refusal.forbidden(
                        "disk_format and container_format can only be changed while the image is queued, before its data.");
            }
            records.update(db, id, after.owner(), after.attributes());
            Image changed = require(db, id);
            events.changed(db, caller, "update", changed, Map.of(), Changes.between(before, after));
            return changed;
        });
    }

    public void addTag(Caller caller, UUID id, String tag) {
        changeTags(caller, id, tags -> {
            List<String> all = new ArrayList<>(tags);
            if (!all.contains(tag)) {
                all.add(tag);
            }
            if (all.size() > MOST_TAGS) {
                throw Refusal.tooLarge("An image can have at most " + MOST_TAGS + " tags.");
            }
            return all;
        });
    }

    public void removeTag(Caller caller, UUID id, String tag) {
        changeTags(caller, id, tags -> {
            List<String> all = new ArrayList<>(tags);
            if (!all.remove(tag)) {
                throw Refusal.notFound("Image " + id + " has no tag \"" + tag + "\".");
            }
            return all;
        });
    }

    private void changeTags(Caller caller, UUID id, UnaryOperator<List<String>> change) {
        update(
                caller,
                id,
                image -> new Edit(
                        image.owner(),
                        image.attributes()
                                .withTags(change.apply(image.attributes().tags()))));
    }

    /** The row goes now; the file follows when the cleaner comes by, so that nobody waits for a disk. */
    public void delete(Caller caller, UUID id) {
        events.<@Nullable Void>attempt(caller, "delete", id, db -> {
            Image image = requireOwn(db, caller, id);
            if (image.attributes().isProtected()) {
                throw Refusal.forbidden(
                        "Image " + id + " is protected and cannot be deleted. Set protected to false first.");
            }
            events.changed(db, caller, "delete", image, Map.of(), Changes.gone(image.attributes()));
            records.delete(db, id);
            db.wake(ImageFileReconciler.CHANNEL);
            return null;
        });
    }

    /** The image, if the transaction's caller sees it. */
    Image require(Db db, UUID id) {
        return records.find(db, id).orElseThrow(() -> notFound(id));
    }

    /** The image held for a change, if it is the caller's own. */
    Image requireOwn(Db db, Caller caller, UUID id) {
        Image seen = require(db, id);
        if (!seen.owner().equals(caller.project()) && !caller.isAdmin()) {
            throw Refusal.forbidden("You are not permitted to change image " + id + ": it belongs to another project.");
        }
        return records.lock(db, id).orElseThrow(() -> notFound(id));
    }

    private void checkRights(Caller caller, Edit before, Edit after) {
        boolean becomesPublic = after.attributes().visibility() == Visibility.PUBLIC
                && before.attributes().visibility() != Visibility.PUBLIC;
        if (becomesPublic
                && !access.policy()
                        .permits("image:image:publicize", caller.token().roles())) {
            throw Refusal.forbidden("Only an operator can make an image public. Use shared or community.");
        }
        if (becomesPublic) {
            proofs.need(caller, "image:image:publicize");
        }
        if (!Objects.equals(before.owner(), after.owner()) && !caller.isAdmin()) {
            throw Refusal.forbidden("Only an operator can set the owner of an image.");
        }
    }

    private static boolean formatsDiffer(ImageAttributes before, ImageAttributes after) {
        return !Objects.equals(before.diskFormat(), after.diskFormat())
                || !Objects.equals(before.containerFormat(), after.containerFormat());
    }

    private static Refusal notFound(UUID id) {
        return Refusal.notFound("No image found with ID " + id);
    }
}
