package dev.unkai.cloud.compute;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.compute.store.DrainStore;
import dev.unkai.cloud.hosts.Drains;
import dev.unkai.cloud.hosts.Drains.Drain;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** How the emptying of hosts goes on, as an operator sees it. */
@Component
public class DrainViews {
    private final Transactions transactions;
    private final Drains drains;
    private final DrainStore store;

    DrainViews(Transactions transactions, Drains drains, DrainStore store) {
        this.transactions = transactions;
        this.drains = drains;
        this.store = store;
    }

    /** One emptying with each of its servers. */
    public record Shown(Drain drain, List<DrainGuest> guests) {}

    /** The newest of the host, also when it is over. Throws Refusal when it never was to be emptied, or there is no such host. */
    public Shown newest(Caller caller, UUID host) {
        return transactions.asCaller(
                caller,
                db -> drains.newest(db, host)
                        .map(drain -> new Shown(drain, store.list(db, drain.id())))
                        .orElseThrow(
                                () -> Refusal.notFound("There is no such host, or it has not been drained so far.")));
    }
}
