package dev.unkai.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Takes this machine, once it has no guests any more, out of its cloud: it stops being a host and forgets its key. */
final class NodeLeave {
    private final DataDirectory directory;
    private final Progress progress;
    private final Path source;

    NodeLeave(DataDirectory directory, Progress progress, Path source) {
        this.directory = directory;
        this.progress = progress;
        this.source = source;
    }

    void run() {
        if (!Files.exists(directory.of("pki/node.crt")) || Files.exists(directory.of("etc/cloud.yaml"))) {
            throw new Problem("leave.nohost", directory.path());
        }
        try (Lock held = Lock.take(directory)) {
            Keepers keepers = new Keepers(directory);
            Command.Result said = new NodeService(source, directory, keepers).once("leave");
            if (said.status() != 0) {
                throw new Problem("leave.refused", said.output());
            }
            keepers.stop("node", 15);
            new Host(directory, keepers, "", "").stop(Duration.ZERO);
            for (String file : List.of(
                    "pki/node.crt",
                    "pki/node.key",
                    "pki/node.request",
                    "pki/ca.crt",
                    "pki/hosts-ca.crt",
                    "etc/node.properties",
                    "etc/settings")) {
                Files.deleteIfExists(directory.of(file));
            }
            progress.say("leave.done", directory.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
