package dev.unkai.cloud.history;

import dev.unkai.base.Refusal;
import dev.unkai.base.openapi.OneOf;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for; what is absent means any.
 *
 * @param target id of the thing that it was done to
 * @param action one action, or several with commas between
 * @param actor id or name of who did it
 * @param source address from which it was done, or the process that saw it
 * @param text words that are all in the event, or that words in it begin with
 * @param since received by the ledger then or later (RFC 3339)
 * @param until received before
 */
record Wanted(
        @Nullable String target,
        @Nullable String action,

        @OneOf({"success", "failure", "pending", "unknown"}) @Nullable
        String outcome,

        @Nullable String actor,
        @Nullable String source,
        @Nullable String text,
        @Nullable String since,
        @Nullable String until) {
    static final Wanted EVERYTHING = new Wanted(null, null, null, null, null, null, null, null);

    private static final int LONGEST = 255;
    private static final Set<String> OUTCOMES = Set.of("success", "failure", "pending", "unknown");

    /** Throws Refusal with a sentence about the first value that has a wrong form. */
    Wanted checked() {
        facts().forEach((name, value) -> {
            if (value.length() > LONGEST) {
                throw Refusal.invalid("\"" + name + "\" is longer than " + LONGEST + " characters.");
            }
        });
        if (outcome != null && !OUTCOMES.contains(outcome)) {
            throw Refusal.invalid("\"outcome\" is one of: success, failure, pending, unknown.");
        }
        Instant from = instant("since", since);
        Instant to = instant("until", until);
        return new Wanted(
                target, action, outcome, actor, source, text, Objects.toString(from, null), Objects.toString(to, null));
    }

    boolean isEverything() {
        return facts().isEmpty();
    }

    /** What is asked for, by name. */
    Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        put(facts, "target", target);
        put(facts, "action", action);
        put(facts, "outcome", outcome);
        put(facts, "actor", actor);
        put(facts, "source", source);
        put(facts, "text", text);
        put(facts, "since", since);
        put(facts, "until", until);
        return facts;
    }

    String query() {
        StringBuilder query = new StringBuilder();
        facts().forEach((name, value) -> query.append(LedgerReader.parameter(name, value)));
        return query.toString();
    }

    private static void put(Map<String, String> facts, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            facts.put(name, value);
        }
    }

    private static @Nullable Instant instant(String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Refusal.invalid("\"" + name + "\" is a time such as 2026-01-31T12:00:00Z.");
        }
    }
}
