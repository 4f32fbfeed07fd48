package dev.unkai.cloud.history;

import dev.unkai.base.Refusal;
import dev.unkai.web.LedgerClient;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What this module asks of the ledger. While it does not answer, all of it is a refusal that says so. */
@Component
class LedgerReader {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private final LedgerClient ledger;

    LedgerReader(LedgerClient ledger) {
        this.ledger = ledger;
    }

    /**
     * The events that are wanted, newest first, each as {@code {number, log, place, received, json}}.
     *
     * @param log whose history; null for everything
     * @param before only events older than this number
     */
    List<JsonNode> events(@Nullable String log, Wanted wanted, @Nullable Long before, int limit) {
        List<JsonNode> events = new ArrayList<>();
        String query = "/internal/v1/events?limit=" + limit + parameter("project", log)
                + parameter("before", before == null ? null : String.valueOf(before)) + wanted.query();
        JSON.readTree(answered(() -> ledger.get(query))).path("events").forEach(events::add);
        return events;
    }

    /** The newest signed head; empty while nothing of the log is signed. */
    Optional<JsonNode> head(String log) {
        return find("/internal/v1/logs/" + segment(log) + "/head");
    }

    Optional<JsonNode> consistency(String log, long from, long size) {
        return find("/internal/v1/logs/" + segment(log) + "/consistency?from=" + from + "&size=" + size);
    }

    /** How a published round holds the head of that size; empty until one does. */
    Optional<JsonNode> round(String log, long size) {
        return find("/internal/v1/logs/" + segment(log) + "/round?size=" + size);
    }

    /**
     * A page of export lines in ascending order.
     *
     * @param from the place at which it begins
     * @param size of the signed head that they are proven against
     */
    Lines lines(String log, long from, long size, Wanted wanted, int limit) {
        return lines(log, from, size, wanted, limit, false);
    }

    /** @param dropped whether a line shows each event, too, that was dropped when its time of keeping was over */
    Lines lines(String log, long from, long size, Wanted wanted, int limit, boolean dropped) {
        String query = "/internal/v1/logs/" + segment(log) + "/lines?from=" + from + "&size=" + size + "&limit=" + limit
                + "&dropped=" + dropped + wanted.query();
        JsonNode page = JSON.readTree(answered(() -> ledger.get(query)));
        List<String> lines = new ArrayList<>();
        page.path("lines").forEach(line -> lines.add(line.asString()));
        JsonNode next = page.path("next");
        return new Lines(lines, next.isIntegralNumber() ? Optional.of(next.longValue()) : Optional.empty());
    }

    /** @param next where the following page begins; empty after the last */
    record Lines(List<String> lines, Optional<Long> next) {}

    /** How an event went that was dropped: {@code {about, month, at, act, days}}; empty for one that is there, or never was. */
    Optional<JsonNode> dropped(String log, long place) {
        return find("/internal/v1/logs/" + segment(log) + "/dropped/" + place);
    }

    /** The published rounds, newest first. */
    JsonNode rounds(@Nullable Long before, int limit) {
        String query = "/internal/v1/rounds?limit=" + limit
                + parameter("before", before == null ? null : String.valueOf(before));
        return JSON.readTree(answered(() -> ledger.get(query))).path("rounds");
    }

    /** The ledger's public key as PEM. */
    String key() {
        return JSON.readTree(answered(() -> ledger.get("/internal/v1/key")))
                .path("pem")
                .asString();
    }

    /** What the auditor has done and found. */
    JsonNode audit() {
        return JSON.readTree(answered(() -> ledger.get("/internal/v1/audit")));
    }

    /** How long each class of events is kept, and what holds it. */
    JsonNode retention() {
        return JSON.readTree(answered(() -> ledger.get("/internal/v1/retention")));
    }

    /** Has a class of events kept for another time from now on; gives the same as {@link #retention}. */
    JsonNode keep(String about, int days, String reason, String by) {
        return JSON.readTree(answered(() -> ledger.put(
                "/internal/v1/retention/" + segment(about), Map.of("days", days, "reason", reason, "by", by))));
    }

    private Optional<JsonNode> find(String query) {
        return answered(() -> ledger.find(query)).map(JSON::readTree);
    }

    private static <T> T answered(Supplier<T> question) {
        try {
            return question.get();
        } catch (IllegalStateException | UncheckedIOException e) {
            throw Refusal.unavailable(
                    "The history cannot be read right now; nothing of it is lost. Try again in a moment.");
        }
    }

    static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String segment(String log) {
        return URLEncoder.encode(log, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
