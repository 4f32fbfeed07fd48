package dev.unkai.cloud.history;

import com.sun.net.httpserver.HttpExchange;
import dev.unkai.base.proof.ExportedHistory;
import dev.unkai.base.proof.HistoryLine;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.PlayedProcess;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ledger's internal API over one history that does not change, on a port of its own, which can be told to fail. */
public final class FakeLedger implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Small, so that a short history has several pages. */
    private static final int PAGE = 10;

    private final ExportedHistory history;
    private final int sealed;
    private volatile List<String> unsealed;
    private final PlayedProcess process;
    private final List<JsonNode> recorded = new CopyOnWriteArrayList<>();
    private final List<String> changed = new CopyOnWriteArrayList<>();
    private volatile List<Map<String, Object>> findings = List.of();
    private volatile int pagesLeft = Integer.MAX_VALUE;
    private volatile int dropped = Integer.MIN_VALUE;

    /** @param unsealed events that came after the head was signed */
    public FakeLedger(TestPki pki, ExportedHistory history, int sealed, List<String> unsealed) {
        this.history = history;
        this.sealed = sealed;
        this.unsealed = unsealed;
        process = new PlayedProcess(pki, "ledger").answering("/", this::answer);
    }

    public URI address() {
        return process.address();
    }

    /** What it was told to change: address and body. */
    List<String> changed() {
        return List.copyOf(changed);
    }

    /** These have come since the head was signed. */
    public void receives(List<String> events) {
        unsealed = events;
    }

    /** The event at that place is kept no more. */
    void drop(int place) {
        dropped = place;
    }

    /** From now on the auditor has found these. */
    void finds(List<Map<String, Object>> found) {
        findings = found;
    }

    /** The next pages of lines are the last that are answered. */
    public void failAfter(int pages) {
        pagesLeft = pages;
    }

    /** What was recorded under that action by that user and arrived, oldest first. */
    public List<JsonNode> recorded(String user, String action) {
        return recorded.stream()
                .filter(event -> event.at("/initiator/id").asString().equals(user))
                .filter(event -> event.path("action").asString().equals(action))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("POST")) {
            JSON.readTree(exchange.getRequestBody().readAllBytes())
                    .path("events")
                    .forEach(event ->
                            recorded.add(JSON.readTree(event.path("json").asString())));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            return;
        }
        if (exchange.getRequestMethod().equals("PUT")) {
            changed.add(path + " " + JSON.readTree(exchange.getRequestBody().readAllBytes()));
        }
        Object body = body(path, query(exchange.getRequestURI()));
        byte[] bytes = JSON.writeValueAsBytes(body == null ? Map.of() : body);
        boolean down = path.endsWith("/lines") && pagesLeft-- <= 0;
        exchange.sendResponseHeaders(down ? 503 : body == null ? 404 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, String> query(URI address) {
        return address.getQuery() == null
                ? Map.of()
                : Stream.of(address.getQuery().split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private @Nullable Object body(String path, Map<String, String> query) {
        String ours = "/internal/v1/logs/" + ExportedHistory.LOG;
        return switch (path) {
            case "/internal/v1/events" -> Map.of("events", events(query));
            case "/internal/v1/key" -> Map.of("pem", history.key().pem());
            case "/internal/v1/rounds" ->
                Map.of("rounds", List.of(history.round().round()));
            case "/internal/v1/retention", "/internal/v1/retention/access" ->
                Map.of(
                        "classes",
                        List.of(Map.of(
                                "class",
                                "access",
                                "days",
                                365,
                                "leastDays",
                                30,
                                "oldest",
                                "2026-01-31T12:00:00Z",
                                "nextDrop",
                                "2027-02-01T00:00:00Z",
                                "held",
                                List.of())));
            case "/internal/v1/audit" ->
                Map.of("passes", 3, "lastPass", "2026-01-31T12:00:00Z", "events", 7, "findings", findings);
            default -> {
                if (!path.startsWith(ours + "/")) {
                    yield null;
                }
                yield switch (path.substring(ours.length() + 1)) {
                    case "head" -> history.head();
                    case "round" -> history.round();
                    case "consistency" ->
                        Map.of("path", history.consistency(Long.parseLong(query.getOrDefault("from", "0"))));
                    case "lines" -> lines(query);
                    case String gone
                    when gone.equals("dropped/" + dropped) ->
                        Map.of(
                                "about",
                                "access",
                                "month",
                                "2025-01",
                                "at",
                                "2026-02-01T00:10:00Z",
                                "act",
                                3,
                                "days",
                                365);
                    default -> null;
                };
            }
        };
    }

    private List<Map<String, Object>> events(Map<String, String> query) {
        List<Map<String, Object>> found = new ArrayList<>();
        String project = query.get("project");
        if (project != null && !project.equals(ExportedHistory.LOG)) {
            return found;
        }
        long before = Long.parseLong(query.getOrDefault("before", String.valueOf(Long.MAX_VALUE)));
        int limit = Integer.parseInt(query.getOrDefault("limit", "100"));
        for (int place = sealed + unsealed.size() - 1; place >= 0 && found.size() < limit; place--) {
            if (place < before) {
                boolean old = place < sealed;
                HistoryLine line = HistoryLine.parse(history.line(old ? place : 0));
                found.add(Map.of(
                        "number",
                        place,
                        "log",
                        ExportedHistory.LOG,
                        "place",
                        place,
                        "received",
                        line.received().toString(),
                        "json",
                        old ? line.event() : unsealed.get(place - sealed)));
            }
        }
        return found;
    }

    private Map<String, Object> lines(Map<String, String> query) {
        int from = Integer.parseInt(query.getOrDefault("from", "0"));
        int limit = Math.min(PAGE, Integer.parseInt(query.getOrDefault("limit", "1000")));
        String action = query.get("action");
        List<String> lines = new ArrayList<>();
        int place = from;
        for (; place < sealed && lines.size() < limit; place++) {
            String line = history.line(place);
            if (place != dropped && (action == null || line.contains("\"action\":\"" + action + "\""))) {
                lines.add(line);
            }
        }
        return place < sealed ? Map.of("lines", lines, "next", place) : Map.of("lines", lines);
    }

    @Override
    public void close() {
        process.close();
    }
}
