package dev.unkai.cloud.compute;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.compute.ServerState.Task;
import dev.unkai.cloud.compute.ServerState.Vm;
import dev.unkai.cloud.compute.store.InstanceActions;
import dev.unkai.cloud.compute.store.MigrationStore;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What every operation on a server begins and ends with: the row's lock, the states that allow it, action and event. */
@Component
class Operations {
    private final ServerStore store;
    private final InstanceActions actions;
    private final ServerEvents events;
    private final MigrationStore migrations;

    Operations(ServerStore store, InstanceActions actions, ServerEvents events, MigrationStore migrations) {
        this.store = store;
        this.migrations = migrations;
        this.actions = actions;
        this.events = events;
    }

    /** The server, changed by nobody else before this transaction ends. */
    Server lock(Db db, UUID id) {
        return store.lock(db, id).orElseThrow(() -> Servers.notFound(id));
    }

    /** Like {@link #lock(Db, UUID)}; refuses when the customer's or the provider's lock is on it. */
    Server open(Db db, Caller caller, UUID id) {
        Server server = lock(db, id);
        if (server.lock() != null && !caller.isAdmin()) {
            throw Refusal.conflict("Instance " + server.id() + " is locked. Unlock it first.");
        }
        return server;
    }

    void require(Server server, String action, Vm... states) {
        require(server, action, Set.of(states), Set.of());
    }

    /** @param tasks that may be under way beside none */
    void require(Server server, String action, Set<Vm> states, Set<Task> tasks) {
        ServerState state = server.state();
        if (!states.contains(state.vm())) {
            throw Refusal.conflict("Cannot '" + action + "' instance " + server.id() + " while it is in vm_state "
                    + state.vm().wireName());
        }
        if (state.task() != null && !tasks.contains(state.task())) {
            throw Refusal.conflict("Cannot '" + action + "' instance " + server.id() + " while it is in task_state "
                    + state.task().wireName());
        }
    }

    /** For what begins a move: refuses while an earlier one is not over yet, as when its guest switched itself off in the middle of it. */
    void requireNoMove(Db db, Server server, String action) {
        if (migrations.open(db, server.id()).isPresent()) {
            throw Refusal.conflict("Cannot '" + action + "' instance " + server.id() + " while it is in task_state "
                    + Task.MIGRATING.wireName());
        }
    }

    /**
     * Records an operation that a host must carry out, and wakes the reconciler, which ends it.
     *
     * @param event the reference's name of the part that the host does, such as {@code compute_stop_instance}
     */
    void begin(Db db, Caller caller, Server server, String action, String event, Instant at) {
        begin(db, caller, server, action, event, at, Changes.NONE);
    }

    /** The same for one that changes what the server is made of. */
    void begin(Db db, Caller caller, Server server, String action, String event, Instant at, Changes changes) {
        begin(db, server, caller.user(), caller.requestId(), action, event, at);
        events.record(db, caller, action, server, at, changes);
    }

    /** Like {@link #begin(Db, Caller, Server, String, String, Instant)} for one who records the event himself. */
    void begin(Db db, Server server, String user, String request, String action, String event, Instant at) {
        actions.begin(db, server.id(), server.projectId(), user, request, action, event, at);
        db.wake("server");
    }

    /** Records an operation that Unkai itself begins, for the provider. */
    void beginBySystem(Db db, Server server, String request, String action, String event, Instant at) {
        actions.begin(db, server.id(), server.projectId(), server.userId(), request, action, event, at);
        db.record(CadfEvent.bySystem(
                "cloud",
                action,
                new CadfEvent.Target(
                        server.id().toString(),
                        "compute/server",
                        server.naming().name(),
                        server.projectId()),
                at,
                request));
        db.wake("server");
    }

    /** Records an operation that was done on the spot. */
    void done(Db db, Caller caller, Server server, String action, Instant at, Changes changes) {
        actions.done(db, server.id(), server.projectId(), caller.user(), caller.requestId(), action, at);
        events.record(db, caller, action, server, at, changes);
    }
}
