package dev.unkai.node.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The QEMU that is installed. */
public final class Qemu {
    public static final Path BINARY = Path.of("/usr/bin/qemu-system-x86_64");

    private Qemu() {}

    /** A text that differs whenever kernel or QEMU do; without starting QEMU. */
    public static String fingerprint() {
        try {
            return HostFactsReader.kernel() + " " + Files.size(BINARY) + " " + Files.getLastModifiedTime(BINARY);
        } catch (IOException e) {
            return HostFactsReader.kernel() + " without QEMU";
        }
    }
}
