package dev.unkai.identity;

import dev.unkai.base.data.TestFolder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real Keycloak on loopback, as Maven has unpacked it, with the realm {@code staff} in memory. */
final class RunningKeycloak implements AutoCloseable {
    private static final Path UNPACKED = Path.of("target", "keycloak");
    /** A single start earns back neither the second compiler nor threads for garbage; its classes are those of its makers. */
    private static final String QUICK =
            "-XX:TieredStopAtLevel=1 -XX:-UseG1GC -XX:+UseSerialGC -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote";

    private final Process process;
    private final int port;

    RunningKeycloak() {
        try {
            Path home = home();
            Path realm = home.resolve("data/import/staff-realm.json");
            Files.createDirectories(realm.getParent());
            try (InputStream file = RunningKeycloak.class.getResourceAsStream("/keycloak/staff-realm.json")) {
                Files.copy(Objects.requireNonNull(file), realm, StandardCopyOption.REPLACE_EXISTING);
            }
            port = freePort();
            File log = TestFolder.create("keycloak").resolve("log").toFile();
            ProcessBuilder builder = new ProcessBuilder(
                            "/bin/bash",
                            home.resolve("bin/kc.sh").toString(),
                            "start-dev",
                            "--import-realm",
                            "--db=dev-mem",
                            "--http-host=127.0.0.1",
                            "--http-port=" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(log);
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx512m");
            builder.environment().put("JAVA_OPTS_APPEND", QUICK);
            process = builder.start();
            try {
                awaitRealm(log.toPath());
            } catch (RuntimeException e) {
                close(); // nobody else knows it yet
                throw e;
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitRealm(Path log) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(300))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> {
                        if (!process.isAlive()) {
                            throw new IllegalStateException("Keycloak ended:\n" + Files.readString(log));
                        }
                        return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
                    });
        }
    }

    private static Path home() throws IOException {
        try (Stream<Path> unpacked = Files.list(UNPACKED)) {
            return unpacked.filter(Files::isDirectory).findFirst().orElseThrow().toAbsolutePath();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + port + "/realms/staff";
    }

    @Override
    public void close() {
        // The script has put java in its own place (exec), but for its children.
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
