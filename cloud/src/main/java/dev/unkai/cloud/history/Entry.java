package dev.unkai.cloud.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.base.openapi.Shape;
import dev.unkai.wire.event.CadfEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One event in words that a console shows.
 *
 * @param methods how somebody logged in, where that is the event; commas between
 * @param provider the contract's identity provider at which he did, or null
 * @param log whose history it is in: a project's id, or {@code provider}
 * @param place in that history, from 0
 * @param received when the ledger took it in
 * @param sealed whether the newest signed head vouches for it; null where a list of many histories leaves it open
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Shape(name = "HistoryEvent")
record Entry(
        String id,
        String time,
        String action,
        String outcome,
        Initiator initiator,
        Target target,
        @Nullable String reason,
        @Nullable String requestId,
        @Nullable String methods,
        @Nullable String provider,
        String log,
        long place,
        String received,
        @Nullable Boolean sealed) {
    private static final String PERSON = "service/security/account/user";
    /** The domain of the provider's people. */
    private static final String PROVIDER = "default";

    /**
     * Who, from where; the type tells people, schedules ({@code service/compute/schedule}) and the service itself apart.
     *
     * @param party {@code customer}, {@code provider} or {@code service}; null for somebody who has not shown who he is
     */
    record Initiator(
            String id,
            String type,

            @OneOf({"customer", "provider", "service"}) @Nullable
            String party,

            String name,
            @Nullable String address,
            @Nullable String agent) {}

    /** To what. */
    record Target(String id, String type, @Nullable String name) {}

    static Entry of(JsonNode event, String log, long place, String received, @Nullable Boolean sealed) {
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
                        party(initiator),
                        initiator.path("name").asString(),
                        text(initiator.path("host").path("address")),
                        text(initiator.path("host").path("agent"))),
                new Target(target.path("id").asString(), target.path("typeURI").asString(), text(target.path("name"))),
                text(event.path("reason").path("reasonType")),
                text(event.path("requestId")),
                text(facts.path(facts.has("methods") ? "methods" : "method")),
                text(facts.path("provider")),
                log,
                place,
                received,
                sealed);
    }

    private static @Nullable String party(JsonNode initiator) {
        String type = initiator.path("typeURI").asString();
        if (type.equals(CadfEvent.SCHEDULE)) {
            return "customer";
        }
        if (!type.equals(PERSON)) {
            return "service";
        }
        String domain = text(initiator.path("domain_id"));
        return domain == null ? null : domain.equals(PROVIDER) ? "provider" : "customer";
    }

    /**
     * A field of the target before and after.
     *
     * @param before null where it had none, or nobody may read it
     * @param after null where it has none now, or nobody may read it
     * @param confidential whether the values are nowhere: not even in the ledger
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Change(
            String field, @Nullable String before, @Nullable String after, boolean confidential) {}

    /** What the event says was changed; empty where it says nothing of it. */
    static List<Change> changes(JsonNode event) {
        List<Change> changes = new ArrayList<>();
        event.path("changes")
                .forEach(change -> changes.add(new Change(
                        change.path("field").asString(),
                        text(change.path("before")),
                        text(change.path("after")),
                        change.path("confidential").asBoolean(false))));
        return changes;
    }

    /** The same in one line, each field by its name in words. */
    static String told(List<Change> changes, UnaryOperator<String> names) {
        return changes.stream()
                .map(change -> change.confidential()
                        ? names.apply(change.field()) + ": ***"
                        : names.apply(change.field()) + ": " + Objects.toString(change.before(), "–") + " → "
                                + Objects.toString(change.after(), "–"))
                .collect(Collectors.joining("; "));
    }

    /** Further facts of the event, by name. */
    static TreeMap<String, String> attachments(JsonNode event) {
        TreeMap<String, String> facts = new TreeMap<>();
        event.path("attachments")
                .properties()
                .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asString()));
        return facts;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : node.asString();
    }
}
