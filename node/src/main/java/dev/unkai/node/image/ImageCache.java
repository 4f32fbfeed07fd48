package dev.unkai.node.image;

import dev.unkai.wire.node.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Base images on this host, each fetched once and named by its SHA-512, so that a name that exists is an image that was verified.
 * Nobody but the node may write them: they lie under the disks of many guests.
 */
public final class ImageCache {
    private static final Logger log = LoggerFactory.getLogger(ImageCache.class);
    private static final Pattern SHA512 = Pattern.compile("[0-9a-f]{128}");

    /** Space that fetching an image leaves free, in bytes. */
    private static final long RESERVE = 512L * 1024 * 1024;

    private final Path directory;
    private final ImageSource source;
    private final FreeSpace freeSpace;
    private final InUse inUse;
    private final Clock clock;
    private final Executor fetchers;
    private final ConcurrentMap<String, CompletableFuture<Path>> fetches = new ConcurrentHashMap<>();

    /** @param fetchers runs each fetch; a fetch blocks until all bytes are here */
    public ImageCache(Path state, ImageSource source, FreeSpace freeSpace, InUse inUse, Clock clock, Executor fetchers)
            throws IOException {
        this.directory = state.resolve("images");
        this.source = source;
        this.freeSpace = freeSpace;
        this.inUse = inUse;
        this.clock = clock;
        this.fetchers = fetchers;
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        try (var unfinished = Files.newDirectoryStream(directory, "*.part")) {
            for (Path part : unfinished) {
                Files.delete(part);
            }
        }
    }

    /**
     * The file of {@code disk}'s image: at once when it is here, else when it has been fetched. Many who want the same one share one fetch.
     * Fails with an IOException whose message is for people.
     */
    public CompletableFuture<Path> ensure(Disk disk) {
        String name = disk.getImageSha512();
        if (!SHA512.matcher(name).matches()) {
            return CompletableFuture.failedFuture(
                    new IOException("The image " + disk.getImageId() + " has no SHA-512 checksum."));
        }
        Path file = directory.resolve(name);
        if (Files.exists(file)) {
            return CompletableFuture.completedFuture(file);
        }
        CompletableFuture<Path> made = new CompletableFuture<>();
        CompletableFuture<Path> running = fetches.putIfAbsent(name, made);
        if (running != null) {
            return running;
        }
        fetchers.execute(() -> {
            // Whoever hears of the end and asks again must not meet this fetch: it is forgotten before it is completed.
            try {
                // another fetch may have ended between the look above and now
                Path fetched = Files.exists(file) ? file : fetch(disk, file);
                fetches.remove(name, made);
                made.complete(fetched);
            } catch (IOException | RuntimeException e) {
                fetches.remove(name, made);
                made.completeExceptionally(e);
            }
        });
        return made;
    }

    /** Notes that an image is used, so that those unused for longest go first. */
    public void touch(Path image) {
        try {
            Files.setLastModifiedTime(image, FileTime.from(clock.instant()));
        } catch (IOException e) {
            log.debug("{}: {}", image, e.getMessage());
        }
    }

    private Path fetch(Disk disk, Path file) throws IOException {
        makeRoom(disk.getImageSize());
        try {
            return fetchOnce(disk, file);
        } catch (CorruptImage e) {
            log.warn("Image {} came with a wrong checksum; fetching it once more", disk.getImageId());
            return fetchOnce(disk, file);
        }
    }

    private Path fetchOnce(Disk disk, Path file) throws IOException {
        log.info("Fetching image {} ({} bytes)", disk.getImageId(), disk.getImageSize());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        MessageDigest digest = sha512();
        try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            source.fetch(disk.getImageId(), bytes -> {
                digest.update(bytes);
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            });
            if (!HexFormat.of().formatHex(digest.digest()).equals(disk.getImageSha512())) {
                throw new CorruptImage(disk.getImageId());
            }
            channel.force(true);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("r--r--r--"));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        return file;
    }

    /** Throws images away that no guest lies on, oldest use first, until {@code bytes} fit. */
    private synchronized void makeRoom(long bytes) throws IOException {
        if (freeSpace.bytes() >= bytes + RESERVE) {
            return;
        }
        Set<Path> used = inUse.images();
        List<Path> unused;
        try (var files = Files.list(directory)) {
            unused = files.filter(file ->
                            SHA512.matcher(file.getFileName().toString()).matches())
                    .filter(file -> !used.contains(file))
                    .sorted(Comparator.comparing(ImageCache::lastUse))
                    .toList();
        }
        for (Path image : unused) {
            log.info("Throwing the unused image {} away to make room", image.getFileName());
            Files.deleteIfExists(image);
            if (freeSpace.bytes() >= bytes + RESERVE) {
                return;
            }
        }
        throw new IOException("No space left for the image on the host's disk");
    }

    private static FileTime lastUse(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What made a fetch fail, out of the wrapping of futures. */
    public static Throwable reason(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Bytes that can still be written. */
    @FunctionalInterface
    public interface FreeSpace {
        long bytes();
    }

    /** The images that must stay: those that disks lie on, and those that guests of the plan are about to use. */
    @FunctionalInterface
    public interface InUse {
        Set<Path> images() throws IOException;
    }
}
