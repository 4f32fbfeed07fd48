package dev.unkai.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** A process's line to identity's internal interface, over mutual TLS. */
final class IdentityClient {
    private final HttpClient http;
    private final URI identity;

    /** @param tls by which identity knows this process */
    IdentityClient(SSLContext tls, URI identity) {
        this.http = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(3))
                .build();
        this.identity = identity;
    }

    /** The answer's text. Throws IOException or IllegalStateException when there is no good answer. */
    String get(String path) throws IOException, InterruptedException {
        return send(path, HttpRequest.newBuilder().GET(), 200);
    }

    void post(String path, String json) throws IOException, InterruptedException {
        send(
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)),
                204);
    }

    private String send(String path, HttpRequest.Builder request, int expected)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                request.uri(identity.resolve(path))
                        .timeout(Duration.ofSeconds(5))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != expected) {
            throw new IllegalStateException("Identity answered " + answer.statusCode() + " to " + path);
        }
        return answer.body();
    }
}
