package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.base.proof.JournalLeaf;
import dev.unkai.ledger.Findings.Kind;
import dev.unkai.ledger.Signed.Stretch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

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

    /** What was dropped, month by month. */
    private final Map<Month, CompactTree> dropped = new HashMap<>();

    private final Acts acts;
    private final long firstAct;

    private long next;

    Pass(Db db, LedgerKeys keys, Acts acts, Findings findings) {
        this.keys = keys;
        this.acts = acts;
        this.findings = findings;
        this.firstAct = db.sql("select coalesce(max(number) + 1, 0) from act")
                .query(Long.class)
                .single();
        trees.put(JournalLeaf.LOG, new CompactTree());
    }

    /** Reads the next events; false after the last. */
    boolean page(Db db) {
        Page page = read(db);
        if (page.isEmpty()) {
            // What was signed by now was stored before: whatever comes meanwhile, these rows are there.
            Map<String, Long> signed = signedSizes(db);
            page = read(db);
            if (page.isEmpty()) {
                finish(db, signed);
                return false;
            }
        }
        Signed signed = new Signed(db, stretches(page.entries()));
        Iterator<Gone> gone = page.gone().iterator();
        Gone before = gone.hasNext() ? gone.next() : null;
        for (Row row : page.rows()) {
            while (before != null && before.number() < row.number()) {
                check(db, before, signed);
                before = gone.hasNext() ? gone.next() : null;
            }
            check(db, row, signed);
        }
        while (before != null) {
            check(db, before, signed);
            before = gone.hasNext() ? gone.next() : null;
        }
        return true;
    }

    /** Neighbouring events in ascending order, those that are there and those that were dropped. */
    private record Page(List<Row> rows, List<Gone> gone) {
        boolean isEmpty() {
            return rows.isEmpty() && gone.isEmpty();
        }

        List<JournalLeaf> entries() {
            return Stream.concat(
                            rows.stream().map(row -> row.entry().leaf()),
                            gone.stream().map(row -> row.entry().leaf()))
                    .toList();
        }
    }

    /** Those that are there first: what is dropped between the two questions is then in both, and never in neither. */
    private Page read(Db db) {
        List<Row> rows = db.sql("select " + Row.COLUMNS + " from event where number >= ? order by number limit ?")
                .param(next)
                .param(PAGE)
                .query((row, n) -> Row.read(row))
                .list();
        List<Gone> gone = db.sql(
                        "select " + Gone.COLUMNS + " from dropped_event where number >= ? order by number limit ?")
                .param(next)
                .param(PAGE)
                .query((row, n) -> Gone.read(row))
                .list();
        long to = Math.min(
                rows.size() < PAGE ? Long.MAX_VALUE : rows.getLast().number(),
                gone.size() < PAGE ? Long.MAX_VALUE : gone.getLast().number());
        Set<Long> there = rows.stream().map(Row::number).collect(Collectors.toSet());
        return new Page(
                rows.stream().filter(row -> row.number() <= to).toList(),
                gone.stream()
                        .filter(row -> row.number() <= to && !there.contains(row.number()))
                        .toList());
    }

    private List<Stretch> stretches(List<JournalLeaf> entries) {
        Map<String, Long> counts = new HashMap<>();
        entries.forEach(entry -> counts.merge(entry.log(), 1L, Long::sum));
        counts.put(JournalLeaf.LOG, (long) entries.size());
        return counts.entrySet().stream()
                .map(count -> {
                    long from = size(count.getKey());
                    return new Stretch(count.getKey(), from, from + count.getValue());
                })
                .toList();
    }

    private void check(Db db, Row row, Signed signed) {
        JournalLeaf leaf = row.entry().leaf();
        byte[] hash = row.leaf().hash();
        if (!Arrays.equals(hash, leaf.hash())) {
            changed(db, leaf, "event-text");
        } else {
            entry(db, row.entry());
        }
        if (!findable(row)) {
            changed(db, leaf, "event-columns");
        }
        if (row.facts().targetType().equals(Acts.KIND) && leaf.source().startsWith("ledger/")) {
            told(row.body());
        }
        place(db, leaf, hash, signed);
    }

    private void check(Db db, Gone gone, Signed signed) {
        JournalLeaf leaf = gone.entry().leaf();
        entry(db, gone.entry());
        dropped.computeIfAbsent(gone.month(), _ -> new CompactTree()).add(leaf.leafHash(), (_, _, _) -> {});
        place(db, leaf, leaf.hash(), signed);
    }

    private void entry(Db db, JournalRow entry) {
        JournalLeaf leaf = entry.leaf();
        if (!keys.sealed(entry)) {
            changed(db, leaf, "event-seal");
        } else if (leaf.position() <= positions.getOrDefault(leaf.source(), 0L)) {
            changed(db, leaf, "event-twice");
        } else {
            positions.put(leaf.source(), leaf.position());
        }
    }

    private void told(String body) {
        String number = Acts.JSON.readTree(body).path("attachments").path("act").asString("");
        if (number.matches("[0-9]{1,18}")) {
            acts.told(Long.parseLong(number));
        }
    }

    private void place(Db db, JournalLeaf leaf, byte[] hash, Signed signed) {
        long expected = size(JournalLeaf.LOG);
        if (leaf.number() != expected && broken.add(JournalLeaf.LOG)) {
            findings.raise(
                    db,
                    Kind.MISSING,
                    JournalLeaf.LOG,
                    expected,
                    FindingText.of("events-lost", "first", expected, "last", leaf.number() - 1));
        }
        if (leaf.place() != size(leaf.log()) && broken.add(leaf.log())) {
            findings.raise(
                    db,
                    Kind.MISSING,
                    leaf.log(),
                    size(leaf.log()),
                    FindingText.of("event-lost", "place", size(leaf.log()), "log", leaf.log()));
        }
        add(db, leaf.log(), hash, signed);
        add(
                db,
                JournalLeaf.LOG,
                new JournalLeaf(leaf.number(), leaf.source(), leaf.position(), leaf.log(), leaf.place(), hash)
                        .leafHash(),
                signed);
        next = leaf.number() + 1;
    }

    private void changed(Db db, JournalLeaf leaf, String text) {
        broken.add(leaf.log());
        broken.add(JournalLeaf.LOG);
        findings.raise(
                db,
                Kind.CHANGED,
                leaf.log(),
                leaf.place(),
                FindingText.of(text, "place", leaf.place(), "log", leaf.log(), "number", leaf.number()));
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
                    FindingText.of("log-other", "log", log, "place", tree.size() - 1));
        }
    }

    private static boolean findable(Row row) {
        try {
            return Facts.of(row.facts().version(), row.entry().leaf().source(), row.body())
                    .equals(row.facts());
        } catch (JacksonException | IllegalArgumentException e) {
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
                        FindingText.of("log-shorter", "log", log, "signed", size, "now", size(log)));
            }
        });
        ends(db);
        drops(db);
    }

    /** What is gone must be what a sealed act says was dropped: no row more, no row less. Months that went while this pass was reading wait for the next. */
    private void drops(Db db) {
        if (!acts.sound(db, findings)) {
            return;
        }
        Map<String, CompactTree> gone = new HashMap<>();
        dropped.forEach((month, tree) -> gone.put(month.id(), tree));
        for (Acts.Sealed sealed : Acts.read(db, "where kind = 'drop' order by number")) {
            Act act = sealed.act();
            CompactTree tree = gone.remove(act.id());
            if (act.number() < firstAct && (tree == null || !agrees(act, tree))) {
                hidden(
                        db,
                        act.id(),
                        act.number(),
                        FindingText.of("drop-other", "month", act.id(), "act", act.number()));
            }
        }
        gone.keySet().forEach(month -> hidden(db, month, -1, FindingText.of("drop-unknown", "month", month)));
    }

    private static boolean agrees(Act act, CompactTree tree) {
        JsonNode facts = Acts.JSON.readTree(act.facts());
        return facts.path("events").asString().equals(String.valueOf(tree.size()))
                && facts.path("root").asString().equals(HexFormat.of().formatHex(tree.root()));
    }

    private void hidden(Db db, String month, long act, FindingText text) {
        findings.raise(db, Kind.MISSING, month, act, text);
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
                    db, Kind.CHANGED, of, said, FindingText.of("end-moved", "log", of, "said", said, "real", there));
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
