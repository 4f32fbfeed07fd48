package dev.unkai.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.unkai.base.tls.TestPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/** Ledger and identity as far as evidence holds go: they remember what they are told. The ledger takes no events, so these stay in the outbox. */
final class Neighbours implements AutoCloseable {
    private static final String LEDGER = "/internal/v1/holds";

    private final HttpsServer server;
    /** The ledger's holds by their ids, as they were asked for. */
    private final Map<String, JsonNode> placed = new ConcurrentSkipListMap<>();

    private final Map<String, Boolean> ended = new ConcurrentSkipListMap<>();
    private volatile List<String> backups = List.of();

    Neighbours(TestPki pki) {
        try {
            server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(pki.issue("ledger").sslContext()));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
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
            send(exchange, 200, RunningCloud.JSON.writeValueAsString(Map.of("holds", all)));
        } else if (path.equals(LEDGER)) {
            placed.putIfAbsent(body.path("id").asString(), body);
            send(exchange, 200, "{}");
        } else if (path.startsWith(LEDGER + "/") && path.endsWith("/end")) {
            ended.put(path.substring(LEDGER.length() + 1, path.length() - "/end".length()), true);
            send(exchange, 200, "{}");
        } else if (path.equals("/identity/internal/v1/backups/holds")) {
            List<String> told = new ArrayList<>();
            body.path("holds").forEach(id -> told.add(id.asString()));
            backups = List.copyOf(told);
            send(exchange, 204, "");
        } else {
            send(exchange, 503, "");
        }
    }

    private static byte[] nonEmpty(byte[] body) {
        return body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body;
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
