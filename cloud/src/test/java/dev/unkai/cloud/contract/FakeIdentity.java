package dev.unkai.cloud.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.RunningCloud;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** Makes accounts as identity does, except for faults that are asked for. */
final class FakeIdentity {
    enum Fault {
        AWAY,
        /** Somebody has to do something first. */
        IMPOSSIBLE,
        /** It is done, but the caller does not hear so. */
        ANSWER_LOST
    }

    private final HttpsServer server;
    final Queue<Fault> next = new ConcurrentLinkedQueue<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<String> opened = new CopyOnWriteArrayList<>();
    private final Map<String, String> paths = new ConcurrentHashMap<>();
    private final Map<String, List<String>> askedAt = new ConcurrentHashMap<>();
    final Map<String, JsonNode> wishes = new ConcurrentHashMap<>();

    FakeIdentity(TestPki pki) throws IOException {
        server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(pki.issue("identity").sslContext()));
        server.createContext("/identity/internal/v1/contracts/", this::answer);
        server.start();
    }

    void stop() {
        server.stop(0);
    }

    /** The addresses, one for each contract, at which this name was asked for. */
    Set<String> paths(String name) {
        return Set.copyOf(askedAt.getOrDefault(name, List.of()));
    }

    String address() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often the contract of this name was opened. */
    long opened(String name) {
        return opened.stream()
                .filter(path -> path.equals(paths.get(name) + "/opening"))
                .count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode wish = RunningCloud.JSON.readTree(exchange.getRequestBody().readAllBytes());
        String path = exchange.getRequestURI().getPath();
        Fault fault = next.poll();
        if (path.endsWith("/opening")) {
            opened.add(path);
            if (fault == null) {
                exchange.sendResponseHeaders(204, -1);
            }
            exchange.close();
            return;
        }
        String wanted = wish.get("wish").asString();
        asked.add(wanted);
        paths.put(wanted, path);
        askedAt.computeIfAbsent(wanted, _ -> new CopyOnWriteArrayList<>()).add(path);
        wishes.put(wanted, wish);
        if (fault == Fault.ANSWER_LOST) {
            exchange.close();
            return;
        }
        String name = wish.get("wish").asString();
        byte[] body = fault != null
                ? (fault == Fault.AWAY ? "" : "{\"error\": {\"message\": \"This site has no SSL-VPN gateway.\"}}")
                        .getBytes(StandardCharsets.UTF_8)
                : RunningCloud.JSON
                        .writeValueAsString(Map.of(
                                "name",
                                name,
                                "domain",
                                "domain-of-" + name,
                                "project",
                                "project-of-" + name,
                                "master",
                                "master"))
                        .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(
                fault == null ? 200 : fault == Fault.AWAY ? 503 : 409, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
