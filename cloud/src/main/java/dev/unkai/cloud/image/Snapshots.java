package dev.unkai.cloud.image;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.image.store.Image;
import dev.unkai.cloud.image.store.Image.ImageAttributes;
import dev.unkai.cloud.image.store.Image.Status;
import dev.unkai.cloud.image.store.Image.Visibility;
import dev.unkai.cloud.image.store.ImageRecords;
import dev.unkai.cloud.image.work.ImageCatalog;
import dev.unkai.cloud.image.work.ImageUploads;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Images of servers' disks: announced when they are asked for, filled by a host, thrown away when nothing comes of them. */
@Component
public class Snapshots {
    private final Transactions transactions;
    private final ImageCatalog catalog;
    private final ImageRecords records;
    private final ImageUploads uploads;

    public Snapshots(Transactions transactions, ImageCatalog catalog, ImageRecords records, ImageUploads uploads) {
        this.transactions = transactions;
        this.catalog = catalog;
        this.records = records;
        this.uploads = uploads;
    }

    /**
     * An image to come.
     *
     * @param project that it will belong to
     * @param minDiskGib of a flavor that can boot it
     */
    public record Announcement(
            UUID id, String project, String name, int minDiskGib, int minRamMib, Map<String, String> properties) {}

    /** Registers the image: queued, private, qcow2. Throws too-large when the project has its most images. */
    public void announce(Db db, Announcement wanted) {
        catalog.announce(
                db,
                wanted.id(),
                wanted.project(),
                new ImageAttributes(
                        wanted.name(),
                        Visibility.PRIVATE,
                        false,
                        false,
                        "qcow2",
                        "bare",
                        wanted.minDiskGib(),
                        wanted.minRamMib(),
                        List.of(),
                        wanted.properties()));
    }

    /**
     * Takes the image's data from a host; does nothing when it is active already.
     *
     * @throws Refusal not found or gone when the image was deleted, conflict while another upload is under way, invalid, too
     *     large, no space
     */
    public void store(UUID imageId, InputStream data, long length) {
        boolean stored = transactions.asSystem(db -> records.find(db, imageId)
                .map(image -> image.status() == Status.ACTIVE)
                .orElse(false));
        if (!stored) {
            uploads.uploadFromHost(imageId, data, length);
        }
    }

    /** Deletes an image that nothing came of, or that is not needed any more; one that is gone already is no matter. */
    public void discard(Db db, UUID imageId) {
        catalog.discard(db, imageId);
    }

    /** The newest first: images of the project that carry all of the properties. */
    public List<UUID> carrying(Db db, String project, Map<String, String> properties) {
        return records.carrying(db, project, properties).stream().map(Image::id).toList();
    }
}
