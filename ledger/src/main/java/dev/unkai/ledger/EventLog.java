package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.EventSink.Positioned;
import dev.unkai.ledger.Findings.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes events in: once per source and position, in one order. */
@Component
final class EventLog {
    /** That a source's clock and this one may differ, the way between them counted in. */
    static final Duration MOST_APART = Duration.ofMinutes(1);

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
     * Stores what is not stored yet. A position that does not follow the last one is stored and alarmed as a gap; one that is stored with another
     * text is alarmed and not stored.
     */
    void append(String source, List<Positioned> events) {
        append(source, events, Collections.nCopies(events.size(), clock.instant()));
    }

    /**
     * The same from another machine.
     *
     * @param sent by its clock, whose times the events bear; null where it is not said
     */
    void append(String source, List<Positioned> events, @Nullable Instant sent) {
        Instant now = clock.instant();
        append(source, events);
        if (sent != null && Duration.between(sent, now).abs().compareTo(MOST_APART) > 0) {
            transactions.doAsSystem(db -> findings.raise(
                    db,
                    Kind.CLOCK_APART,
                    source,
                    hour(now),
                    FindingText.of("clock-apart", "source", source, "sent", sent, "now", now)));
        }
    }

    /** @param received when each of them came */
    void append(String source, List<Positioned> events, List<Instant> received) {
        if (events.isEmpty()) {
            return;
        }
        transactions.doAsSystem(db -> {
            turn(db);
            long last = db.sql("select position from source_end where source = ?")
                    .param(source)
                    .query(Long.class)
                    .optional()
                    .orElse(0L);
            if (events.getFirst().position() <= last) {
                last = compare(db, source, events, last);
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
                            FindingText.of("gap", "position", event.position(), "source", source, "last", last));
                }
                batch.add(event, received.get(i));
                last = event.position();
            }
            batch.insert(db, keys);
            db.wake(HeadSigner.CHANNEL);
        });
    }

    /** One batch at a time, in all processes on this database: so numbers and places have no gap. */
    static void turn(Db db) {
        db.sql("select pg_advisory_xact_lock(hashtextextended('event', 0))")
                .query()
                .singleRow();
    }

    private record Known(long position, @Nullable String text) {}

    /**
     * What comes again must be what is stored: else somebody wrote in the source's name. Gives the source's last position; should the table of ends have been
     * changed, the true one: no event is taken for a repetition because of it.
     */
    private long compare(Db db, String source, List<Positioned> events, long last) {
        Long[] positions = events.stream().map(Positioned::position).toArray(Long[]::new);
        Map<Long, Known> stored = new HashMap<>();
        db.sql("""
                select position, body from event where source = ? and position = any(?::bigint[])
                union all select position, null from dropped_event where source = ? and position = any(?::bigint[])""")
                .param(source)
                .param(positions)
                .param(source)
                .param(positions)
                .query(row -> {
                    stored.put(row.getLong(1), new Known(row.getLong(1), row.getString(2)));
                });
        boolean lacking = false;
        for (Positioned event : events) {
            Known known = stored.get(event.position());
            lacking |= known == null && event.position() <= last;
            if (known != null && known.text() != null && !known.text().equals(event.json())) {
                findings.raise(
                        db,
                        Kind.CONTRADICTED,
                        source,
                        event.position(),
                        FindingText.of("contradicted", "source", source, "position", event.position()));
            }
        }
        return lacking ? trueLast(db, source, last) : last;
    }

    private long trueLast(Db db, String source, long said) {
        long last = db.sql("select coalesce(max(position), 0) from entry where source = ?")
                .param(source)
                .query(Long.class)
                .single();
        if (last < said) {
            findings.raise(
                    db,
                    Kind.CHANGED,
                    source,
                    said,
                    FindingText.of("source-end", "source", source, "said", said, "real", last));
        }
        return last;
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
