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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The directory that holds image data. A file is named by its upload: {@code UUID.part} while it grows, {@code UUID}
 * once it is whole and on the disk. The row knows the name before the file exists, so a file that no row knows is waste.
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

    /** The growing file. */
    public Path part(UUID uploadId) throws IOException {
        Files.createDirectories(directory);
        return directory.resolve(uploadId + PART);
    }

    /** The whole file. */
    public Path file(UUID uploadId) {
        return directory.resolve(uploadId.toString());
    }

    /** Makes the growing file the whole one; when this returns, it survives a power failure. */
    public void complete(UUID uploadId) throws IOException {
        Files.move(part(uploadId), file(uploadId), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    public void remove(UUID uploadId) throws IOException {
        Files.deleteIfExists(part(uploadId));
        Files.deleteIfExists(file(uploadId));
    }

    /** The uploads that have a file here, whole or not. */
    public List<UUID> present() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<UUID> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            entries.map(entry -> entry.getFileName().toString())
                    .map(name -> name.endsWith(PART) ? name.substring(0, name.length() - PART.length()) : name)
                    .filter(name -> name.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
                    .forEach(name -> found.add(UUID.fromString(name)));
        }
        return found;
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
