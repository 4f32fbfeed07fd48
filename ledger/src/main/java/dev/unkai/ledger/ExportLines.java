package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.base.proof.MerkleTree;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Events of one log in their order, each as a line of an export with its proof against one signed head. */
final class ExportLines {
    private ExportLines() {}

    /**
     * Which events.
     *
     * @param size of the signed tree that they are proven against
     */
    record Selection(String log, long size, Conditions conditions) {}

    /** @param next where the following page begins; null after the last */
    record Page(@Nullable Long next, List<String> lines) {}

    private record Line(long place, Instant received, String body) {}

    static Page read(Db db, Selection selection, long from, int limit) {
        if (selection.conditions().isHopeless()) {
            return new Page(null, List.of());
        }
        Conditions.Where where = selection
                .conditions()
                .where(List.of(selection.log()))
                .and("log = :log", "log", selection.log())
                .and("place >= :from", "from", from)
                .and("place < :size", "size", selection.size());
        List<Line> events = db.sql(
                        "select place, received_at, body from event " + where.text() + " order by place limit " + limit)
                .params(where.values())
                .query((row, n) -> new Line(
                        row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant(), row.getString(3)))
                .list();
        MerkleTree tree = new StoredTree(db, selection.log()).tree();
        List<String> lines = new ArrayList<>(events.size());
        for (Line event : events) {
            lines.add(text(event, tree.inclusion(event.place(), selection.size())));
        }
        return new Page(events.size() < limit ? null : events.getLast().place() + 1, lines);
    }

    /** The event stands last and untouched, so that whoever checks the line finds the very bytes that were hashed. */
    private static String text(Line event, List<byte[]> path) {
        String proof = path.stream()
                .map(hash -> '"' + Base64.getEncoder().encodeToString(hash) + '"')
                .collect(Collectors.joining(","));
        return "{\"place\":" + event.place() + ",\"received\":\"" + event.received() + "\",\"proof\":[" + proof
                + "],\"event\":" + event.body() + "}";
    }
}
