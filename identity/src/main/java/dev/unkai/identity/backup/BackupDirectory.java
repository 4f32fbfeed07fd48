package dev.unkai.identity.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the backups lie. A file has its final name only after it was read back and found good, so the names say what there is
 * to restore; what a dead process left half-done has another ending.
 */
public record BackupDirectory(Path path) {
    private static final String BEGINNING = "identity-";
    private static final String ENDING = ".backup";
    private static final String UNFINISHED = ".unfinished";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * One backup.
     *
     * @param madeAt to the second, from its name
     */
    public record Found(Path file, Instant madeAt, long bytes) {
        public String name() {
            return file.getFileName().toString();
        }
    }

    /** An empty file of mode 0600 for a backup to be written into; what others left behind is removed. Call it under the lock alone. */
    Path begin(Instant now) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        for (Path leftover : files(UNFINISHED)) {
            Files.deleteIfExists(leftover);
        }
        return Files.createFile(
                path.resolve(name(now) + UNFINISHED),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Gives a checked file its name, for good. */
    Path finish(Path unfinished, Instant now) throws IOException {
        Path file = Files.move(unfinished, path.resolve(name(now) + ENDING), StandardCopyOption.ATOMIC_MOVE);
        // The name itself is on the disk only now.
        try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
        }
        return file;
    }

    /** Newest first. */
    List<Found> list() throws IOException {
        return files(ENDING).stream()
                .flatMap(file -> found(file).stream())
                .sorted(Comparator.comparing(Found::madeAt).reversed())
                .toList();
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.getFileName().toString().startsWith(BEGINNING)
                            && file.getFileName().toString().endsWith(ending))
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    private static String name(Instant at) {
        return BEGINNING + TIME.format(at);
    }

    private static Optional<Found> found(Path file) {
        String name = file.getFileName().toString();
        try {
            Instant madeAt =
                    Instant.from(TIME.parse(name.substring(BEGINNING.length(), name.length() - ENDING.length())));
            return Optional.of(new Found(file, madeAt, Files.size(file)));
        } catch (DateTimeException | IOException e) {
            return Optional.empty(); // somebody else's file, or one that is just being deleted
        }
    }
}
