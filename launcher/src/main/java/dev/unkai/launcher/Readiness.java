package dev.unkai.launcher;

import dev.unkai.base.tls.PemFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the processes' health endpoints, with a client certificate of its own. */
final class Readiness implements AutoCloseable {
    static final String COMMON_NAME = "launcher";

    private final HttpClient client;

    Readiness(DataDirectory directory) {
        PemFiles pem = new PemFiles(
                directory.of("pki/" + COMMON_NAME + ".crt"),
                directory.of("pki/" + COMMON_NAME + ".key"),
                directory.of("pki/ca.crt"));
        this.client = HttpClient.newBuilder()
                .sslContext(pem.sslContext())
                .connectTimeout(Duration.ofSeconds(2))
                .build();
    }

    /** Whether the process behind this port of the machine says that it can serve. */
    boolean ready(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem("interrupted");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
