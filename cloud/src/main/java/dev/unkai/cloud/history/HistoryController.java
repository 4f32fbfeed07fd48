package dev.unkai.cloud.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.web.Access;
import dev.unkai.web.LedgerClient;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The history that a customer sees: everything done to its project and by its users, refusals included (12.4.1). */
@RestController
@ServiceApi
public final class HistoryController {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST = 500;
    private static final int LONGEST = 255;

    private final LedgerClient ledger;
    private final Access access;

    public HistoryController(LedgerClient ledger, Access access) {
        this.ledger = ledger;
        this.access = access;
    }

    /** A page of history, newest first; {@code next} is the {@code after} of the following page. */
    public record History(List<Entry> events, @Nullable String next) {}

    /**
     * One event in words that a console shows.
     *
     * @param methods how somebody logged in, where that is the event; commas between
     * @param provider the contract's identity provider at which he did, or null
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Entry(
            String id,
            String time,
            String action,
            String outcome,
            Initiator initiator,
            Target target,
            @Nullable String reason,
            @Nullable String requestId,
            @Nullable String methods,
            @Nullable String provider) {}

    /** Who, from where; the type tells people, schedules ({@code service/compute/schedule}) and the service itself apart. */
    public record Initiator(
            String id,
            String type,
            String name,
            @Nullable String address,
            @Nullable String agent) {}

    /** To what. */
    public record Target(String id, String type, @Nullable String name) {}

    /** @param everyone the history of all customers and of the provider, for its own people */
    @Allow("history:event:list")
    @GetMapping("/service/v1/history")
    History list(
            Caller caller,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable Long after,
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(defaultValue = "false") boolean everyone) {
        if (limit < 1 || limit > MOST) {
            throw Refusal.invalid("\"limit\" is a number from 1 to " + MOST + ".");
        }
        if (everyone
                && !access.policy()
                        .permits("history:event:list-all", caller.token().roles())) {
            throw Refusal.forbidden("Policy doesn't allow history:event:list-all to be performed.");
        }
        StringBuilder query = new StringBuilder("/internal/v1/events?limit=" + (limit + 1));
        append(query, "project", everyone ? null : caller.project());
        append(query, "target", target);
        append(query, "action", action);
        append(query, "outcome", outcome);
        append(query, "before", after == null ? null : String.valueOf(after));
        return page(JSON.readTree(read(query.toString())).path("events"), limit);
    }

    private String read(String query) {
        try {
            return ledger.get(query);
        } catch (IllegalStateException | java.io.UncheckedIOException e) {
            throw Refusal.unavailable(
                    "The history cannot be read right now; nothing of it is lost. Try again in a moment.");
        }
    }

    private static History page(JsonNode events, int limit) {
        List<Entry> entries = new ArrayList<>();
        String next = null;
        for (JsonNode stored : events) {
            if (entries.size() == limit) {
                break;
            }
            entries.add(entry(JSON.readTree(stored.path("json").asString())));
            next = stored.path("number").asString();
        }
        return new History(entries, events.size() > limit ? next : null);
    }

    private static Entry entry(JsonNode event) {
        JsonNode initiator = event.path("initiator");
        JsonNode target = event.path("target");
        JsonNode facts = event.path("attachments");
        return new Entry(
                event.path("id").asString(),
                event.path("eventTime").asString(),
                event.path("action").asString(),
                event.path("outcome").asString(),
                new Initiator(
                        initiator.path("id").asString(),
                        initiator.path("typeURI").asString(),
                        initiator.path("name").asString(),
                        text(initiator.path("host").path("address")),
                        text(initiator.path("host").path("agent"))),
                new Target(target.path("id").asString(), target.path("typeURI").asString(), text(target.path("name"))),
                text(event.path("reason").path("reasonType")),
                text(event.path("requestId")),
                text(facts.path(facts.has("methods") ? "methods" : "method")),
                text(facts.path("provider")));
    }

    private static @Nullable String text(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : node.asString();
    }

    private static void append(StringBuilder query, String name, @Nullable String value) {
        if (value == null) {
            return;
        }
        if (value.length() > LONGEST) {
            throw Refusal.invalid("\"" + name + "\" is longer than " + LONGEST + " characters.");
        }
        query.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
}
