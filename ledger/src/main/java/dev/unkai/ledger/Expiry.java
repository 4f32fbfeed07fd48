package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.proof.JournalLeaf;
import dev.unkai.base.proof.SignedHead;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.ledger.Act.Kind;
import dev.unkai.ledger.Holds.Hold;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Months that have been kept long enough → dropped, one in a step: the rows, what stays of them and the act that tells of it in one transaction. Nothing is
 * dropped that is held, that is not signed, or in which a row is not as it was written: a drop must not hide what somebody did.
 */
@Component
final class Expiry implements Reconciler {
    private static final Duration PERIOD = Duration.ofHours(1);
    private static final int PAGE = 2_000;

    private final Transactions transactions;
    private final LedgerKeys keys;
    private final Acts acts;
    private final Holds holds;
    private final Findings findings;
    private final Auditor auditor;
    private final Clock clock;

    Expiry(
            Transactions transactions,
            LedgerKeys keys,
            Acts acts,
            Holds holds,
            Findings findings,
            Auditor auditor,
            Clock clock) {
        this.transactions = transactions;
        this.keys = keys;
        this.acts = acts;
        this.holds = holds;
        this.findings = findings;
        this.auditor = auditor;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "events kept long enough";
    }

    @Override
    public String channel() {
        return Acts.CHANNEL;
    }

    @Override
    public Duration period() {
        return PERIOD;
    }

    @Override
    public boolean step() {
        // Only an auditor who has read all events since the start knows which acts there must be.
        if (auditor.state().passes() == 0) {
            return false;
        }
        return transactions.asSystem(db -> {
            acts.turn(db);
            if (!acts.sound(db, findings)) {
                return false;
            }
            List<Hold> inForce = holds.inForce(db);
            return Month.stored(db).stream()
                    .filter(month -> isOver(db, month) && !isHeld(db, month, inForce))
                    .findFirst()
                    .map(month -> drop(db, month))
                    .orElse(false);
        });
    }

    private boolean isOver(Db db, Month month) {
        Instant end = month.end().plus(Duration.ofDays(Retention.days(db, month.about())));
        return !end.isAfter(clock.instant());
    }

    private static boolean isHeld(Db db, Month month, List<Hold> inForce) {
        return inForce.stream()
                .filter(hold -> hold.about() == null
                        || hold.about().equals(month.about().text()))
                .anyMatch(hold -> Optional.ofNullable(hold.log())
                        .map(log -> holdsAny(db, month, log))
                        .orElse(true));
    }

    private static boolean holdsAny(Db db, Month month, String log) {
        return db.sql(
                        "select exists (select from event where class = ? and received_at >= ? and received_at < ? and log = ?)")
                .param(month.about().text())
                .param(EventLog.utc(month.begin()))
                .param(EventLog.utc(month.end()))
                .param(log)
                .query(Boolean.class)
                .single();
    }

    /** False when it must stay. */
    private boolean drop(Db db, Month month) {
        Optional<SignedHead> head = HeadStore.newest(db, JournalLeaf.LOG);
        CompactTree tree = new CompactTree();
        long first = -1;
        long last = -1;
        List<Row> page = page(db, month, last);
        while (!page.isEmpty()) {
            for (Row row : page) {
                if (!isSound(db, row)) {
                    return false;
                }
                tree.add(row.entry().leaf().leafHash(), (_, _, _) -> {});
            }
            first = first < 0 ? page.getFirst().entry().leaf().number() : first;
            last = page.getLast().entry().leaf().number();
            page = page(db, month, last);
        }
        if (head.isEmpty() || head.get().size() <= last) {
            return false;
        }
        long dropped = db.sql("select event_drop(?, ?::date)")
                .param(month.about().text())
                .param(month.month() + "-01")
                .query(Long.class)
                .single();
        if (dropped != tree.size()) {
            throw new IllegalStateException("Rows came into " + month.id() + " while it was dropped");
        }
        HexFormat hex = HexFormat.of();
        acts.append(
                db,
                Kind.DROP,
                month.id(),
                month.about(),
                null,
                null,
                Retention.days(db, month.about()),
                Map.of(
                        "events", String.valueOf(dropped),
                        "first", String.valueOf(first),
                        "last", String.valueOf(last),
                        "root", hex.formatHex(tree.root()),
                        "journal", String.valueOf(head.get().size()),
                        "journal-root", hex.formatHex(head.get().root())));
        return true;
    }

    private boolean isSound(Db db, Row row) {
        JournalLeaf leaf = row.entry().leaf();
        if (keys.sealed(row)) {
            return true;
        }
        findings.raise(
                db,
                Findings.Kind.CHANGED,
                leaf.log(),
                leaf.place(),
                FindingText.of("event-kept", "place", leaf.place(), "log", leaf.log(), "number", leaf.number()));
        return false;
    }

    private static List<Row> page(Db db, Month month, long after) {
        return db.sql(
                        "select " + Row.COLUMNS
                                + " from event where class = ? and received_at >= ? and received_at < ? and number > ? order by number limit ?")
                .param(month.about().text())
                .param(EventLog.utc(month.begin()))
                .param(EventLog.utc(month.end()))
                .param(after)
                .param(PAGE)
                .query((row, n) -> Row.read(row))
                .list();
    }
}
