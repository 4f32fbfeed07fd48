package dev.unkai.cloud.image.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One image as its row says.
 *
 * @param owner the project; {@code provider} for images that Unkai itself brings
 * @param size of the file in bytes, like all that describes content null until it is active
 * @param uploadId names its file together with the id
 */
public record Image(
        UUID id,
        String owner,
        ImageAttributes attributes,
        Status status,
        @Nullable Long size,
        @Nullable Long virtualSize,
        @Nullable String checksum,
        @Nullable String sha512,
        Instant createdAt,
        Instant updatedAt,
        @Nullable UUID uploadId) {
    /** The name of its data's file. Throws NullPointerException for an image that has none: one that is queued. */
    public ImageFiles.FileName fileName() {
        return new ImageFiles.FileName(id, java.util.Objects.requireNonNull(uploadId));
    }

    /** The owner of the images that Unkai itself brings. */
    public static final String PROVIDER = "provider";

    /** Where an image is on its way: announced, receiving its data, staged, ready, out of use. */
    public enum Status {
        QUEUED,
        SAVING,
        UPLOADING,
        ACTIVE,
        DEACTIVATED;

        /** Whether its data is there and is the image's for good. */
        public boolean isWhole() {
            return this == ACTIVE || this == DEACTIVATED;
        }

        public String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Who may see it besides its owner: nobody, named members, everybody who asks, everybody. */
    public enum Visibility {
        PRIVATE,
        SHARED,
        COMMUNITY,
        PUBLIC;

        public String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What its owner may set. {@code minDisk} in GiB, {@code minRam} in MiB. */
    public record ImageAttributes(
            @Nullable String name,
            Visibility visibility,
            boolean isProtected,
            boolean hidden,
            @Nullable String diskFormat,
            @Nullable String containerFormat,
            int minDisk,
            int minRam,
            List<String> tags,
            Map<String, String> properties) {
        public ImageAttributes {
            tags = List.copyOf(tags);
            properties = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(properties));
        }

        /** What an image has that names nothing. */
        public static ImageAttributes blank() {
            return new ImageAttributes(null, Visibility.SHARED, false, false, null, null, 0, 0, List.of(), Map.of());
        }

        public ImageAttributes withProperties(Map<String, String> changed) {
            return new ImageAttributes(
                    name, visibility, isProtected, hidden, diskFormat, containerFormat, minDisk, minRam, tags, changed);
        }

        public ImageAttributes withTags(List<String> changed) {
            return new ImageAttributes(
                    name,
                    visibility,
                    isProtected,
                    hidden,
                    diskFormat,
                    containerFormat,
                    minDisk,
                    minRam,
                    changed,
                    properties);
        }
    }
}
