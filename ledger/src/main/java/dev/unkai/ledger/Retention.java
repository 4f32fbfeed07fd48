package dev.unkai.ledger;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.ledger.Act.Kind;
import dev.unkai.ledger.Holds.Hold;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How long events of each class are kept (ISO/IEC 27017 12.4.1: thirty days at least). */
@Component
final class Retention {
    /** Nobody can have events kept for less: the white paper promises it. */
    static final int LEAST_DAYS = 30;

    static final int DEFAULT_DAYS = 365;
    private static final int MOST_DAYS = 36_500;
    private static final int LONGEST = 1_000;

    private final Transactions transactions;
    private final Acts acts;
    private final Holds holds;

    Retention(Transactions transactions, Acts acts, Holds holds) {
        this.transactions = transactions;
        this.acts = acts;
        this.holds = holds;
    }

    /**
     * How one class is kept.
     *
     * @param oldest when its oldest event that is there came; null without any
     * @param nextDrop when its oldest month will be dropped, unless it is held; null without any
     * @param held ids of the holds on some of it
     */
    record Kept(
            EventClass about,
            int days,
            @Nullable Instant oldest,
            @Nullable Instant nextDrop,
            List<String> held) {}

    /**
     * From now on. What is over by then goes with the next step of {@link Expiry}.
     *
     * @param by who decided it, as the asking process knows him
     */
    void keep(EventClass about, int days, String reason, String by) {
        if (days < LEAST_DAYS || days > MOST_DAYS) {
            throw Refusal.invalid("Events are kept for " + LEAST_DAYS + " to " + MOST_DAYS + " days.");
        }
        if (reason.isBlank() || reason.length() > LONGEST) {
            throw Refusal.invalid("\"reason\" is 1 to " + LONGEST + " characters.");
        }
        transactions.doAsSystem(db -> {
            acts.turn(db);
            int before = days(db, about);
            if (before != days) {
                acts.append(
                        db,
                        Kind.RETENTION,
                        about.text(),
                        about,
                        null,
                        null,
                        days,
                        Map.of("reason", reason, "by", by, "before", String.valueOf(before)));
            }
        });
    }

    static int days(Db db, EventClass about) {
        return Acts.read(db, "where kind = 'retention' and class = ? order by number desc limit 1", about.text())
                .stream()
                .findFirst()
                .flatMap(found -> Optional.ofNullable(found.act().days()))
                .orElse(DEFAULT_DAYS);
    }

    List<Kept> all() {
        return transactions.asSystem(db -> {
            List<Month> months = Month.stored(db);
            List<Hold> inForce = holds.inForce(db);
            List<Kept> all = new ArrayList<>();
            for (EventClass about : EventClass.values()) {
                int days = days(db, about);
                Optional<Month> oldest =
                        months.stream().filter(month -> month.about() == about).findFirst();
                all.add(new Kept(
                        about,
                        days,
                        oldest.flatMap(month -> first(db, month)).orElse(null),
                        oldest.map(month -> month.end().plus(Duration.ofDays(days)))
                                .orElse(null),
                        inForce.stream()
                                .filter(hold ->
                                        hold.about() == null || hold.about().equals(about.text()))
                                .map(Hold::id)
                                .toList()));
            }
            return all;
        });
    }

    private static Optional<Instant> first(Db db, Month month) {
        return db.sql("select min(received_at) from event where class = ? and received_at >= ? and received_at < ?")
                .param(month.about().text())
                .param(EventLog.utc(month.begin()))
                .param(EventLog.utc(month.end()))
                .query((row, n) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
                .single()
                .map(OffsetDateTime::toInstant);
    }
}
