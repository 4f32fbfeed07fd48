package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.EventSink.Positioned;
import dev.unkai.ledger.Findings.Kind;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The stored events: appended once per source and position, never changed, read by whose they are. */
@Component
final class EventLog {
    private final Transactions transactions;
    private final LedgerKeys keys;
    private final Findings findings;
    private final Clock clock;

    EventLog(Transactions transactions, LedgerKeys keys, Findings findings, Clock clock) {
        this.transactions = transactions;
        this.keys = keys;
        this.findings = findings;
        this.clock = clock;
    }

    /**
     * Which events to read, newest first.
     *
     * @param project whose history; null for the provider's view of everything
     * @param target only events about this resource
     * @param action only events of this action, or of one of several with commas between
     * @param actor only what this user did: id or name
     * @param since only events that the ledger received then or later
     * @param until only events that the ledger received before
     * @param before only events older than this one, for paging: its place in the project's history, or its number in the whole ledger
     */
    record Query(
            @Nullable String project,
            @Nullable String target,
            @Nullable String action,
            @Nullable String outcome,
            @Nullable String actor,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable Long before,
            int limit) {
        static final Query EVERYTHING = new Query(null, null, null, null, null, null, null, null, 1_000);
    }

    /**
     * A stored event.
     *
     * @param number its place in the project's history when that was asked for, else its number in the whole ledger
     */
    record Stored(long number, String log, long place, Instant received, String json) {}

    /**
     * Stores what is not stored yet. A position that does not follow the last one is stored and alarmed as a gap; one that is stored with another
     * text is alarmed and not stored.
     */
    void append(String source, List<Positioned> events) {
        append(source, events, Collections.nCopies(events.size(), clock.instant()));
    }

    /** @param received when each of them came */
    void append(String source, List<Positioned> events, List<Instant> received) {
        transactions.doAsSystem(db -> {
            // One batch at a time, so that numbers and places have no gap.
            db.sql("select pg_advisory_xact_lock(hashtextextended('event', 0))")
                    .query()
                    .singleRow();
            long last = last(db, source);
            if (!events.isEmpty() && events.getFirst().position() <= last) {
                compare(db, source, events);
            }
            Batch batch = new Batch(source);
            for (int i = 0; i < events.size(); i++) {
                Positioned event = events.get(i);
                if (event.position() <= last) {
                    continue; // a repetition after a crash between our commit and the source's
                }
                if (event.position() != last + 1) {
                    findings.raise(
                            db,
                            Kind.GAP,
                            source,
                            event.position(),
                            "Position " + event.position() + " of " + source + " follows " + last
                                    + ": what was between them never came.");
                }
                batch.add(event, received.get(i));
                last = event.position();
            }
            batch.insert(db, keys);
            db.wake(HeadSigner.CHANNEL);
        });
    }

    private static long last(Db db, String source) {
        return db.sql("select position from event where source = ? order by position desc limit 1")
                .param(source)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** What comes again must be what is stored: else somebody wrote in the source's name. */
    private void compare(Db db, String source, List<Positioned> events) {
        Map<Long, String> stored = new HashMap<>();
        db.sql("select position, body from event where source = ? and position = any(?::bigint[])")
                .param(source)
                .param(events.stream().map(Positioned::position).toArray(Long[]::new))
                .query(row -> {
                    stored.put(row.getLong(1), row.getString(2));
                });
        for (Positioned event : events) {
            String known = stored.get(event.position());
            if (known != null && !known.equals(event.json())) {
                findings.raise(
                        db,
                        Kind.CONTRADICTED,
                        source,
                        event.position(),
                        source + " tells another event at its position " + event.position() + " than is stored.");
            }
        }
    }

    /** At most {@code limit} events, newest first. Only what is asked for stands in the statement: so its plan is one for just that. */
    List<Stored> read(Query query) {
        String order = query.project() == null ? "number" : "place";
        Map<String, Object> values = new LinkedHashMap<>();
        List<String> conditions = new ArrayList<>();
        limit(conditions, values, "log = :project", "project", query.project());
        limit(conditions, values, "target_id = :target", "target", query.target());
        limit(conditions, values, "action = any (string_to_array(:action, ','))", "action", query.action());
        limit(conditions, values, "outcome = :outcome", "outcome", query.outcome());
        limit(conditions, values, "(initiator_id = :actor or initiator_name = :actor)", "actor", query.actor());
        limit(conditions, values, "received_at >= :since", "since", end(query.since()));
        limit(conditions, values, "received_at < :until", "until", end(query.until()));
        limit(conditions, values, order + " < :before", "before", query.before());
        String where = conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
        return transactions.asSystem(db -> db.sql("select " + order + ", log, place, received_at, body from event "
                        + where + " order by " + order + " desc limit " + query.limit())
                .params(values)
                .query((row, n) -> new Stored(
                        row.getLong(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getObject(4, OffsetDateTime.class).toInstant(),
                        row.getString(5)))
                .list());
    }

    private static void limit(
            List<String> conditions,
            Map<String, Object> values,
            String condition,
            String name,
            @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.put(name, value);
        }
    }

    /** By which things that go on for a while are told once an hour. */
    static long hour(Instant time) {
        return time.truncatedTo(ChronoUnit.HOURS).getEpochSecond();
    }

    static OffsetDateTime utc(Instant time) {
        return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
    }

    /** An end of a stretch of time that may be open. */
    static @Nullable OffsetDateTime end(@Nullable Instant time) {
        return time == null ? null : utc(time);
    }
}
