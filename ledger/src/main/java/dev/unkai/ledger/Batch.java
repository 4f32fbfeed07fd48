package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.base.event.EventSink.Positioned;
import dev.unkai.base.proof.EventLeaf;
import dev.unkai.base.proof.JournalLeaf;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** New events on their way into the table: each gets its number, its place in its history, its hash and its seal; all go in by one statement. */
final class Batch {
    private static final String INSERT = """
            insert into event (number, log, place, source, position, received_at, version, class, action, outcome, target_id, target_type,
                               initiator_id, initiator_name, address, body, words, hash, seal)
            select number, log, place, source, position, received_at, version, class, action, outcome, target_id, target_type,
                   initiator_id, initiator_name, address, body, array_to_tsvector(string_to_array(words, E'\\x01', '')), hash, seal
              from unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::timestamptz[], ?::smallint[], ?::text[], ?::text[], ?::text[],
                          ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::bytea[])
                   x (number, log, place, source, position, received_at, version, class, action, outcome, target_id, target_type,
                      initiator_id, initiator_name, address, body, words, hash, seal)""";

    private record Fresh(long position, Instant received, String body, Facts facts) {}

    private final String source;
    private final List<Fresh> events = new ArrayList<>();

    Batch(String source) {
        this.source = source;
    }

    void add(Positioned event, Instant received) {
        events.add(new Fresh(
                event.position(),
                received.truncatedTo(ChronoUnit.MICROS),
                event.json(),
                Facts.of(source, event.json())));
    }

    /** Under the lock of {@link EventLog#append}: nobody else gives numbers meanwhile. */
    void insert(Db db, LedgerKeys keys) {
        if (events.isEmpty()) {
            return;
        }
        Map<String, Long> places = places(db);
        long number = places.getOrDefault(JournalLeaf.LOG, 0L);
        List<Row> rows = new ArrayList<>(events.size());
        for (Fresh event : events) {
            String log = event.facts().log();
            long place = places.merge(log, 1L, Long::sum) - 1;
            byte[] hash = new EventLeaf(log, place, event.received(), event.body()).hash();
            JournalLeaf leaf = new JournalLeaf(number, source, event.position(), log, place, hash);
            rows.add(new Row(
                    new JournalRow(leaf, keys.seal(leaf.leafHash())), event.received(), event.body(), event.facts()));
            number++;
        }
        store(db, rows);
    }

    /** Stores rows that follow what is stored, and moves the ends of their logs and sources on. */
    static void store(Db db, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        months(db, rows);
        db.sql(INSERT)
                .param(numbers(rows, row -> row.entry().leaf().number()))
                .param(texts(rows, row -> row.entry().leaf().log()))
                .param(numbers(rows, row -> row.entry().leaf().place()))
                .param(texts(rows, row -> row.entry().leaf().source()))
                .param(numbers(rows, row -> row.entry().leaf().position()))
                .param(texts(rows, row -> row.received().toString()))
                .param(rows.stream().map(row -> row.facts().version()).toArray(Integer[]::new))
                .param(texts(rows, row -> row.facts().about().text()))
                .param(texts(rows, row -> row.facts().action()))
                .param(texts(rows, row -> row.facts().outcome()))
                .param(texts(rows, row -> row.facts().targetId()))
                .param(texts(rows, row -> row.facts().targetType()))
                .param(texts(rows, row -> row.facts().initiatorId()))
                .param(texts(rows, row -> row.facts().initiatorName()))
                .param(texts(rows, row -> row.facts().address()))
                .param(texts(rows, Row::body))
                .param(texts(rows, row -> row.facts().words()))
                .param(bytes(rows, row -> row.entry().leaf().hash()))
                .param(bytes(rows, row -> row.entry().seal()))
                .update();
        ends(db, rows);
    }

    private static void months(Db db, List<Row> rows) {
        Set<Month> months = new HashSet<>();
        rows.forEach(row -> months.add(Month.of(row)));
        db.sql("select event_month(class, month) from unnest(?::text[], ?::timestamptz[]) x (class, month)")
                .param(months.stream().map(month -> month.about().text()).toArray(String[]::new))
                .param(months.stream().map(month -> month.begin().toString()).toArray(String[]::new))
                .query()
                .listOfRows();
    }

    private static void ends(Db db, List<Row> rows) {
        Map<String, Long> logs = new HashMap<>();
        Map<String, Long> sources = new HashMap<>();
        for (Row row : rows) {
            JournalLeaf leaf = row.entry().leaf();
            logs.put(leaf.log(), leaf.place() + 1);
            logs.put(JournalLeaf.LOG, leaf.number() + 1);
            sources.put(leaf.source(), leaf.position());
        }
        end(db, "log_end (log, places)", "log", "places", logs);
        end(db, "source_end (source, position)", "source", "position", sources);
    }

    private static void end(Db db, String table, String key, String value, Map<String, Long> ends) {
        db.sql("insert into " + table + " select * from unnest(?::text[], ?::bigint[]) on conflict (" + key
                        + ") do update set " + value + " = excluded." + value)
                .param(ends.keySet().toArray(String[]::new))
                .param(ends.values().toArray(Long[]::new))
                .update();
    }

    private static Long[] numbers(List<Row> rows, Function<Row, Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }

    private static String[] texts(List<Row> rows, Function<Row, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static byte[][] bytes(List<Row> rows, Function<Row, byte[]> column) {
        return rows.stream().map(column).toArray(byte[][]::new);
    }

    /** The next place of each log that the events belong to, and the next number. */
    private Map<String, Long> places(Db db) {
        Set<String> logs = new HashSet<>(Set.of(JournalLeaf.LOG));
        events.forEach(event -> logs.add(event.facts().log()));
        Map<String, Long> places = new HashMap<>();
        db.sql("select log, places from log_end where log = any(?::text[])")
                .param(logs.toArray(String[]::new))
                .query(row -> {
                    places.put(row.getString(1), row.getLong(2));
                });
        return places;
    }
}
