package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Between which places, or numbers of the journal, the events of a stretch of time are; null: from the first, up to the last. Without it, a question about some days in
 * the middle of a month reads all that came after them, and below them to the beginning of the month.
 */
record Stretch(@Nullable Long bottom, @Nullable Long top) {
    private static final Stretch WHOLE = new Stretch(null, null);

    /** A head is signed each minute: a clock that goes back by more than that is found by the next, and this is room enough for one that went back unnoticed. */
    private static final Duration UNNOTICED = Duration.ofMinutes(5);

    /** All that was received in that time is within it. Once a clock was seen to go back, places say nothing certain of times. */
    static Stretch of(Db db, @Nullable String log, Conditions conditions) {
        if (conditions.since() == null && conditions.until() == null || wentBack(db)) {
            return WHOLE;
        }
        return new Stretch(
                conditions.since() == null
                        ? null
                        : last(db, log, conditions.since().minus(UNNOTICED)),
                conditions.until() == null
                        ? null
                        : first(db, log, conditions.until().plus(UNNOTICED)));
    }

    /** The last that was received before. */
    private static @Nullable Long last(Db db, @Nullable String log, Instant time) {
        return log == null
                ? journal(db, "time <= ? order by time desc, size desc", time)
                : place(db, log, "received_at < ? order by received_at desc, place desc", time);
    }

    /** The first that was received then or later. */
    private static @Nullable Long first(Db db, @Nullable String log, Instant time) {
        return log == null
                ? journal(db, "time >= ? order by time, size", time)
                : place(db, log, "received_at >= ? order by received_at, place", time);
    }

    /** The journal has no index by time: as far as it was signed then. */
    private static @Nullable Long journal(Db db, String which, Instant time) {
        return db.sql("select size from head where log = 'journal' and " + which + " limit 1")
                .param(EventLog.utc(time))
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    private static @Nullable Long place(Db db, String log, String which, Instant time) {
        return db.sql("select place from event where log = ? and " + which + " limit 1")
                .param(log)
                .param(EventLog.utc(time))
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    private static boolean wentBack(Db db) {
        return db.sql("select exists (select from finding where kind = ?)")
                .param(Findings.text(Findings.Kind.CLOCK_BACK))
                .query(Boolean.class)
                .single();
    }
}
