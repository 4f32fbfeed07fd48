package dev.unkai.cloud.certificate.acme;

import static org.awaitility.Awaitility.await;

import dev.unkai.base.data.TestFolder;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.base.tls.TestPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real ACME server (Let's Encrypt's Pebble) on this machine, and the name server that it asks: every name is 127.0.0.1. */
final class Pebble implements AutoCloseable {
    /** Of the account at the server's operator that every new one has to belong to. */
    static final AcmeSettings.Binding BINDING =
            new AcmeSettings.Binding("kid-1", "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W");
    /** For which it gives no certificate. */
    static final String BLOCKED = "blocked.example";

    private static final Duration SOON = Duration.ofSeconds(20);
    /** Of each hundred good nonces it calls so many bad ones: clients have to bear it (RFC 8555 section 6.5). */
    private static final String BAD_NONCES = "20";

    private final Path folder = TestFolder.create("unkai-pebble");
    private final PemFiles tls;
    private final List<Integer> ports = freePorts(5);
    private final Process names;
    private @Nullable Process server;

    Pebble(TestPki pki) {
        tls = pki.issue("pebble");
        String dns = "127.0.0.1:" + ports.get(3);
        names = start(
                "names",
                List.of(
                        "pebble-challtestsrv",
                        "-defaultIPv4",
                        "127.0.0.1",
                        "-defaultIPv6",
                        "",
                        "-dns01",
                        dns,
                        "-http01",
                        "",
                        "-https01",
                        "",
                        "-tlsalpn01",
                        "",
                        "-management",
                        "127.0.0.1:" + ports.get(4)));
    }

    URI directory() {
        return URI.create("https://localhost:" + ports.get(0) + "/dir");
    }

    Path authority() {
        return tls.authority();
    }

    /** Where it asks its questions by HTTP. */
    int questions() {
        return ports.get(2);
    }

    void start() throws IOException {
        Path configuration = Files.writeString(folder.resolve("pebble.json"), """
                {"pebble": {"listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
                    "certificate": "%s", "privateKey": "%s", "httpPort": %d, "tlsPort": 1,
                    "externalAccountBindingRequired": true, "externalAccountMACKeys": {"%s": "%s"},
                    "domainBlocklist": ["%s"]}}
                """.formatted(
                        ports.get(0),
                        ports.get(1),
                        tls.certificate(),
                        tls.key(),
                        ports.get(2),
                        BINDING.id(),
                        BINDING.key(),
                        BLOCKED));
        server = start(
                "pebble",
                List.of("pebble", "-config", configuration.toString(), "-dnsserver", "127.0.0.1:" + ports.get(3)));
        await().atMost(SOON)
                .until(() -> Files.readString(folder.resolve("pebble.log")).contains("ACME directory available"));
    }

    private Process start(String name, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(name + ".log").toFile());
            builder.environment().put("PEBBLE_VA_NOSLEEP", "1");
            builder.environment().put("PEBBLE_AUTHZREUSE", "0");
            builder.environment().put("PEBBLE_WFE_NONCEREJECT", BAD_NONCES);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Integer> freePorts(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int number = 0; number < count; number++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : held) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        if (server != null) {
            server.destroyForcibly();
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
        names.destroyForcibly();
    }
}
