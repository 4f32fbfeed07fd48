package dev.unkai.cloud.evidence;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The directory of evidence, beside the images. A part's file has a name that no other attempt has; only a row that names it makes it a part, so a file
 * that no row names is what a process left that died.
 */
@Component
class EvidenceFiles {
    private static final int CHUNK = 1 << 20;
    private static final long SECOND = 1_000_000_000L;
    private static final String ENDING = ".part";

    private final Path directory;

    EvidenceFiles(@Value("${unkai.images}") Path images) {
        this.directory = images.resolve("evidence");
    }

    /** A part's bytes on the disk. */
    record Written(String file, long size, String sha256) {}

    /** Writes the bytes of a part. */
    interface Source {
        void to(OutputStream out) throws IOException;
    }

    /**
     * Writes a file and forces it to the disk; what was written in vain is removed.
     *
     * @param progress told of the bytes so far, once in a second
     */
    Written write(Source source, LongConsumer progress) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        String name = UUID.randomUUID() + ENDING;
        Path file = directory.resolve(name);
        boolean good = false;
        MessageDigest digest = sha256();
        try (OutputStream bytes = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            Counted counted = new Counted(bytes, digest, progress);
            source.to(counted);
            counted.flush();
            good = true;
            Written written = new Written(name, counted.size, HexFormat.of().formatHex(digest.digest()));
            force(file);
            return written;
        } finally {
            if (!good) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void force(Path file) throws IOException {
        try (FileChannel bytes = FileChannel.open(file, StandardOpenOption.WRITE)) {
            bytes.force(true);
        }
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    InputStream read(String name) throws IOException {
        return Files.newInputStream(directory.resolve(name));
    }

    /** Throws IOException when the file is not what was written. */
    void check(String name, String sha256) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[CHUNK];
        try (InputStream bytes = read(name)) {
            for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
            throw new IOException(
                    "What was read back of a part is not what was written. Check the disk of " + directory);
        }
    }

    void remove(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    /** Files that are there and that have not been written to for a while, so that nobody writes them now. */
    List<String> idle(Instant before) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ENDING) && idle(file, before))
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private static boolean idle(Path file, Instant before) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(before);
        } catch (IOException e) {
            return false; // it has just gone
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Counted extends FilterOutputStream {
        private final MessageDigest digest;
        private final LongConsumer progress;
        private long size;
        private long told;
        private long toldAt = System.nanoTime();

        Counted(OutputStream out, MessageDigest digest, LongConsumer progress) {
            super(out);
            this.digest = digest;
            this.progress = progress;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            digest.update(bytes, offset, length);
            size += length;
            if (size - told >= CHUNK && System.nanoTime() - toldAt > SECOND) {
                told = size;
                toldAt = System.nanoTime();
                progress.accept(size);
            }
        }
    }
}
