package dev.unkai.launcher;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The prefix that guests of one data directory are reached by from this machine: one of eight /27 of the documentation
 * network 198.51.100.0/24. Which directory has which is written down outside of the directories, so that two never share.
 */
record ExternalNetwork(int slot) {
    private static final int SLOTS = 8;
    private static final Path REGISTER = Path.of("/var/lib/unkai-networks");

    static ExternalNetwork reserve(DataDirectory directory) {
        try {
            Files.createDirectories(REGISTER);
            try (RandomAccessFile lock =
                            new RandomAccessFile(REGISTER.resolve("lock").toFile(), "rw");
                    FileLock held = lock.getChannel().lock()) {
                int free = -1;
                for (int slot = SLOTS - 1; slot >= 0; slot--) {
                    Path entry = REGISTER.resolve(String.valueOf(slot));
                    String owner = Files.exists(entry) ? Files.readString(entry).strip() : "";
                    if (owner.equals(directory.path().toString())) {
                        return new ExternalNetwork(slot);
                    }
                    if (owner.isEmpty() || !Files.isDirectory(Path.of(owner, "etc"))) {
                        free = slot;
                    }
                }
                if (free < 0) {
                    throw new Problem("network.full", REGISTER);
                }
                Files.writeString(REGISTER.resolve(String.valueOf(free)), directory.path() + "\n");
                return new ExternalNetwork(free);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String cidr() {
        return "198.51.100." + slot * 32 + "/27";
    }

    /** The machine's own address in it, which is the guests' way out. */
    String gateway() {
        return "198.51.100." + (slot * 32 + 1);
    }
}
