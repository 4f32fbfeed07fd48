package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.base.proof.MerkleTree;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Events of one log in their order, each as a line of an export with its proof against one signed head. */
final class ExportLines {
    private static final int MOST_DROPPED = 2_000;

    private ExportLines() {}

    /**
     * Which events.
     *
     * @param size of the signed tree that they are proven against
     * @param dropped whether a line stands for each event that was dropped, too
     */
    record Selection(String log, long size, Conditions conditions, boolean dropped) {}

    /** @param next where the following page begins; null after the last */
    record Page(@Nullable Long next, List<String> lines) {}

    private record Dropped(long place, String month, byte[] hash) {}

    private record Line(long place, Instant received, String body) {}

    static Page read(Db db, Selection selection, long from, int limit) {
        if (selection.conditions().isHopeless()) {
            return new Page(null, List.of());
        }
        Conditions.Where where = selection
                .conditions()
                .where(selection.log())
                .and("log = :log", "log", selection.log())
                .and("place >= :from", "from", from)
                .and("place < :size", "size", selection.size());
        List<Line> events = db.sql(
                        "select place, received_at, body from event " + where.text() + " order by place limit " + limit)
                .params(where.values())
                .query((row, n) -> new Line(
                        row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant(), row.getString(3)))
                .list();
        Long next = events.size() < limit ? null : (Long) (events.getLast().place() + 1);
        List<Dropped> gone = selection.dropped()
                ? dropped(db, selection.log(), from, next == null ? selection.size() : next)
                : List.of();
        MerkleTree tree = new StoredTree(db, selection.log()).tree();
        List<String> lines = new ArrayList<>(events.size() + gone.size());
        Iterator<Dropped> rest = gone.iterator();
        Dropped before = rest.hasNext() ? rest.next() : null;
        for (Line event : events) {
            while (before != null && before.place() < event.place()) {
                lines.add(text(before, tree.inclusion(before.place(), selection.size())));
                before = rest.hasNext() ? rest.next() : null;
            }
            lines.add(text(event, tree.inclusion(event.place(), selection.size())));
        }
        while (before != null) {
            lines.add(text(before, tree.inclusion(before.place(), selection.size())));
            before = rest.hasNext() ? rest.next() : null;
        }
        if (gone.size() == MOST_DROPPED) {
            // There may be more of them than one page takes: it ends with the last that it has.
            long end = gone.getLast().place() + 1;
            long there = events.stream().filter(event -> event.place() < end).count();
            return new Page(end, lines.subList(0, (int) there + gone.size()));
        }
        return new Page(next, lines);
    }

    private static List<Dropped> dropped(Db db, String log, long from, long to) {
        return db.sql(
                        "select place, class, month, hash from dropped_event where log = ? and place >= ? and place < ? order by place limit ?")
                .param(log)
                .param(from)
                .param(to)
                .param(MOST_DROPPED)
                .query((row, n) -> new Dropped(
                        row.getLong(1),
                        row.getString(2) + "/" + row.getString(3).substring(0, 7),
                        row.getBytes(4)))
                .list();
    }

    /** What shows that there was an event, and nothing else of it. */
    private static String text(Dropped event, List<byte[]> path) {
        return "{\"place\":" + event.place() + ",\"dropped\":\"" + event.month() + "\",\"hash\":" + base64(event.hash())
                + ",\"proof\":[" + proof(path) + "]}";
    }

    /** The event stands last and untouched, so that whoever checks the line finds the very bytes that were hashed. */
    private static String text(Line event, List<byte[]> path) {
        return "{\"place\":" + event.place() + ",\"received\":\"" + event.received() + "\",\"proof\":[" + proof(path)
                + "],\"event\":" + event.body() + "}";
    }

    private static String proof(List<byte[]> path) {
        return path.stream().map(ExportLines::base64).collect(Collectors.joining(","));
    }

    private static String base64(byte[] hash) {
        return '"' + Base64.getEncoder().encodeToString(hash) + '"';
    }
}
