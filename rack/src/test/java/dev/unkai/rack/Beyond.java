package dev.unkai.rack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A neighbour of this machine who stands for the Internet: a namespace on a bridge, without a way to any network of ours. It answers only
 * to whoever comes by this machine's own address on that bridge.
 */
record Beyond(Path folder, Bridge bridge) implements AutoCloseable {
    /** What names lead to there. */
    static final String NAMED = "198.51.100.77";

    static Beyond make() {
        try {
            Path folder = Files.createTempDirectory("unkai-beyond");
            Beyond beyond = new Beyond(folder, Bridge.make(folder));
            String outer = beyond.bridge.name() + "b";
            run("ip", "netns", "add", beyond.namespace());
            run("ip", "link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", beyond.namespace());
            run("ip", "link", "set", outer, "master", beyond.bridge.name(), "up");
            beyond.inside("ip", "address", "add", beyond.address() + "/28", "dev", "eth0");
            beyond.inside("ip", "link", "set", "eth0", "up");
            return beyond;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return bridge.address(2);
    }

    /** By which this machine is known there. */
    String machine() {
        return bridge.address(1);
    }

    /** Waits for one connection at the port and prints where it came from. */
    Process listen(int port) {
        return python("import socket; caller, address = socket.create_server(('', " + port
                + ")).accept(); print(address[0])");
    }

    /** A name server (RFC 1035) that says of every name that it is {@link #NAMED}. */
    Process nameServer() {
        return python("""
                import socket
                server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                server.bind(('', 53))
                while True:
                    query, caller = server.recvfrom(512)
                    end = query.index(0, 12) + 5
                    is_ipv4 = query[end - 4:end - 2] == bytes([0, 1])
                    count = bytes([0, 1, 0, 1 if is_ipv4 else 0, 0, 0, 0, 0])
                    answer = bytes([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4]) + socket.inet_aton('%s') if is_ipv4 else b''
                    server.sendto(query[:2] + bytes([0x81, 0x80]) + count + query[12:end] + answer, caller)
                """.formatted(NAMED));
    }

    private Process python(String program) {
        try {
            return new ProcessBuilder(wrapped("python3", "-c", program))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void inside(String... command) {
        run(wrapped(command));
    }

    /** {@link Bridge#removeOf} takes namespaces by this beginning. */
    private String namespace() {
        return bridge.name() + "-beyond";
    }

    private String[] wrapped(String... command) {
        return Stream.concat(List.of("ip", "netns", "exec", namespace()).stream(), Stream.of(command))
                .toArray(String[]::new);
    }

    private static void run(String... command) {
        Command.run(Duration.ofSeconds(20), Map.of(), command).succeeded();
    }

    @Override
    public void close() {
        Bridge.removeOf(folder);
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
