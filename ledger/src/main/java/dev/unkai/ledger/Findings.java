package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.event.CadfEvent.Target;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What is wrong with the ledger: kept, told as an event and logged, each thing once. */
@Component
final class Findings {
    private static final Logger log = LoggerFactory.getLogger(Findings.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> FACTS = new TypeReference<>() {};

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

    private final Clock clock;

    Findings(Clock clock) {
        this.clock = clock;
    }

    /** @param place by which the same thing is told once: for the clock, the hour */
    void raise(Db db, Kind kind, String of, long place, FindingText text) {
        Instant now = clock.instant();
        String name = text(kind);
        int fresh = db.sql("""
                        insert into finding (found_at, kind, log, place, message, facts) values (?, ?, ?, ?, ?, ?::jsonb)
                        on conflict (kind, log, place) do nothing""")
                .param(EventLog.utc(now))
                .param(name)
                .param(of)
                .param(place)
                .param(text.key())
                .param(JSON.writeValueAsString(text.facts()))
                .update();
        if (fresh > 0) {
            log.error("The ledger's auditor: {}", text.english());
            Map<String, String> told = new TreeMap<>(text.facts());
            told.put("finding", text.key());
            db.record(CadfEvent.bySystem("ledger", "alarm", new Target(of, "ledger/log", null, null), now, null)
                    .with(told)
                    .failed(name, text.english()));
        }
    }

    static String text(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The newest first. */
    static List<Finding> newest(Db db, int limit) {
        return db.sql("select * from finding order by id desc limit ?")
                .param(limit)
                .query(Findings::read)
                .list();
    }

    private static Finding read(ResultSet row, int number) throws SQLException {
        String kind = row.getString("kind");
        String message = row.getString("message");
        FindingText text =
                message == null ? null : new FindingText(message, JSON.readValue(row.getString("facts"), FACTS));
        return new Finding(
                row.getObject("found_at", OffsetDateTime.class).toInstant(),
                kind,
                row.getString("log"),
                kind.startsWith("clock-") ? null : (Long) row.getLong("place"),
                message,
                text == null ? Map.of() : text.facts(),
                text == null ? row.getString("sentence") : text.english(),
                text == null ? null : text.japanese());
    }
}
