package dev.unkai.cloud.image.store;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.image.content.ImageLimits;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The directory that holds image data. A file is named by image and upload: {@code IMAGE.UPLOAD.part} while it
 * grows, {@code IMAGE.UPLOAD} once it is whole and on the disk. The row knows the name before the file exists, so a file that no row knows is waste.
 */
@Component
public final class ImageFiles {
    private static final String PART = ".part";

    private final Path directory;
    private final long reserve;

    public ImageFiles(@Value("${unkai.images}") Path directory, ImageLimits limits) {
        this.directory = directory;
        this.reserve = limits.reserve();
    }

    /** Names the data of one upload of one image. */
    public record FileName(UUID imageId, UUID uploadId) {
        private static final Pattern FORM = Pattern.compile("([0-9a-f-]{36})\\.([0-9a-f-]{36})(\\.part)?");

        static Optional<FileName> parse(String name) {
            Matcher form = FORM.matcher(name);
            try {
                return form.matches()
                        ? Optional.of(new FileName(UUID.fromString(form.group(1)), UUID.fromString(form.group(2))))
                        : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty(); // somebody else's file
            }
        }

        @Override
        public String toString() {
            return imageId + "." + uploadId;
        }
    }

    /** The growing file. */
    public Path part(FileName name) throws IOException {
        Files.createDirectories(directory);
        return directory.resolve(name + PART);
    }

    /** The whole file. */
    public Path file(FileName name) {
        return directory.resolve(name.toString());
    }

    /** Makes the growing file the whole one; when this returns, it survives a power failure. */
    public void complete(FileName name) throws IOException {
        Files.move(part(name), file(name), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    public void remove(FileName name) throws IOException {
        Files.deleteIfExists(part(name));
        Files.deleteIfExists(file(name));
    }

    /** The uploads that have a file here, whole or not. */
    public List<FileName> present() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> FileName.parse(entry.getFileName().toString()))
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    /** Throws a no-space Refusal when the disk could not take so many bytes more and keep its reserve. */
    public void needRoom(long bytes) throws IOException {
        Files.createDirectories(directory);
        if (Files.getFileStore(directory).getUsableSpace() - reserve < bytes) {
            throw noSpace();
        }
    }

    /** What a failed write means to the person who uploads. */
    public static RuntimeException asRefusal(IOException failure) {
        String reason = failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
        if (reason != null && (reason.contains("No space left") || reason.contains("quota exceeded"))) {
            return noSpace();
        }
        return new java.io.UncheckedIOException(failure);
    }

    private static Refusal noSpace() {
        return new Refusal(
                Refusal.Kind.NO_SPACE,
                "InsufficientStorage",
                "There is not enough space left to store the image. Nothing was kept; try again later or ask the desk.");
    }
}
