package dev.unkai.cloud.image;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.image.store.Image;
import dev.unkai.cloud.image.store.Image.Status;
import dev.unkai.cloud.image.store.ImageFiles;
import dev.unkai.cloud.image.store.ImageRecords;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The images as other modules see them: what is needed to boot from one, and its bytes for a host. */
@Component
public class Images {
    private final Transactions transactions;
    private final ImageRecords records;
    private final ImageFiles files;

    public Images(Transactions transactions, ImageRecords records, ImageFiles files) {
        this.transactions = transactions;
        this.records = records;
        this.files = files;
    }

    /**
     * An active image, ready to boot from.
     *
     * @param sizeBytes of the file
     * @param virtualSizeBytes of the disk inside
     * @param format {@code qcow2} or {@code raw}
     * @param sha512 of the file, hexadecimal
     * @param properties such as {@code hw_firmware_type}
     */
    public record BootImage(
            UUID id,
            String name,
            long sizeBytes,
            long virtualSizeBytes,
            int minDiskGib,
            int minRamMib,
            String format,
            String sha512,
            Map<String, String> properties) {}

    /**
     * The image as the caller of this transaction may see it (row-level security decides).
     *
     * @throws Refusal not found; conflict when it is not active yet; invalid when it holds no disk that can be booted
     */
    public BootImage forBoot(Db db, UUID imageId) {
        return boot(held(db, imageId));
    }

    /** The image, if it is there and active. */
    public Optional<BootImage> active(Db db, UUID imageId) {
        return records.find(db, imageId)
                .filter(image -> image.status() == Status.ACTIVE && image.virtualSize() != null)
                .map(Images::boot);
    }

    private Image held(Db db, UUID imageId) {
        Image image = records.find(db, imageId)
                .orElseThrow(() -> Refusal.notFound("Image " + imageId + " could not be found."));
        if (image.status() != Status.ACTIVE) {
            throw Refusal.conflict("Image " + imageId + " is " + image.status().wireName()
                    + ", not active. Upload its data first, or wait until the upload has ended.");
        }
        if (image.virtualSize() == null) {
            throw Refusal.invalid("Image " + imageId + " is unacceptable: it holds no disk that can be booted here."
                    + " Convert it with qemu-img to qcow2 or raw and upload it with container format bare.");
        }
        return image;
    }

    private static BootImage boot(Image image) {
        // The table's check holds these together with the status.
        return new BootImage(
                image.id(),
                Objects.requireNonNullElse(image.attributes().name(), ""),
                Objects.requireNonNull(image.size()),
                Objects.requireNonNull(image.virtualSize()),
                image.attributes().minDisk(),
                image.attributes().minRam(),
                Objects.requireNonNull(image.attributes().diskFormat()),
                Objects.requireNonNull(image.sha512()),
                image.attributes().properties());
    }

    /** The name of the image, active or not; empty when the caller does not see it or it is gone. */
    public Optional<String> nameOf(Db db, UUID imageId) {
        return records.find(db, imageId)
                .map(image -> Objects.requireNonNullElse(image.attributes().name(), ""));
    }

    /** The image file for a host's cache, from a byte offset on. The caller closes it. */
    public InputStream open(UUID imageId, long offset) throws IOException {
        Image image = transactions
                .asSystem(db -> records.find(db, imageId))
                .filter(found -> found.status().isWhole()) // a server accepted before a deactivation still starts
                .orElseThrow(() -> noData(imageId));
        try {
            FileChannel file = FileChannel.open(files.file(image.fileName()), StandardOpenOption.READ);
            return Channels.newInputStream(file.position(offset));
        } catch (NoSuchFileException e) {
            throw noData(imageId);
        }
    }

    private static FileNotFoundException noData(UUID imageId) {
        return new FileNotFoundException("Image " + imageId + " has no data.");
    }
}
