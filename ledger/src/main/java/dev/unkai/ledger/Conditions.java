package dev.unkai.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for; null: any.
 *
 * @param target only events about this resource
 * @param action only events of this action, or of one of several with commas between
 * @param actor only what this user did: id or name
 * @param source only what was done from this address, or was seen by this process
 * @param text only events in which all these words are, or words that begin so
 * @param since only events that the ledger received then or later
 * @param until only events that the ledger received before
 */
record Conditions(
        @Nullable String target,
        @Nullable String action,
        @Nullable String outcome,
        @Nullable String actor,
        @Nullable String source,
        @Nullable String text,
        @Nullable Instant since,
        @Nullable Instant until) {
    static final Conditions NONE = new Conditions(null, null, null, null, null, null, null, null);

    boolean isEmpty() {
        return equals(NONE);
    }

    /** A statement's conditions and their values: only what is asked for, so that its plan is one for just that. */
    record Where(List<String> conditions, Map<String, Object> values, boolean byWords) {
        Where and(String condition, String name, @Nullable Object value) {
            if (value != null) {
                conditions.add(condition);
                values.put(name, value);
            }
            return this;
        }

        String text() {
            return conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
        }
    }

    /**
     * What the columns must say, and, so that few rows are looked at, which words must be in the index.
     *
     * @param log whose events they are; null: anybody's
     */
    Where where(@Nullable String log) {
        String words = wanted(log, Words::beginnings);
        Where where = new Where(new ArrayList<>(), new LinkedHashMap<>(), !words.isEmpty());
        if (where.byWords()) {
            where.values().put("fewest", wanted(log, Words::fewest));
        }
        return where.and("target_id = :target", "target", target)
                .and("action = any (string_to_array(:action, ','))", "action", action)
                .and("outcome = :outcome", "outcome", outcome)
                .and("(initiator_id = :actor or initiator_name = :actor)", "actor", actor)
                .and("(address = :source or starts_with(source, :source || '/'))", "source", source)
                .and("received_at >= :since", "since", EventLog.end(since))
                .and("received_at < :until", "until", EventLog.end(until))
                .and(words(log, "words"), "words", words.isEmpty() ? null : words);
    }

    /** What the index is asked for: enough of the words to find few rows by, whose columns are then held against the conditions. */
    static String fewest(@Nullable String log) {
        return words(log, "fewest");
    }

    /** That wanted words are in a row, as one of the two indexes of words has it: each behind the signs of its log, or without these (V007). */
    private static String words(@Nullable String log, String wanted) {
        return (log == null ? "cast(replace(words::text, left(words::text, 7), '''') as tsvector)" : "words")
                + " @@ cast(:" + wanted + " as tsquery)";
    }

    /** Text without a single word in it finds nothing. */
    boolean isHopeless() {
        return text != null && Words.of(text).all().isEmpty();
    }

    private String wanted(@Nullable String log, BiFunction<Words, @Nullable String, String> ofText) {
        return Stream.of(
                        of(target, log, Words::exactly),
                        action == null
                                ? ""
                                : Stream.of(action.split(","))
                                        .map(one -> "(" + of(one, log, Words::exactly) + ")")
                                        .filter(one -> !one.equals("()"))
                                        .collect(Collectors.joining(" | ", "(", ")")),
                        outcome == null || outcome.equals("success") ? "" : of(outcome, log, Words::exactly),
                        of(actor, log, Words::exactly),
                        of(source, log, Words::exactly),
                        of(text, log, ofText))
                .filter(condition -> !condition.isEmpty() && !condition.equals("()"))
                .collect(Collectors.joining(" & "));
    }

    private static String of(
            @Nullable String value, @Nullable String log, BiFunction<Words, @Nullable String, String> form) {
        return value == null ? "" : form.apply(Words.wanted(value), log);
    }
}
