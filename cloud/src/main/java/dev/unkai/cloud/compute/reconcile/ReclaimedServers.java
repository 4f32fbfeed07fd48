package dev.unkai.cloud.compute.reconcile;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.store.DeletionStore;
import dev.unkai.cloud.compute.store.InstanceActions;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.wire.event.CadfEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Servers deleted restorably whose time is over → deleted for good. */
@Component
class ReclaimedServers implements Reconciler {
    private final Transactions transactions;
    private final DeletionStore deletions;
    private final ServerStore servers;
    private final InstanceActions actions;
    private final Ids ids;
    private final Clock clock;

    ReclaimedServers(
            Transactions transactions,
            DeletionStore deletions,
            ServerStore servers,
            InstanceActions actions,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.deletions = deletions;
        this.servers = servers;
        this.actions = actions;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "deleted servers to reclaim";
    }

    @Override
    public String channel() {
        return "server_reclaim";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(10);
    }

    @Override
    public boolean step() {
        return transactions.asSystem(db -> {
            Instant now = clock.instant();
            var expired = deletions.expired(db, now);
            expired.ifPresent(server -> delete(db, server, now));
            return expired.isPresent();
        });
    }

    private void delete(Db db, Server server, Instant now) {
        String request = "req-" + ids.next();
        servers.desire(db, server.id(), Goal.DELETED, now);
        actions.begin(db, server.id(), server.projectId(), null, request, "delete", "compute_terminate_instance", now);
        CadfEvent.Target target = new CadfEvent.Target(
                server.id().toString(), "compute/server", server.naming().name(), server.projectId());
        db.record(CadfEvent.bySystem("cloud", "delete", target, now, request));
        db.wake("server");
    }
}
