package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.proof.JournalLeaf;
import dev.unkai.base.proof.Round;
import dev.unkai.base.proof.SignedHead;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.ledger.Findings.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads the whole ledger again and again and holds it against the hashes, the seals and the signatures (ISO/IEC 27001 A.12.4.2: protection of log
 * information). A pass takes four minutes, so that whatever was changed is found within ten, and no more of the machine than that needs: a page each second, and up to
 * ten where there are millions of events. The next begins a minute later.
 */
@Component
final class Auditor implements Reconciler {
    private static final Duration WHOLE_PASS = Duration.ofMinutes(4);
    private static final Duration SHORTEST_BREAK = Duration.ofMillis(100);
    private static final Duration LONGEST_BREAK = Duration.ofSeconds(1);
    private static final Duration BETWEEN_PASSES = Duration.ofMinutes(1);
    private static final int PAGE = 2_000;

    private final Transactions transactions;
    private final LedgerKeys keys;
    private final Acts acts;
    private final Anchor anchor;
    private final Findings findings;
    private final Clock clock;

    private @Nullable Pass pass;
    private Instant began = Instant.EPOCH;
    private Duration untilNext = BETWEEN_PASSES;
    private volatile State state = new State(0, null, 0);

    Auditor(Transactions transactions, LedgerKeys keys, Acts acts, Anchor anchor, Findings findings, Clock clock) {
        this.transactions = transactions;
        this.keys = keys;
        this.acts = acts;
        this.anchor = anchor;
        this.findings = findings;
        this.clock = clock;
    }

    /**
     * How far it is.
     *
     * @param passes whole readings since the process began
     * @param lastPass when the last of them ended
     * @param events that it read
     */
    record State(long passes, @Nullable Instant lastPass, long events) {}

    State state() {
        return state;
    }

    @Override
    public String name() {
        return "auditor";
    }

    @Override
    public String channel() {
        return "audit";
    }

    @Override
    public Duration period() {
        return untilNext;
    }

    @Override
    public boolean step() {
        if (pass == null) {
            began = clock.instant();
        }
        Pass current = pass == null ? transactions.<Pass>asSystem(db -> new Pass(db, keys, acts, findings)) : pass;
        boolean more = transactions.asSystem(current::page);
        pass = more ? current : null;
        untilNext = more ? transactions.<Duration>asSystem(db -> untilNext(db, current)) : BETWEEN_PASSES;
        if (!more) {
            transactions.doAsSystem(db -> {
                fewerThanBefore(db, current.events());
                heads(db);
                rounds(db);
            });
            state = new State(state.passes() + 1, clock.instant(), current.events());
        }
        return false;
    }

    /** What is left of the time for a pass, spread over the pages that are left: more come while it reads. */
    private Duration untilNext(Db db, Pass current) {
        long all = db.sql("select coalesce(max(places), 0) from log_end where log = ?")
                .param(JournalLeaf.LOG)
                .query(Long.class)
                .single();
        long pages = Math.max(1, (all - current.events()) / PAGE + 1);
        Duration left = WHOLE_PASS.minus(Duration.between(began, clock.instant()));
        return Duration.ofMillis(
                Math.clamp(left.toMillis() / pages, SHORTEST_BREAK.toMillis(), LONGEST_BREAK.toMillis()));
    }

    private void fewerThanBefore(Db db, long events) {
        if (events < state.events()) {
            findings.raise(
                    db,
                    Kind.MISSING,
                    "journal",
                    events,
                    FindingText.of("events-fewer", "before", state.events(), "now", events));
        }
    }

    /** Each head names the hash of the one before, signature and all; so the newest one's signature vouches for its whole chain. */
    private void heads(Db db) {
        @Nullable SignedHead before = null;
        List<SignedHead> page =
                HeadStore.read(db, "order by log, size limit ?", PAGE).list();
        while (!page.isEmpty()) {
            for (SignedHead head : page) {
                follow(db, before, head);
                before = head;
            }
            SignedHead last = page.getLast();
            page = HeadStore.read(
                            db, "where (log, size) > (?, ?) order by log, size limit ?", last.log(), last.size(), PAGE)
                    .list();
        }
        if (before != null) {
            newest(db, before);
        }
        db.sql(
                        "select log, size from round_head r where not exists (select from head h where h.log = r.log and h.size = r.size)")
                .query(row -> {
                    findings.raise(
                            db,
                            Kind.MISSING,
                            row.getString(1),
                            row.getLong(2) - 1,
                            FindingText.of("head-lost", "log", row.getString(1), "size", row.getLong(2)));
                });
    }

    private void follow(Db db, @Nullable SignedHead before, SignedHead head) {
        byte[] expected = SignedHead.NONE;
        if (before != null && before.log().equals(head.log())) {
            expected = before.hash();
        } else if (before != null) {
            newest(db, before);
        }
        if (!Arrays.equals(head.previous(), expected)) {
            wrong(db, head, "head-chain");
        }
    }

    private void newest(Db db, SignedHead head) {
        if (!keys.published().signed(head)) {
            wrong(db, head, "head-signature");
        }
    }

    private void wrong(Db db, SignedHead head, String text) {
        findings.raise(
                db,
                Kind.NOT_AS_SIGNED,
                head.log(),
                head.size() - 1,
                FindingText.of(text, "log", head.log(), "size", head.size()));
    }

    /** The chain of all rounds; and what they hold, of a day's. */
    private void rounds(Db db) {
        // The file first: what it names was in the database before.
        Optional<Anchor.Kept> published = anchor.kept();
        Optional<Round> newest = RoundStore.newest(db);
        @Nullable Round before = null;
        long next = 0;
        List<Round> page = RoundStore.following(db, next, PAGE);
        while (!page.isEmpty()) {
            for (Round round : page) {
                byte[] expected = before == null ? SignedHead.NONE : before.hash();
                if (round.number() != next || !Arrays.equals(round.previous(), expected)) {
                    wrong(db, round, "round-chain");
                }
                if (newest.isPresent()
                        && round.time().isAfter(newest.get().time().minus(Duration.ofDays(1)))) {
                    members(db, round);
                }
                before = round;
                next = round.number() + 1;
            }
            page = RoundStore.following(db, next, PAGE);
        }
        if (before != null && !keys.published().signed(before)) {
            wrong(db, before, "round-signature");
        }
        published.ifPresent(kept -> anchored(db, kept, newest));
    }

    private void members(Db db, Round round) {
        if (!Arrays.equals(RoundTree.of(db, round.number()).root(), round.root())) {
            wrong(db, round, "round-heads");
        }
    }

    private void wrong(Db db, Round round, String text) {
        findings.raise(db, Kind.NOT_AS_SIGNED, "rounds", round.number(), FindingText.of(text, "round", round.number()));
    }

    private void anchored(Db db, Anchor.Kept kept, Optional<Round> newest) {
        if (newest.isEmpty() || newest.get().number() < kept.number()) {
            findings.raise(
                    db,
                    Kind.OLDER_STATE,
                    "rounds",
                    kept.number(),
                    FindingText.of("round-lost", "round", kept.number()));
            return;
        }
        Optional<Round> same = RoundStore.numbered(db, kept.number());
        if (same.isPresent() && !Arrays.equals(same.get().hash(), kept.hash())) {
            findings.raise(
                    db,
                    Kind.NOT_AS_SIGNED,
                    "rounds",
                    kept.number(),
                    FindingText.of("round-other", "round", kept.number()));
        }
    }
}
