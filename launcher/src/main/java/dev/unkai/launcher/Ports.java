package dev.unkai.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The six consecutive TCP ports of one data directory. Where other machines are let in they reach the first, that for
 * nodes and that of the southbound database; all others are reached from this machine alone. Each further cloud process
 * has two more after them.
 */
record Ports(int first, int clouds) {
    static final int MOST_CLOUDS = 4;

    Ports(int first) {
        this(first, 1);
    }

    int cloud() {
        return first;
    }

    /** Of the {@code number}th cloud process. */
    int cloud(int number) {
        return number == 1 ? first : first + 2 + 2 * number;
    }

    int nodes(int number) {
        return number == 1 ? nodes() : cloud(number) + 1;
    }

    int identity() {
        return first + 1;
    }

    /** UDP, of the loopback interface: where the VPN server asks the gateway. */
    int radius() {
        return identity();
    }

    int ledger() {
        return first + 2;
    }

    int nodes() {
        return first + 3;
    }

    int database() {
        return first + 4;
    }

    int southbound() {
        return first + 5;
    }

    /** Throws a Problem that names the first port which something else holds. */
    void requireFree(Keepers keepers) {
        Map<Integer, String> owners = new HashMap<>(Map.of(
                cloud(), "cloud",
                identity(), "identity",
                ledger(), "ledger",
                nodes(), "cloud",
                database(), "postgresql",
                southbound(), "ovn-southbound"));
        for (int number = 2; number <= clouds; number++) {
            owners.put(cloud(number), Program.cloudName(number));
            owners.put(nodes(number), Program.cloudName(number));
        }
        for (int port = first; port < first + 4 + 2 * clouds; port++) {
            if (!keepers.running(owners.getOrDefault(port, "")) && taken(port)) {
                throw new Problem("port.taken", String.valueOf(port), String.valueOf(first));
            }
        }
    }

    /** Whether nothing holds any of them. */
    boolean free() {
        return IntStream.range(first, first + 4 + 2 * clouds).noneMatch(Ports::taken);
    }

    private static boolean taken(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // Connections of a former run that are still closing do not hold the port.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {0, 0, 0, 0}), port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
