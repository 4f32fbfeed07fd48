package dev.unkai.cloud.compute;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.compute.store.ServerGroupStore;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Groups of servers with a wish about their places. */
@Component
public class ServerGroups {
    private final Transactions transactions;
    private final ServerGroupStore store;
    private final Quotas quotas;
    private final Ids ids;
    private final Clock clock;

    ServerGroups(Transactions transactions, ServerGroupStore store, Quotas quotas, Ids ids, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.quotas = quotas;
        this.ids = ids;
        this.clock = clock;
    }

    public ServerGroup create(Caller caller, String name, String policy, Map<String, Integer> rules) {
        return transactions.asCaller(caller, db -> {
            quotas.reserveServerGroup(db, caller.project(), caller.user());
            ServerGroup group =
                    new ServerGroup(ids.next(), caller.project(), caller.user(), name, policy, rules, List.of());
            store.insert(db, group, clock.instant());
            record(db, caller, "create", group);
            return group;
        });
    }

    public ServerGroup show(Caller caller, UUID id) {
        return transactions.asCaller(caller, db -> find(db, id));
    }

    /** The project's groups, or everybody's for the provider. */
    public List<ServerGroup> list(Caller caller, boolean all, int offset, int limit) {
        return transactions.asCaller(
                caller, db -> store.list(db, all && caller.isAdmin() ? null : caller.project(), offset, limit));
    }

    public void delete(Caller caller, UUID id) {
        transactions.doAsCaller(caller, db -> {
            ServerGroup group = find(db, id);
            store.delete(db, id);
            record(db, caller, "delete", group);
        });
    }

    private ServerGroup find(Db db, UUID id) {
        return store.find(db, id).orElseThrow(() -> Refusal.notFound("Instance group " + id + " could not be found."));
    }

    private void record(Db db, Caller caller, String action, ServerGroup group) {
        db.record(CadfEvent.by(
                        caller,
                        action,
                        new CadfEvent.Target(
                                group.id().toString(), "compute/server-group", group.name(), group.projectId()),
                        clock.instant())
                .with(action.equals("delete") ? Changes.gone(group) : Changes.made(group)));
    }
}
