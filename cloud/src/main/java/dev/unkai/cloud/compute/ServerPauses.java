package dev.unkai.cloud.compute;

import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.ServerState.Vm;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Servers that stand still and go on where they were: paused in memory, or suspended with their memory on disk. */
@Component
public class ServerPauses {
    private final Transactions transactions;
    private final Operations operations;
    private final ServerStore store;
    private final Clock clock;

    ServerPauses(Transactions transactions, Operations operations, ServerStore store, Clock clock) {
        this.transactions = transactions;
        this.operations = operations;
        this.store = store;
        this.clock = clock;
    }

    public void pause(Caller caller, UUID id) {
        move(caller, id, "pause", Vm.ACTIVE, Goal.PAUSED);
    }

    public void unpause(Caller caller, UUID id) {
        move(caller, id, "unpause", Vm.PAUSED, Goal.ACTIVE);
    }

    public void suspend(Caller caller, UUID id) {
        move(caller, id, "suspend", Vm.ACTIVE, Goal.SUSPENDED);
    }

    public void resume(Caller caller, UUID id) {
        move(caller, id, "resume", Vm.SUSPENDED, Goal.ACTIVE);
    }

    private void move(Caller caller, UUID id, String action, Vm from, Goal to) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            operations.require(server, action, from);
            Instant now = clock.instant();
            store.desire(db, id, to, now);
            operations.begin(db, caller, server, action, "compute_" + action + "_instance", now);
        });
    }
}
