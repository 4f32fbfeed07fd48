package dev.unkai.node.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether libvirt can set a hard memory limit on a guest: with it, it raises QEMU's limit of locked memory too. */
public final class MemoryLimits {
    /** CAP_SYS_RESOURCE, linux/capability.h. */
    private static final int MAY_RAISE_LIMITS = 24;

    private MemoryLimits() {}

    public static boolean work() {
        try {
            return allow(
                    Files.readAllLines(Path.of("/proc/self/status")), Files.readAllLines(Path.of("/proc/self/limits")));
        } catch (IOException e) {
            return false;
        }
    }

    static boolean allow(List<String> status, List<String> limits) {
        boolean capable = status.stream()
                .filter(line -> line.startsWith("CapEff:"))
                .anyMatch(line ->
                        (Long.parseUnsignedLong(line.substring(7).strip(), 16) >>> MAY_RAISE_LIMITS & 1) == 1);
        return capable
                || limits.stream()
                        .anyMatch(line -> line.matches("Max locked memory\\s+\\S+\\s+unlimited\\s+bytes\\s*"));
    }
}
