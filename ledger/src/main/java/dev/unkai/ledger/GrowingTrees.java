package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.base.proof.JournalLeaf;
import dev.unkai.base.proof.SignedHead;
import dev.unkai.ledger.Findings.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The right edges of the trees, some twenty hashes each, so that nothing is read again to sign the next head. Every leaf in them bears this ledger's seal. A tree that is
 * not here, or not at the size that the database says, is made again from what is stored and must lead to its newest signed root.
 */
final class GrowingTrees {
    /** About a kilobyte each, of the forty megabytes that the process has on one machine. */
    private static final int MOST_KEPT = 3_000;

    private static final int PAGE = 1_000;

    private final LedgerKeys keys;
    private final Findings findings;
    private final Map<String, Growing> trees = new LinkedHashMap<>(16, 0.75f, true);
    private final List<Whole> fresh = new ArrayList<>();

    private record Whole(String log, int level, long place, byte[] hash) {}

    private static final class Growing {
        private final CompactTree tree;
        private long signed;

        Growing(CompactTree tree) {
            this.tree = tree;
            this.signed = tree.size();
        }
    }

    /** Something is not as this ledger wrote it, and has been raised: nothing may be signed. */
    static final class Unsound extends Exception {
        private static final long serialVersionUID = 1;

        Unsound() {
            super(null, null, false, false);
        }
    }

    GrowingTrees(LedgerKeys keys, Findings findings) {
        this.keys = keys;
        this.findings = findings;
    }

    /** After a transaction that was rolled back, or another process's signing, what is here may be ahead or behind. */
    void forget() {
        trees.clear();
        fresh.clear();
    }

    /** Takes the events from number {@code from} to {@code to} into the journal's tree and those of their histories. */
    void take(Db db, long from, long to) throws Unsound {
        if (size(JournalLeaf.LOG) != from) {
            forget();
        }
        load(db, JournalLeaf.LOG, from);
        for (long at = from; at < to; at += PAGE) {
            long end = Math.min(to, at + PAGE);
            List<JournalRow> rows = db.sql("select " + JournalRow.COLUMNS
                            + " from entry where number >= ? and number < ? order by number")
                    .param(at)
                    .param(end)
                    .query((row, n) -> JournalRow.read(row))
                    .list();
            long number = at;
            for (JournalRow row : rows) {
                JournalLeaf leaf = row.leaf();
                byte[] hash = sealed(db, row, leaf.number() == number++);
                load(db, leaf.log(), leaf.number());
                if (size(leaf.log()) != leaf.place()) {
                    throw unsound(db, leaf);
                }
                add(JournalLeaf.LOG, hash);
                add(leaf.log(), leaf.hash());
            }
            if (number != end) {
                throw new Unsound(); // the auditor names what is missing
            }
        }
    }

    /** The tree of a log with all its events of a lower number than that. */
    CompactTree tree(Db db, String log, long number) throws Unsound {
        load(db, log, number);
        return growing(log).tree;
    }

    private Growing growing(String log) {
        return Objects.requireNonNull(trees.get(log));
    }

    private long size(String log) {
        Growing growing = trees.get(log);
        return growing == null ? -1 : growing.tree.size();
    }

    private void load(Db db, String log, long number) throws Unsound {
        if (trees.containsKey(log)) {
            return;
        }
        Optional<SignedHead> head = HeadStore.newest(db, log);
        long size = head.map(SignedHead::size).orElse(0L);
        CompactTree tree = CompactTree.of(size, new StoredTree(db, log));
        if (head.isPresent() && !Arrays.equals(head.get().root(), tree.root())) {
            findings.raise(
                    db,
                    Kind.NOT_AS_SIGNED,
                    log,
                    size - 1,
                    FindingText.of("log-unsound", "log", log, "place", size - 1));
            throw new Unsound();
        }
        trees.put(log, new Growing(tree));
        if (!log.equals(JournalLeaf.LOG)) {
            unsigned(db, log, size, number);
        }
    }

    /** What came since the log's last head and is in the journal's tree already: little, unless nothing could be signed for a while. */
    private void unsigned(Db db, String log, long from, long number) throws Unsound {
        long place = from;
        List<JournalRow> rows;
        do {
            rows = db.sql("select " + JournalRow.COLUMNS
                            + " from entry where log = ? and place >= ? and number < ? order by place limit " + PAGE)
                    .param(log)
                    .param(place)
                    .param(number)
                    .query((row, n) -> JournalRow.read(row))
                    .list();
            for (JournalRow row : rows) {
                sealed(db, row, row.leaf().place() == place++);
                add(log, row.leaf().hash());
            }
        } while (rows.size() == PAGE);
    }

    /** The hash of the row's leaf in the journal. */
    private byte[] sealed(Db db, JournalRow row, boolean inPlace) throws Unsound {
        byte[] hash = row.leaf().leafHash();
        if (!inPlace || !Arrays.equals(keys.seal(hash), row.seal())) {
            throw unsound(db, row.leaf());
        }
        return hash;
    }

    private Unsound unsound(Db db, JournalLeaf leaf) {
        findings.raise(
                db,
                Kind.CHANGED,
                leaf.log(),
                leaf.place(),
                FindingText.of("event-strange", "place", leaf.place(), "log", leaf.log()));
        return new Unsound();
    }

    private void add(String log, byte[] leaf) {
        growing(log).tree.add(leaf, (level, index, hash) -> {
            if (level % Run.BITS == 0) {
                fresh.add(new Whole(log, level / Run.BITS, index, hash));
            }
        });
    }

    /** Stores the subtrees that have become whole, and keeps only the trees that were used last. */
    void store(Db db) {
        if (!fresh.isEmpty()) {
            db.sql("""
                    insert into subtree (log, level, place, hash)
                    select * from unnest(?::text[], ?::smallint[], ?::bigint[], ?::bytea[]) on conflict do nothing""")
                    .param(fresh.stream().map(Whole::log).toArray(String[]::new))
                    .param(fresh.stream().map(Whole::level).toArray(Integer[]::new))
                    .param(fresh.stream().map(Whole::place).toArray(Long[]::new))
                    .param(fresh.stream().map(Whole::hash).toArray(byte[][]::new))
                    .update();
            fresh.clear();
        }
        Growing journal = trees.remove(JournalLeaf.LOG);
        Iterator<String> oldest = trees.keySet().iterator();
        for (int over = trees.size() - MOST_KEPT; over > 0; over--) {
            oldest.next();
            oldest.remove();
        }
        if (journal != null) {
            trees.put(JournalLeaf.LOG, journal);
        }
    }

    /** A head of all events in the tree has been signed. */
    void signed(String log) {
        Growing growing = growing(log);
        growing.signed = growing.tree.size();
    }

    /** The logs that have grown by that many events, or more, since their last head. */
    List<String> waiting(long events) {
        return trees.entrySet().stream()
                .filter(entry -> entry.getValue().tree.size() - entry.getValue().signed >= events)
                .map(Map.Entry::getKey)
                .toList();
    }
}
