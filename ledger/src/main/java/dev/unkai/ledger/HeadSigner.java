package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.proof.JournalLeaf;
import dev.unkai.base.proof.Round;
import dev.unkai.base.proof.SignedHead;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.ledger.Findings.Kind;
import dev.unkai.ledger.GrowingTrees.Unsound;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Events → signed heads → published rounds. Each log with new events gets a head every minute, and as soon as 1,000 of its events wait for one; the journal, which
 * all events are in, as soon as 1,000 wait anywhere. A round is published every minute. Nothing is signed that this process did not write.
 */
@Component
final class HeadSigner implements Reconciler {
    static final String CHANNEL = "event";

    private static final int AT_LEAST_EVERY = 1_000;
    private static final Duration ROUND = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final LedgerKeys keys;
    private final Anchor anchor;
    private final Findings findings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final GrowingTrees trees;

    HeadSigner(Transactions transactions, LedgerKeys keys, Anchor anchor, Findings findings, Clock clock) {
        this.transactions = transactions;
        this.keys = keys;
        this.anchor = anchor;
        this.findings = findings;
        this.clock = clock;
        this.trees = new GrowingTrees(keys, findings);
    }

    @Override
    public String name() {
        return "events to signed heads";
    }

    @Override
    public String channel() {
        return CHANNEL;
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Duration pace() {
        return Duration.ofMillis(100);
    }

    @Override
    public boolean step() {
        Optional<Round> published;
        try {
            published = transactions.asSystem(this::signWhatWaits);
        } catch (RuntimeException e) {
            trees.forget();
            throw e;
        }
        // The round is committed: after a crash here the file names an earlier one, which is in the database as well.
        published.ifPresent(anchor::keep);
        return false;
    }

    private Optional<Round> signWhatWaits(Db db) {
        db.sql("select pg_advisory_xact_lock(hashtextextended('head', 0))")
                .query()
                .singleRow();
        Optional<Round> last = RoundStore.newest(db);
        if (older(db, last)) {
            return Optional.empty();
        }
        Optional<SignedHead> journal = HeadStore.newest(db, JournalLeaf.LOG);
        Instant latest = Stream.concat(last.map(Round::time).stream(), journal.map(SignedHead::time).stream())
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        boolean back = now.isBefore(latest);
        if (back) {
            findings.raise(
                    db,
                    Kind.CLOCK_BACK,
                    "clock",
                    EventLog.hour(latest),
                    FindingText.of("clock-back", "now", now, "signed", latest));
        }
        boolean due = last.isEmpty() || back || !now.isBefore(last.get().time().plus(ROUND));
        long signed = journal.map(SignedHead::size).orElse(0L);
        long there = db.sql("select coalesce(max(number) + 1, 0) from entry")
                .query(Long.class)
                .single();
        if (!due && there - signed < AT_LEAST_EVERY) {
            return unknown(last);
        }
        // Times never go backwards, whatever the clock does.
        Instant time = back ? latest.plus(1, ChronoUnit.MICROS) : now;
        try {
            trees.take(db, signed, there);
            sign(db, due ? behind(db) : trees.waiting(AT_LEAST_EVERY), there, time);
            trees.store(db);
        } catch (Unsound e) {
            trees.forget();
            return Optional.empty();
        }
        return due ? Optional.of(publish(db, last, time)) : unknown(last);
    }

    /** The newest round where another process on this database published it: this one's file has to know it, too, lest it take an older state for the newest. */
    private Optional<Round> unknown(Optional<Round> last) {
        return last.filter(round -> anchor.kept().map(Anchor.Kept::number).orElse(-1L) < round.number()
                && keys.published().signed(round));
    }

    /** All logs with events that no head holds yet. */
    private static List<String> behind(Db db) {
        return db.sql(
                        "select log from log_end e where places > coalesce((select max(size) from head h where h.log = e.log), 0) order by log")
                .query(String.class)
                .list();
    }

    /** A database that lacks what was published would get a second history signed: nothing is signed until somebody has looked. */
    private boolean older(Db db, Optional<Round> last) {
        Optional<Anchor.Kept> kept = anchor.kept();
        long number = last.map(Round::number).orElse(-1L);
        if (kept.isEmpty() || kept.get().number() <= number) {
            return false;
        }
        findings.raise(
                db,
                Kind.OLDER_STATE,
                "rounds",
                kept.get().number(),
                FindingText.of("older-state", "published", kept.get().number(), "newest", number));
        return true;
    }

    private void sign(Db db, List<String> logs, long there, Instant time) throws Unsound {
        Map<String, SignedHead> before = HeadStore.newest(db, logs);
        List<SignedHead> fresh = new ArrayList<>();
        for (String log : logs) {
            CompactTree tree = trees.tree(db, log, there);
            SignedHead last = before.get(log);
            if (tree.size() > (last == null ? 0 : last.size())) {
                fresh.add(SignedHead.sign(
                        log, tree.size(), tree.root(), time, last == null ? SignedHead.NONE : last.hash(), keys));
                trees.signed(log);
            }
        }
        HeadStore.insert(db, fresh);
    }

    private Round publish(Db db, Optional<Round> last, Instant time) {
        List<SignedHead> heads = HeadStore.read(
                        db, """
                        where not exists (select from round_head r where r.log = head.log and r.size = head.size)
                          and time >= ? order by log, size""", EventLog.utc(last.map(Round::time).orElse(Instant.EPOCH)))
                .list();
        // Of each log the newest; it vouches for those before it by its chain.
        Map<String, SignedHead> newest = new LinkedHashMap<>();
        heads.forEach(head -> newest.put(head.log(), head));
        byte[] seed = new byte[32];
        random.nextBytes(seed);
        Round round = Round.sign(
                last.map(before -> before.number() + 1).orElse(0L),
                new RoundTree(seed, List.copyOf(newest.values())).root(),
                time,
                last.map(Round::hash).orElse(SignedHead.NONE),
                keys);
        RoundStore.insert(db, round, seed);
        db.sql("insert into round_head (round, log, size) select ?, * from unnest(?::text[], ?::bigint[])")
                .param(round.number())
                .param(newest.values().stream().map(SignedHead::log).toArray(String[]::new))
                .param(newest.values().stream().map(SignedHead::size).toArray(Long[]::new))
                .update();
        return round;
    }
}
