package dev.unkai.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The node of this machine's host as a kept service. */
final class NodeService {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path source;
    private final DataDirectory directory;
    private final Keepers keepers;

    NodeService(Path source, DataDirectory directory, Keepers keepers) {
        this.source = source;
        this.directory = directory;
        this.keepers = keepers;
    }

    /**
     * Starts it, or starts it anew when its program or what it reads has changed; returns when it is attached. Guests go
     * on meanwhile: they are no children of the node.
     */
    void start(NodeFile file) {
        Path jar = Program.NODE.install(source, directory);
        Path ready = directory.of("run/node.ready");
        try {
            directory.write("etc/node.properties", file.text(), "r--------");
            String certificate = Files.readString(directory.of("pki/node.crt"));
            Service service = Program.NODE.service(
                    jar,
                    file.text() + certificate,
                    directory.of("etc/node.properties").toString());
            if (!keepers.runs(service)) {
                Files.deleteIfExists(ready);
            }
            keepers.start(service);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!Waiting.until(() -> Files.exists(ready), PATIENCE)) {
            throw new Problem("service.silent", "node", keepers.lastWords("node", 5), directory.of("log"));
        }
    }

    /** Runs the node's program once, beside the running one; answers its exit status and what it said. */
    Command.Result once(String action) {
        Path jar = Program.NODE.install(source, directory);
        return Command.of(
                        Program.java(Account.ROOT).toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-jar",
                        jar.toString(),
                        directory.of("etc/node.properties").toString(),
                        action)
                .attempt();
    }
}
