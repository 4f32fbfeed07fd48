package dev.unkai.cloud.forward;

import com.sun.net.httpserver.HttpExchange;
import dev.unkai.base.proof.ExportedHistory;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.PlayedProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ledger's internal API over histories in memory: takes in what the cloud records, and what a test adds. */
final class GrowingLedger implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ExportedHistory published = ExportedHistory.of(3);
    private final PlayedProcess process;
    private final Map<String, List<Stored>> logs = new HashMap<>();
    private final Set<String> positions = new HashSet<>();
    private volatile boolean down;

    private record Stored(String log, long place, Instant received, String json) {}

    GrowingLedger(TestPki pki) {
        process = new PlayedProcess(pki, "ledger").answering("/", this::answer);
    }

    URI address() {
        return process.address();
    }

    ExportedHistory published() {
        return published;
    }

    void down(boolean isDown) {
        down = isDown;
    }

    synchronized void add(String log, String json) {
        List<Stored> events = logs.computeIfAbsent(log, _ -> new ArrayList<>());
        events.add(new Stored(log, events.size(), Instant.now().truncatedTo(ChronoUnit.MICROS), json));
    }

    /** What of a history has gone by retention. */
    synchronized void forget(String log, int places) {
        List<Stored> events = Objects.requireNonNull(logs.get(log));
        for (int place = 0; place < places; place++) {
            events.set(place, null);
        }
    }

    synchronized List<JsonNode> history(String log) {
        return logs.getOrDefault(log, List.of()).stream()
                .filter(Objects::nonNull)
                .map(event -> JSON.readTree(event.json()))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (down) {
                exchange.sendResponseHeaders(503, -1);
            } else if (exchange.getRequestMethod().equals("POST")) {
                JsonNode batch = JSON.readTree(exchange.getRequestBody().readAllBytes());
                take(batch);
                exchange.sendResponseHeaders(204, -1);
            } else {
                byte[] bytes = JSON.writeValueAsBytes(body(exchange.getRequestURI()));
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private synchronized void take(JsonNode batch) {
        for (JsonNode event : batch.path("events")) {
            if (positions.add(batch.path("source").asString() + event.path("position"))) {
                String json = event.path("json").asString();
                JsonNode cadf = JSON.readTree(json);
                String target = cadf.at("/target/project_id").asString("");
                String project =
                        target.isEmpty() ? cadf.at("/initiator/project_id").asString("") : target;
                add(project.isEmpty() ? "provider" : project, json);
            }
        }
    }

    private synchronized Object body(URI address) {
        return switch (address.getPath()) {
            case "/internal/v1/rounds" ->
                Map.of("rounds", List.of(published.round().round()));
            case "/internal/v1/key" -> Map.of("pem", published.key().pem());
            default -> Map.of("events", events(query(address)));
        };
    }

    private List<Stored> events(Map<String, String> query) {
        List<Stored> history = logs.getOrDefault(query.get("project"), List.of());
        long before = Math.min(history.size(), Long.parseLong(query.getOrDefault("before", "1000000000")));
        int limit = Integer.parseInt(query.getOrDefault("limit", "100"));
        List<Stored> found = new ArrayList<>();
        for (int place = (int) before - 1; place >= 0 && found.size() < limit; place--) {
            if (history.get(place) != null) {
                found.add(history.get(place));
            }
        }
        return found;
    }

    private static Map<String, String> query(URI address) {
        return Stream.of(address.getQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    @Override
    public void close() {
        process.close();
    }
}
