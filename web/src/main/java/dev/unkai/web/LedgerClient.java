package dev.unkai.web;

import dev.unkai.base.event.EventSink;
import dev.unkai.base.tls.PemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The way to the ledger: events in, history out, over mutual TLS. */
public final class LedgerClient implements EventSink {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http;
    private final URI ledger;
    private final Clock clock;

    /** @param clock whose time goes with the events, so that the ledger notices when it is wrong */
    public LedgerClient(PemFiles pem, URI ledger, Clock clock) {
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .sslContext(pem.sslContext())
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(3))
                .build();
        this.ledger = ledger;
    }

    @Override
    public void append(String source, List<Positioned> events) {
        String body = JSON.writeValueAsString(Map.of(
                "source", source, "events", events, "sent", clock.instant().toString()));
        HttpResponse<String> answer = send(HttpRequest.newBuilder(ledger.resolve("/internal/v1/events"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        if (answer.statusCode() != 204) {
            throw new IllegalStateException("The ledger answered " + answer.statusCode() + " to new events.");
        }
    }

    /** The ledger's answer to a query of its internal API, as JSON text. */
    public String get(String pathAndQuery) {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(ledger.resolve(pathAndQuery)).GET());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("The ledger answered " + answer.statusCode() + ".");
        }
        return answer.body();
    }

    /** Has the ledger change something that is its own; gives its answer as JSON text. */
    public String put(String path, Object body) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(ledger.resolve(path))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("The ledger answered " + answer.statusCode() + " to a change.");
        }
        return answer.body();
    }

    /** The same where the ledger may have nothing at that address: empty when it says so. */
    public Optional<String> find(String pathAndQuery) {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(ledger.resolve(pathAndQuery)).GET());
        return switch (answer.statusCode()) {
            case 200 -> Optional.of(answer.body());
            case 404 -> Optional.empty();
            default -> throw new IllegalStateException("The ledger answered " + answer.statusCode() + ".");
        };
    }

    /** Sends JSON text to an address of its internal API that does what it is asked, however often it is asked. */
    public void post(String path, String json) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(ledger.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("The ledger answered " + answer.statusCode() + " to " + path + ".");
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("The ledger cannot be reached at " + ledger, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while talking to the ledger", e);
        }
    }
}
