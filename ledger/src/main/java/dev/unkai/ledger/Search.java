package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.ledger.Conditions.Where;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The stored events as they are asked for: by whose they are, page by page, newest first. */
@Component
final class Search {
    /** So many of a month's newest events are looked at one by one before the index is asked for the rest of it. */
    private static final int NEWEST = 1_000;

    /** So many where the newest held enough of what is asked for: to read them in a row takes less time than all in the month that the index names. */
    private static final int MORE = 20_000;

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
            // A plan that does not know which month and whose log is meant reads a whole month.
            db.sql("select set_config('plan_cache_mode', 'force_custom_plan', true)")
                    .query()
                    .singleRow();
            Where where = query.conditions().where(query.project());
            return where.byWords() ? months(db, query, where) : page(db, query, where, query.before());
        });
    }

    /**
     * Month by month from the newest on, in each its newest events first: a word that is everywhere fills the page from these, without a look at all events that
     * have it; one that is rare is found through the index. The database does not choose between the two: what it knows of a month that has just begun is wrong.
     */
    private static List<Stored> months(Db db, Query query, Where where) {
        Conditions conditions = query.conditions();
        List<YearMonth> months = Month.stored(db).stream()
                .map(Month::month)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
        List<Stored> found = new ArrayList<>();
        for (YearMonth month : months) {
            Month bounds = new Month(EventClass.ACCESS, month);
            boolean asked = (conditions.since() == null || bounds.end().isAfter(conditions.since()))
                    && (conditions.until() == null || bounds.begin().isBefore(conditions.until()));
            if (asked && found.size() < query.limit()) {
                month(db, query, where, bounds, found);
            }
        }
        return found;
    }

    private static void month(Db db, Query query, Where where, Month month, List<Stored> found) {
        String order = order(query);
        Map<String, Object> values = new LinkedHashMap<>(where.values());
        values.put("begin", EventLog.utc(later(month.begin(), query.conditions().since())));
        values.put("end", EventLog.utc(earlier(month.end(), query.conditions().until())));
        String part = "received_at >= :begin and received_at < :end";
        if (query.project() != null) {
            values.put("project", query.project());
            part += " and log = :project";
        }
        if (query.before() != null) {
            values.put("before", query.before());
            part += " and " + order + " < :before";
        }
        boolean cut = query.conditions().until() != null
                && month.end().isAfter(query.conditions().until());
        if (cut) {
            values.put("top", top(db, query.project(), values));
        }
        String below = part + (cut ? " and " + order + " <= :top" : "");
        String conditions = String.join(" and ", where.conditions());
        int before = found.size();
        long low = newest(db, query, below, conditions, NEWEST, values, found);
        int missing = query.limit() - found.size();
        if (missing > 0 && low > 0 && (found.size() - before) * (MORE / NEWEST) >= missing) {
            values.put("read", low);
            low = newest(db, query, below + " and " + order + " < :read", conditions, MORE, values, found);
        }
        if (found.size() < query.limit() && low > 0) {
            values.put("low", low);
            // What stands before "offset 0" is done first, by the index of words: for the month as a whole, or another
            // index would tempt.
            values.put("first", EventLog.utc(month.begin()));
            values.put("after", EventLog.utc(month.end()));
            String byIndex = "(select * from event where " + Conditions.fewest(query.project())
                    + " and received_at >= :first and received_at < :after offset 0) e";
            found.addAll(read(
                    db,
                    query,
                    byIndex + " where " + part + " and (" + order + " < :low" + (cut ? " or " + order + " > :top" : "")
                            + ") and " + conditions,
                    values,
                    found.size()));
        }
    }

    /** Looks at so many events one by one, from the newest on, until the page is full; the last place that was looked at, 0 where there is nothing below it. */
    private static long newest(
            Db db,
            Query query,
            String below,
            String conditions,
            int most,
            Map<String, Object> values,
            List<Stored> found) {
        String order = order(query);
        String newest = "select * from event where " + below + " order by " + order + " desc limit " + most;
        found.addAll(read(db, query, "(" + newest + ") e where " + conditions, values, found.size()));
        return found.size() == query.limit()
                ? 0
                : db.sql("select coalesce(min(" + order + "), 0) from (" + newest.replace("*", order) + ") e")
                        .params(values)
                        .query(Long.class)
                        .single();
    }

    /**
     * Where the newest event of a month that is asked for in part is looked for. Should the clock have been set back then, there are others above it: the index finds these.
     */
    private static long top(Db db, @Nullable String project, Map<String, Object> values) {
        String top = project == null
                ? "select size from head where log = 'journal' and time >= :end order by time, size limit 1"
                : "select place from event where log = :project and received_at >= :begin and received_at < :end"
                        + " order by received_at desc, place desc limit 1";
        return db.sql(top).params(values).query(Long.class).optional().orElse(Long.MAX_VALUE);
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other != null && other.isBefore(one) ? other : one;
    }

    private static List<Stored> page(Db db, Query query, Where where, @Nullable Long below) {
        String order = order(query);
        Stretch stretch = Stretch.of(db, query.project(), query.conditions());
        Where whole = new Where(
                        new ArrayList<>(where.conditions()), new LinkedHashMap<>(where.values()), where.byWords())
                .and("log = :project", "project", query.project())
                .and(order + " < :below", "below", below)
                .and(order + " >= :bottom", "bottom", stretch.bottom())
                .and(order + " <= :top", "top", stretch.top());
        return read(db, query, "event " + whole.text(), whole.values(), 0);
    }

    private static List<Stored> read(Db db, Query query, String from, Map<String, Object> values, int found) {
        String order = order(query);
        return db.sql("select " + order + ", log, place, received_at, body from " + from + " order by " + order
                        + " desc limit " + (query.limit() - found))
                .params(values)
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
