package dev.unkai.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether a datagram on the loopback interface comes from a process of root. The VPN server's RADIUS library signs no request, and a
 * request from any other program of the machine would be counted as somebody's wrong guess; the kernel says who owns the port.
 */
@FunctionalInterface
interface SenderCheck {
    boolean trusts(InetSocketAddress sender);

    static SenderCheck ofRoot() {
        return sender -> trusts(sender, Path.of("/proc/net/udp"));
    }

    /** @param table as {@code /proc/net/udp} (proc(5)): local address and owner are the second and eighth word of a line */
    static boolean trusts(InetSocketAddress sender, Path table) {
        if (!sender.getAddress().isLoopbackAddress()) {
            return false;
        }
        String port = String.format(":%04X", sender.getPort());
        try {
            List<String[]> owners = Files.readAllLines(table).stream()
                    .skip(1)
                    .map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length > 7 && words[1].endsWith(port))
                    .toList();
            return !owners.isEmpty() && owners.stream().allMatch(words -> words[7].equals("0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
