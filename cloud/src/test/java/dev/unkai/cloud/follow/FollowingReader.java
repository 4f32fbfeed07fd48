package dev.unkai.cloud.follow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Reads what is told of changes, as the console does. */
final class FollowingReader implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final HttpResponse<Stream<String>> answer;
    private volatile boolean ended;

    FollowingReader(URI cloud, String token) {
        try {
            answer = http.send(
                    HttpRequest.newBuilder(cloud.resolve("/service/v1/changes"))
                            .header("X-Auth-Token", token)
                            .header("Accept", "text/event-stream")
                            .build(),
                    BodyHandlers.ofLines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (Stream<String> body = answer.body()) {
            body.forEach(lines::add);
        } catch (UncheckedIOException e) {
            // closed by the test
        }
        ended = true;
    }

    int status() {
        return answer.statusCode();
    }

    /** The content type, the caching and the like. */
    String header(String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    /** All that was told so far. */
    String told() {
        return String.join("\n", lines);
    }

    void forget() {
        lines.clear();
    }

    boolean isEnded() {
        return ended;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
