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

/** New events on their way into the table: each gets its number, its place in its history, its hash and its seal; all go in by one statement. */
final class Batch {
    private static final String INSERT = """
            insert into event (source, number, received_at, log, place, position, action, outcome, target_id, target_type,
                               initiator_id, initiator_name, body, hash, seal)
            select ?, x.*
              from unnest(?::bigint[], ?::timestamptz[], ?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::text[], ?::text[], ?::text[], ?::bytea[], ?::bytea[]) x""";

    private record Fresh(long position, Instant received, String body, Facts facts) {}

    private final String source;
    private final List<Fresh> events = new ArrayList<>();

    Batch(String source) {
        this.source = source;
    }

    void add(Positioned event, Instant received) {
        events.add(new Fresh(
                event.position(), received.truncatedTo(ChronoUnit.MICROS), event.json(), Facts.of(event.json())));
    }

    /** Under the lock of {@link EventLog#append}: nobody else gives numbers meanwhile. */
    void insert(Db db, LedgerKeys keys) {
        if (events.isEmpty()) {
            return;
        }
        int n = events.size();
        Map<String, Long> places = places(db);
        long next = db.sql("select coalesce(max(number) + 1, 0) from event")
                .query(Long.class)
                .single();
        Long[] number = new Long[n];
        String[] received = new String[n];
        Long[] place = new Long[n];
        Long[] position = new Long[n];
        byte[][] hash = new byte[n][];
        byte[][] seal = new byte[n][];
        String[][] texts = new String[8][n];
        for (int i = 0; i < n; i++) {
            Fresh event = events.get(i);
            Facts facts = event.facts();
            number[i] = next + i;
            received[i] = event.received().toString();
            place[i] = places.merge(facts.log(), 1L, Long::sum) - 1;
            position[i] = event.position();
            hash[i] = new EventLeaf(facts.log(), place[i], event.received(), event.body()).hash();
            seal[i] = keys.seal(
                    new JournalLeaf(number[i], source, position[i], facts.log(), place[i], hash[i]).leafHash());
            String[] row = {
                facts.log(),
                facts.action(),
                facts.outcome(),
                facts.targetId(),
                facts.targetType(),
                facts.initiatorId(),
                facts.initiatorName(),
                event.body()
            };
            for (int column = 0; column < row.length; column++) {
                texts[column][i] = row[column];
            }
        }
        var insert = db.sql(INSERT)
                .param(source)
                .param(number)
                .param(received)
                .param(texts[0])
                .param(place)
                .param(position);
        for (int column = 1; column < texts.length; column++) {
            insert = insert.param(texts[column]);
        }
        insert.param(hash).param(seal).update();
    }

    /** The next place of each log that the events belong to. */
    private Map<String, Long> places(Db db) {
        Set<String> logs = new HashSet<>();
        events.forEach(event -> logs.add(event.facts().log()));
        Map<String, Long> places = new HashMap<>();
        db.sql("""
                select log, coalesce((select max(place) + 1 from event e where e.log = l.log), 0)
                  from unnest(?::text[]) l (log)""").param(logs.toArray(String[]::new)).query(row -> {
            places.put(row.getString(1), row.getLong(2));
        });
        return places;
    }
}
