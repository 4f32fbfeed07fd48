package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.base.proof.JournalLeaf;
import dev.unkai.ledger.Findings.Kind;
import dev.unkai.ledger.Signed.Stretch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;

/** One reading of all events in their order: every hash is computed anew and held against what is stored and what was signed. */
final class Pass {
    private static final int PAGE = 2_000;

    private final LedgerKeys keys;
    private final Findings findings;
    private final Map<String, CompactTree> trees = new HashMap<>();
    /** Logs in which something is wrong already: what follows from it is not told again. */
    private final Set<String> broken = new HashSet<>();

    /** The last position of each source. */
    private final Map<String, Long> positions = new HashMap<>();

    private long next;

    Pass(LedgerKeys keys, Findings findings) {
        this.keys = keys;
        this.findings = findings;
        trees.put(JournalLeaf.LOG, new CompactTree());
    }

    /** Reads the next events; false after the last. */
    boolean page(Db db) {
        List<Row> rows = rows(db);
        if (rows.isEmpty()) {
            // What was signed by now was stored before: whatever comes meanwhile, these rows are there.
            Map<String, Long> signed = signedSizes(db);
            rows = rows(db);
            if (rows.isEmpty()) {
                finish(db, signed);
                return false;
            }
        }
        Signed signed = new Signed(db, stretches(rows));
        rows.forEach(row -> check(db, row, signed));
        next = rows.getLast().entry().leaf().number() + 1;
        return true;
    }

    private List<Row> rows(Db db) {
        return db.sql("select " + Row.COLUMNS + " from event where number >= ? order by number limit ?")
                .param(next)
                .param(PAGE)
                .query((row, n) -> Row.read(row))
                .list();
    }

    private List<Stretch> stretches(List<Row> rows) {
        Map<String, Long> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row.entry().leaf().log(), 1L, Long::sum));
        counts.put(JournalLeaf.LOG, (long) rows.size());
        return counts.entrySet().stream()
                .map(count -> {
                    long from = size(count.getKey());
                    return new Stretch(count.getKey(), from, from + count.getValue());
                })
                .toList();
    }

    private void check(Db db, Row row, Signed signed) {
        JournalLeaf leaf = row.entry().leaf();
        long expected = size(JournalLeaf.LOG);
        if (leaf.number() != expected && broken.add(JournalLeaf.LOG)) {
            findings.raise(
                    db,
                    Kind.MISSING,
                    JournalLeaf.LOG,
                    expected,
                    "Events " + expected + " to " + (leaf.number() - 1) + " of the ledger are not there any more.");
        }
        byte[] hash = row.leaf().hash();
        if (!Arrays.equals(hash, leaf.hash())) {
            changed(db, leaf, "its text, its time, its place or its history was changed");
        } else if (!Arrays.equals(keys.seal(leaf.leafHash()), row.entry().seal())) {
            changed(db, leaf, "its number or its source was changed, or it was never written by this ledger");
        } else if (leaf.position() <= positions.getOrDefault(leaf.source(), 0L)) {
            changed(db, leaf, "its source told it before: it is here twice");
        } else {
            positions.put(leaf.source(), leaf.position());
        }
        if (!findable(row)) {
            changed(db, leaf, "the columns by which it is found do not say what its text says");
        }
        if (leaf.place() != size(leaf.log()) && broken.add(leaf.log())) {
            findings.raise(
                    db,
                    Kind.MISSING,
                    leaf.log(),
                    size(leaf.log()),
                    "Event " + size(leaf.log()) + " of log " + leaf.log() + " is not there, or not in its place.");
        }
        add(db, leaf.log(), hash, signed);
        add(
                db,
                JournalLeaf.LOG,
                new JournalLeaf(leaf.number(), leaf.source(), leaf.position(), leaf.log(), leaf.place(), hash)
                        .leafHash(),
                signed);
    }

    private void changed(Db db, JournalLeaf leaf, String how) {
        broken.add(leaf.log());
        broken.add(JournalLeaf.LOG);
        findings.raise(
                db,
                Kind.CHANGED,
                leaf.log(),
                leaf.place(),
                "Event " + leaf.place() + " of log " + leaf.log() + " (number " + leaf.number() + " of the ledger): "
                        + how + ".");
    }

    private void add(Db db, String log, byte[] hash, Signed signed) {
        CompactTree tree = trees.computeIfAbsent(log, _ -> new CompactTree());
        boolean[] right = {true};
        tree.add(hash, (level, index, whole) -> right[0] &= signed.agrees(log, level, index, whole));
        right[0] &= signed.agrees(log, tree.size(), tree.root());
        if (!right[0] && broken.add(log)) {
            findings.raise(
                    db,
                    Kind.NOT_AS_SIGNED,
                    log,
                    tree.size() - 1,
                    "What log " + log + " holds up to its event " + (tree.size() - 1)
                            + " is not what was signed, or its stored hashes were changed.");
        }
    }

    private static boolean findable(Row row) {
        try {
            return Facts.of(row.entry().leaf().source(), row.body()).equals(row.facts());
        } catch (JacksonException e) {
            return false;
        }
    }

    private static Map<String, Long> signedSizes(Db db) {
        Map<String, Long> sizes = new HashMap<>();
        db.sql("select log, max(size) from head group by log").query(row -> {
            sizes.put(row.getString(1), row.getLong(2));
        });
        return sizes;
    }

    /** Every log must be as long as when it was signed. */
    private void finish(Db db, Map<String, Long> signed) {
        signed.forEach((log, size) -> {
            if (size > size(log) && !broken.contains(log)) {
                findings.raise(
                        db,
                        Kind.MISSING,
                        log,
                        size(log),
                        "Log " + log + " had " + size + " events when it was signed; " + size(log) + " are there.");
            }
        });
        ends(db);
    }

    /** Where the next events go stands in tables that can be changed: an end before the true one would give a place twice. */
    private void ends(Db db) {
        db.sql("select log, places from log_end").query(row -> {
            end(db, row.getString(1), row.getLong(2), size(row.getString(1)));
        });
        db.sql("select source, position from source_end").query(row -> {
            end(db, row.getString(1), row.getLong(2), positions.getOrDefault(row.getString(1), 0L));
        });
    }

    private void end(Db db, String of, long said, long there) {
        if (said < there && broken.add(of)) {
            findings.raise(
                    db,
                    Kind.CHANGED,
                    of,
                    said,
                    "The end of " + of + " is said to be " + said + "; it is " + there + ".");
        }
    }

    private long size(String log) {
        CompactTree tree = trees.get(log);
        return tree == null ? 0 : tree.size();
    }

    long events() {
        return next;
    }
}
