package dev.unkai.cloud;

import com.sun.net.httpserver.HttpExchange;
import dev.unkai.base.tls.TestPki;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import tools.jackson.databind.JsonNode;

/** Ledger and identity as far as evidence holds go: they remember what they are told. The ledger takes no events, so these stay in the outbox. */
final class Neighbours implements AutoCloseable {
    private static final String LEDGER = "/internal/v1/holds";

    private final PlayedProcess process;
    /** The ledger's holds by their ids, as they were asked for. */
    private final Map<String, JsonNode> placed = new ConcurrentSkipListMap<>();

    private final Map<String, Boolean> ended = new ConcurrentSkipListMap<>();
    private volatile List<String> backups = List.of();

    Neighbours(TestPki pki) {
        process = new PlayedProcess(pki, "ledger").answering("/", this::answer);
    }

    URI address() {
        return process.address();
    }

    /** The ledger's holds in force, as they were asked for. */
    List<JsonNode> held() {
        return placed.entrySet().stream()
                .filter(hold -> !ended.containsKey(hold.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Why identity keeps its backups. */
    List<String> backupsHeldFor() {
        return backups;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        JsonNode body =
                RunningCloud.JSON.readTree(nonEmpty(exchange.getRequestBody().readAllBytes()));
        if (path.equals(LEDGER) && exchange.getRequestMethod().equals("GET")) {
            List<Object> all = new ArrayList<>();
            placed.keySet().forEach(id -> {
                Map<String, Object> hold = new HashMap<>();
                hold.put("id", id);
                hold.put("ended", ended.containsKey(id) ? "2026-01-01T00:00:00Z" : null);
                all.add(hold);
            });
            PlayedProcess.send(exchange, 200, RunningCloud.JSON.writeValueAsString(Map.of("holds", all)));
        } else if (path.equals(LEDGER)) {
            placed.putIfAbsent(body.path("id").asString(), body);
            PlayedProcess.send(exchange, 200, "{}");
        } else if (path.startsWith(LEDGER + "/") && path.endsWith("/end")) {
            ended.put(path.substring(LEDGER.length() + 1, path.length() - "/end".length()), true);
            PlayedProcess.send(exchange, 200, "{}");
        } else if (path.equals("/identity/internal/v1/backups/holds")) {
            List<String> told = new ArrayList<>();
            body.path("holds").forEach(id -> told.add(id.asString()));
            backups = List.copyOf(told);
            PlayedProcess.send(exchange, 204, "");
        } else {
            PlayedProcess.send(exchange, 503, "");
        }
    }

    private static byte[] nonEmpty(byte[] body) {
        return body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body;
    }

    @Override
    public void close() {
        process.close();
    }
}
