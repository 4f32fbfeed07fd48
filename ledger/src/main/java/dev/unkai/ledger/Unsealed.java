package dev.unkai.ledger;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.EventSink.Positioned;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Events from before histories were hashed are taken in before any new one: in their old order, with their old times. */
@Component
final class Unsealed implements SmartInitializingSingleton {
    private static final int PAGE = 1_000;

    private record Old(String source, Instant received, Positioned event) {}

    private final Transactions transactions;
    private final EventLog log;
    private final Undivided undivided;

    Unsealed(Transactions transactions, EventLog log, Undivided undivided) {
        this.transactions = transactions;
        this.log = log;
        this.undivided = undivided;
    }

    @Override
    public void afterSingletonsInstantiated() {
        undivided.take();
        if (undivided.isThere("event_unsealed")) {
            take();
        }
        transactions.doAsSystem(db -> db.sql("select drop_moved()").query().singleRow());
    }

    private void take() {
        List<Old> page = page();
        while (!page.isEmpty()) {
            int from = 0;
            for (int i = 1; i <= page.size(); i++) {
                if (i == page.size()
                        || !page.get(i).source().equals(page.get(from).source())) {
                    List<Old> run = page.subList(from, i);
                    log.append(
                            run.getFirst().source(),
                            run.stream().map(Old::event).toList(),
                            run.stream().map(Old::received).toList());
                    from = i;
                }
            }
            page = page();
        }
    }

    private List<Old> page() {
        return transactions.asSystem(db -> db.sql("""
                        select source, received_at, position, body from event_unsealed u
                         where not exists (select from entry e where e.source = u.source and e.position >= u.position)
                         order by number limit ?""")
                .param(PAGE)
                .query((row, n) -> new Old(
                        row.getString(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        new Positioned(row.getLong(3), row.getString(4))))
                .list());
    }
}
