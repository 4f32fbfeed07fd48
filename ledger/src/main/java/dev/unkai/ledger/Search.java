package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.proof.JournalLeaf;
import dev.unkai.ledger.Conditions.Where;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The stored events as they are asked for: by whose they are, page by page, newest first. */
@Component
final class Search {
    /** How many places are looked at first where words are searched, and how many times as many after that. */
    private static final long WIDTH = 4_096;

    private static final int WIDER = 8;
    /** Places follow time unless the clock was set back; by no more than this, or the auditor's alarm is not the only trouble. */
    private static final Duration SLACK = Duration.ofDays(1);
    /** Beyond so many logs the index is not asked for the words of each. */
    private static final int MOST_LOGS = 1_000;

    private final Transactions transactions;

    Search(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Which events to read, newest first.
     *
     * @param project whose history; null for the provider's view of everything
     * @param before only events older than this one, for paging: its place in the project's history, or its number in the whole ledger
     */
    record Query(
            @Nullable String project,
            Conditions conditions,
            @Nullable Long before,
            int limit) {
        static final Query EVERYTHING = new Query(null, Conditions.NONE, null, 1_000);
    }

    /**
     * A stored event.
     *
     * @param number its place in the project's history when that was asked for, else its number in the whole ledger
     */
    record Stored(long number, String log, long place, Instant received, String json) {}

    /** At most {@code limit} events, newest first. */
    List<Stored> read(Query query) {
        if (query.conditions().isHopeless()) {
            return List.of();
        }
        return transactions.asSystem(db -> {
            Where where = query.conditions().where(logs(db, query));
            where.and("log = :project", "project", query.project());
            return where.byWords() ? steps(db, query, where) : page(db, query, where, query.before(), null);
        });
    }

    private static List<String> logs(Db db, Query query) {
        if (query.project() != null) {
            return List.of(query.project());
        }
        List<String> logs = db.sql("select log from log_end where log <> ? order by log limit ?")
                .param(JournalLeaf.LOG)
                .param(MOST_LOGS + 1)
                .query(String.class)
                .list();
        return logs.size() > MOST_LOGS ? List.of() : logs;
    }

    /**
     * From the newest on in ever wider steps: a word that is everywhere fills the page out of the first of them, without a look at all events that have it;
     * one that is rare is found through the index in the last.
     */
    private static List<Stored> steps(Db db, Query query, Where where) {
        long top = top(db, query);
        long bottom = query.conditions().since() == null
                ? 0
                : placeAt(db, query, query.conditions().since().minus(SLACK));
        List<Stored> found = new ArrayList<>();
        long width = WIDTH;
        while (top > bottom && found.size() < query.limit()) {
            long low = Math.max(bottom, top - width);
            found.addAll(page(
                    db,
                    new Query(query.project(), query.conditions(), null, query.limit() - found.size()),
                    where,
                    top,
                    low));
            top = low;
            width *= WIDER;
        }
        return found;
    }

    private static long top(Db db, Query query) {
        Instant until = query.conditions().until();
        long end = until == null
                ? db.sql("select places from log_end where log = ?")
                        .param(query.project() == null ? JournalLeaf.LOG : query.project())
                        .query(Long.class)
                        .optional()
                        .orElse(0L)
                : placeAt(db, query, until.plus(SLACK));
        return query.before() == null ? end : Math.min(end, query.before());
    }

    /** The place, or number, after the last event before that time; of the whole ledger as far as it was signed by then. */
    private static long placeAt(Db db, Query query, Instant time) {
        var statement = query.project() == null
                ? db.sql("select size from head where log = ? and time >= ? order by size limit 1")
                        .param(JournalLeaf.LOG)
                : db.sql(
                                "select place + 1 from event where log = ? and received_at < ? order by received_at desc, place desc limit 1")
                        .param(query.project());
        return statement
                .param(EventLog.utc(time))
                .query(Long.class)
                .optional()
                .orElse(query.project() == null ? Long.MAX_VALUE : 0L);
    }

    private static List<Stored> page(Db db, Query query, Where where, @Nullable Long below, @Nullable Long from) {
        String order = order(query);
        List<String> conditions = new ArrayList<>(where.conditions());
        var values = new LinkedHashMap<>(where.values());
        Where whole = new Where(conditions, values, where.byWords())
                .and(order + " < :below", "below", below)
                .and(order + " >= :from", "from", from);
        return db.sql("select " + order + ", log, place, received_at, body from event " + whole.text() + " order by "
                        + order + " desc limit " + query.limit())
                .params(whole.values())
                .query((row, n) -> new Stored(
                        row.getLong(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getObject(4, OffsetDateTime.class).toInstant(),
                        row.getString(5)))
                .list();
    }

    private static String order(Query query) {
        return query.project() == null ? "number" : "place";
    }
}
