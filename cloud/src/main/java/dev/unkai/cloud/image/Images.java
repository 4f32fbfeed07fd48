package dev.unkai.cloud.image;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The images as other modules see them: what is needed to boot from one, and its bytes for a host. */
@Component
public class Images {
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
     * @throws Refusal not found; conflict when it is not active yet
     */
    public BootImage forBoot(Db db, UUID imageId) {
        throw Refusal.notFound("Image " + imageId + " could not be found.");
    }

    /** Whether an image with this id is known, active or not. */
    public Optional<String> nameOf(Db db, UUID imageId) {
        return Optional.empty();
    }

    /** The image file for a host's cache, from a byte offset on. The caller closes it. */
    public InputStream open(UUID imageId, long offset) throws IOException {
        throw new java.io.FileNotFoundException("Image " + imageId + " has no data.");
    }
}
