package dev.unkai.cloud.contract;

import com.sun.net.httpserver.HttpExchange;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.PlayedProcess;
import dev.unkai.cloud.RunningCloud;
import java.io.IOException;
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

    private final PlayedProcess process;
    final Queue<Fault> next = new ConcurrentLinkedQueue<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<String> opened = new CopyOnWriteArrayList<>();
    private final Map<String, String> paths = new ConcurrentHashMap<>();
    private final Map<String, List<String>> askedAt = new ConcurrentHashMap<>();
    final Map<String, JsonNode> wishes = new ConcurrentHashMap<>();

    FakeIdentity(TestPki pki) {
        process = new PlayedProcess(pki, "identity").answering("/identity/internal/v1/contracts/", this::answer);
    }

    void stop() {
        process.close();
    }

    /** The addresses, one for each contract, at which this name was asked for. */
    Set<String> paths(String name) {
        return Set.copyOf(askedAt.getOrDefault(name, List.of()));
    }

    String address() {
        return process.address().toString();
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
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        if (fault == Fault.AWAY) {
            PlayedProcess.send(exchange, 503, "");
        } else if (fault == Fault.IMPOSSIBLE) {
            PlayedProcess.send(exchange, 409, "{\"error\": {\"message\": \"This site has no SSL-VPN gateway.\"}}");
        } else {
            PlayedProcess.send(
                    exchange,
                    200,
                    RunningCloud.JSON.writeValueAsString(Map.of(
                            "name",
                            wanted,
                            "domain",
                            "domain-of-" + wanted,
                            "project",
                            "project-of-" + wanted,
                            "master",
                            "master")));
        }
    }
}
