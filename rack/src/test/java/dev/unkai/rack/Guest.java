package dev.unkai.rack;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The inside of a running guest, reached by SSH with a key as its owner would. */
record Guest(String address, Path key, String user) {
    private static final Duration BOOT = Duration.ofSeconds(120);

    /** A new key pair in a file; the public half is beside it. */
    static Path newKey() {
        try {
            Path key = Files.createTempDirectory("unkai-key").resolve("id");
            Command.run(
                            Duration.ofSeconds(20),
                            Map.of(),
                            "ssh-keygen",
                            "-q",
                            "-t",
                            "ed25519",
                            "-N",
                            "",
                            "-f",
                            key.toString())
                    .succeeded();
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String publicKey(Path key) {
        try {
            return Files.readString(Path.of(key + ".pub")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Command run(String command) {
        return Command.run(
                Duration.ofSeconds(60),
                Map.of(),
                "ssh",
                "-q",
                "-i",
                key.toString(),
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "ConnectTimeout=8",
                "-o",
                "BatchMode=yes",
                user + "@" + address,
                command);
    }

    /** Waits until the guest lets its owner in. */
    Guest awaitLogin() {
        return awaitLogin(BOOT);
    }

    Guest awaitLogin(Duration patience) {
        await("log-in at " + address)
                .atMost(patience)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> run("true").status() == 0);
        return this;
    }

    boolean pings(String other) {
        return run("ping -c 2 -w 4 " + other).status() == 0;
    }
}
