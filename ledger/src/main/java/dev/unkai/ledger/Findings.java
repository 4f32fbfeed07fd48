package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.event.CadfEvent.Target;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What is wrong with the ledger: kept, told as an event and logged, each thing once. */
@Component
final class Findings {
    private static final Logger log = LoggerFactory.getLogger(Findings.class);

    /** What can be wrong. */
    enum Kind {
        /** A source left positions out. */
        GAP,
        /** A row that is not as this process wrote it, or that it did not write at all. */
        CHANGED,
        /** Rows that were there and are not. */
        MISSING,
        /** What stands in the tables is not what was signed. */
        NOT_AS_SIGNED,
        /** The whole database is an older one. */
        OLDER_STATE,
        /** A source tells another thing of a position than is stored. */
        CONTRADICTED,
        /** The clock went backwards. */
        CLOCK_BACK,
        /** The clock of a process that sends events is far from the ledger's. */
        CLOCK_APART
    }

    /**
     * What was found.
     *
     * @param log or the source, or {@code rounds} or {@code clock}
     * @param place in the log, position of the source or number of the round; null for the clock
     */
    record Finding(
            Instant found,
            String kind,
            String log,
            @Nullable Long place,
            String sentence) {}

    private final Clock clock;

    Findings(Clock clock) {
        this.clock = clock;
    }

    /** @param place by which the same thing is told once: for the clock, the hour */
    void raise(Db db, Kind kind, String of, long place, String sentence) {
        Instant now = clock.instant();
        String name = text(kind);
        int fresh = db.sql("""
                        insert into finding (found_at, kind, log, place, sentence) values (?, ?, ?, ?, ?)
                        on conflict (kind, log, place) do nothing""")
                .param(EventLog.utc(now))
                .param(name)
                .param(of)
                .param(place)
                .param(sentence)
                .update();
        if (fresh > 0) {
            log.error("The ledger's auditor: {}", sentence);
            db.record(CadfEvent.bySystem("ledger", "alarm", new Target(of, "ledger/log", null, null), now, null)
                    .failed(name, sentence));
        }
    }

    private static String text(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The newest first. */
    static List<Finding> newest(Db db, int limit) {
        return db.sql("select found_at, kind, log, place, sentence from finding order by id desc limit ?")
                .param(limit)
                .query((row, n) -> new Finding(
                        row.getObject(1, OffsetDateTime.class).toInstant(),
                        row.getString(2),
                        row.getString(3),
                        row.getString(2).startsWith("clock-") ? null : (Long) row.getLong(4),
                        row.getString(5)))
                .list();
    }
}
