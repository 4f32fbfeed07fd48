package dev.unkai.base.event;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.EventSink.Positioned;
import dev.unkai.base.reconcile.Reconciler;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Outbox → ledger, in order and exactly once. Rows get a gapless position only here, after their commit, because
 * sequence numbers drawn inside transactions become visible out of order; the source is this database's own name, so
 * that a restored copy never continues another's count.
 */
public final class OutboxRelay implements Reconciler {
    private static final int BATCH = 500;
    /** Characters of events in a batch, unless one alone has more: the ledger's door takes 1 MiB, and quoting makes them longer. */
    private static final int MOST_CHARACTERS = 400_000;

    private final Transactions transactions;
    private final EventSink sink;
    private final String process;

    public OutboxRelay(Transactions transactions, EventSink sink, String process) {
        this.transactions = transactions;
        this.sink = sink;
        this.process = process;
    }

    @Override
    public String name() {
        return "outbox to ledger";
    }

    @Override
    public String channel() {
        return "outbox";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(1);
    }

    /** Some events a second go one by one; of hundreds a second, a tenth of a second's go together. */
    @Override
    public Duration pace() {
        return Duration.ofMillis(100);
    }

    @Override
    public boolean step() {
        Numbered numbered = transactions.asSystem(db -> {
            number(db);
            return Numbered.of(process + "/" + source(db), waiting(db));
        });
        if (numbered.events.isEmpty()) {
            return false;
        }
        // Positions are committed: a crash after append repeats the same positions with the same events.
        sink.append(numbered.source, numbered.events);
        transactions.doAsSystem(db -> db.sql("delete from outbox where position <= ?")
                .param(numbered.events.getLast().position())
                .update());
        // What came meanwhile has rung.
        return numbered.more;
    }

    private record Numbered(String source, List<Positioned> events, boolean more) {
        /** The first of what waits, as much as goes together. */
        static Numbered of(String source, List<Positioned> waiting) {
            int characters = 0;
            int events = 0;
            while (events < waiting.size()
                    && (events == 0 || characters + waiting.get(events).json().length() <= MOST_CHARACTERS)) {
                characters += waiting.get(events).json().length();
                events++;
            }
            return new Numbered(source, waiting.subList(0, events), waiting.size() == BATCH || events < waiting.size());
        }
    }

    private static UUID source(Db db) {
        return db.sql("select source from outbox_head").query(UUID.class).single();
    }

    private static List<Positioned> waiting(Db db) {
        return db.sql("select position, event from outbox where position is not null order by position limit ?")
                .param(BATCH)
                .query((row, n) -> new Positioned(row.getLong(1), row.getString(2)))
                .list();
    }

    private static void number(Db db) {
        db.sql("""
                with head as (select last_position from outbox_head for update),
                     fresh as (select id, row_number() over (order by id) as n from outbox where position is null),
                     numbered as (
                         update outbox set position = head.last_position + fresh.n
                           from head, fresh where outbox.id = fresh.id returning outbox.position)
                update outbox_head set last_position = greatest(last_position, (select max(position) from numbered))
                 where exists (select 1 from numbered)
                """).update();
    }
}
