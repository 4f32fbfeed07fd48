package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.ledger.Act.Kind;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.event.CadfEvent.Target;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The chain of acts: appended one at a time, each sealed over the one before and told as an event of the provider's. */
@Component
final class Acts {
    /** The type of the things that these events are about; their attachment {@code act} is the act's number. */
    static final String KIND = "ledger/act";

    /** Rung by every act. */
    static final String CHANNEL = "act";

    static final String COLUMNS = "number, made_at, kind, id, class, log, until, days, facts, seal";
    static final JsonMapper JSON = JsonMapper.builder().build();

    private final LedgerKeys keys;
    private final Clock clock;

    /** The highest number that is known to have been given: of an act that was made here, or that the history tells of. */
    private final AtomicLong known = new AtomicLong(-1);

    Acts(LedgerKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** An act and its seal, as they are stored. */
    record Sealed(Act act, byte[] seal) {}

    /** Whoever decides waits here for whoever decided before: so what is looked up afterwards stays as it is until the commit. */
    void turn(Db db) {
        db.sql("select pg_advisory_xact_lock(hashtextextended('act', 0))")
                .query()
                .singleRow();
    }

    /** Appends an act, after {@link #turn}. */
    Act append(
            Db db,
            Kind kind,
            String id,
            @Nullable EventClass about,
            @Nullable String log,
            @Nullable Instant until,
            @Nullable Integer days,
            Map<String, String> facts) {
        Optional<Sealed> last =
                read(db, "order by number desc limit 1").stream().findFirst();
        Act act = new Act(
                last.map(before -> before.act().number() + 1).orElse(0L),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                kind,
                id,
                about,
                log,
                until,
                days,
                JSON.writeValueAsString(new TreeMap<>(facts)));
        db.sql("insert into act (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(act.number())
                .param(EventLog.utc(act.made()))
                .param(kind.text())
                .param(id)
                .param(about == null ? null : about.text())
                .param(log)
                .param(EventLog.end(until))
                .param(days)
                .param(act.facts())
                .param(keys.seal(act.text(last.map(Sealed::seal).orElse(new byte[0]))))
                .update();
        tell(db, act, facts);
        db.wake(CHANNEL);
        return act;
    }

    /** An event tells of the act of that number. */
    void told(long number) {
        known.accumulateAndGet(number, Math::max);
    }

    /** Whether all acts that must be there are, each as it was sealed; what is wrong is raised. */
    boolean sound(Db db, Findings findings) {
        long expected = known.get();
        byte[] before = new byte[0];
        long next = 0;
        for (Sealed sealed : read(db, "order by number")) {
            if (sealed.act().number() != next
                    || !Arrays.equals(keys.seal(sealed.act().text(before)), sealed.seal())) {
                findings.raise(db, Findings.Kind.CHANGED, "acts", next, FindingText.of("act-changed", "act", next));
                return false;
            }
            before = sealed.seal();
            next++;
        }
        if (next <= expected) {
            findings.raise(
                    db,
                    Findings.Kind.MISSING,
                    "acts",
                    next,
                    FindingText.of("acts-missing", "first", next, "last", expected));
            return false;
        }
        known.accumulateAndGet(next - 1, Math::max);
        return true;
    }

    private void tell(Db db, Act act, Map<String, String> facts) {
        Map<String, String> told = new TreeMap<>(facts);
        told.put("act", String.valueOf(act.number()));
        told.put("class", act.about() == null ? "all" : act.about().text());
        if (act.log() != null) {
            told.put("log", act.log());
        }
        if (act.until() != null) {
            told.put("until", act.until().toString());
        }
        if (act.days() != null) {
            told.put("days", act.days().toString());
        }
        db.record(CadfEvent.bySystem(
                        "ledger", act.kind().text(), new Target(act.id(), KIND, null, null), act.made(), null)
                .with(told));
    }

    static List<Sealed> read(Db db, String where, Object... parameters) {
        return db.sql("select " + COLUMNS + " from act " + where)
                .params(parameters)
                .query((row, n) -> sealed(row))
                .list();
    }

    private static Sealed sealed(ResultSet row) throws SQLException {
        String about = row.getString("class");
        OffsetDateTime until = row.getObject("until", OffsetDateTime.class);
        return new Sealed(
                new Act(
                        row.getLong("number"),
                        row.getObject("made_at", OffsetDateTime.class).toInstant(),
                        Kind.named(row.getString("kind")),
                        row.getString("id"),
                        about == null ? null : EventClass.named(about).orElseThrow(),
                        row.getString("log"),
                        until == null ? null : until.toInstant(),
                        row.getObject("days", Integer.class),
                        row.getString("facts")),
                row.getBytes("seal"));
    }
}
