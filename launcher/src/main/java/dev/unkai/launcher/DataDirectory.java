package dev.unkai.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The directory that holds everything of one cloud, and the names derived from its path. */
record DataDirectory(Path path) {
    /** Unix sockets deep below it must stay within the 107 bytes of {@code sun_path}. */
    private static final int LONGEST_PATH = 50;

    /** For a new one: programs, database, images and a first guest. */
    private static final long LEAST_FREE_BYTES = 2L << 30;

    static DataDirectory at(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        if (absolute.toString().length() > LONGEST_PATH) {
            throw new Problem("directory.long", absolute, LONGEST_PATH);
        }
        if (!absolute.toString().matches("/[A-Za-z0-9._/-]+")) {
            throw new Problem("directory.letters", absolute);
        }
        return new DataDirectory(absolute);
    }

    /** Eight hexadecimal digits that stand for this directory in names of namespaces and devices. */
    String tag() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(path.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Path of(String relative) {
        return path.resolve(relative);
    }

    /** Whether there is less room than a new one would need. */
    boolean nearlyFull() {
        return path.toFile().getUsableSpace() < LEAST_FREE_BYTES;
    }

    boolean exists() {
        return Files.isDirectory(of("etc"));
    }

    /**
     * Makes the directories; throws a Problem when guests could not reach their disks in it, or when it is new and the disk nearly full.
     * What was there before is begun again on a full disk too: who has to make room needs it running.
     */
    void prepare() {
        boolean fresh = !exists();
        directory("", "rwx--x--x");
        prepare(fresh, path.toFile().getUsableSpace());
    }

    void prepare(boolean fresh, long freeBytes) {
        for (Path parent = path.getParent(); parent != null; parent = parent.getParent()) {
            if (!permissions(parent).endsWith("x")) {
                throw new Problem("directory.closed", path, parent);
            }
        }
        if (fresh && freeBytes < LEAST_FREE_BYTES) {
            throw new Problem("directory.full", path);
        }
        directory("etc", "rwx--x--x");
        directory("run", "rwx--x--x");
        directory("log", "rwx------");
        directory("pki", "rwxr-xr-x");
        directory("lib", "rwxr-xr-x");
        directory("images-seed", "rwxr-xr-x");
    }

    Path directory(String relative, String permissions) {
        Path made = of(relative);
        try {
            Files.createDirectories(made);
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new Problem("directory.unwritable", made, e.getMessage());
        }
        return made;
    }

    /** Replaces a file in one step, so that nobody sees half of it; made with its final permissions. */
    void write(String relative, String content, String permissions) {
        write(relative, content, permissions, Account.ROOT);
    }

    /** The same for a reader that is running: the file is its own before it is there. */
    void write(String relative, String content, String permissions, Account owner) {
        Path target = of(relative);
        try {
            // A name of its own, since two steps may write the same file at once; readable by the owner alone from the
            // start.
            Path fresh = Files.createTempFile(target.getParent(), ".", ".new");
            Files.writeString(fresh, content);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(permissions));
            if (owner != Account.ROOT) {
                owner.own(fresh);
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Problem("directory.unwritable", target, e.getMessage());
        }
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
