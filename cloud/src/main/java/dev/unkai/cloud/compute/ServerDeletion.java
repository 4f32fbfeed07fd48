package dev.unkai.cloud.compute;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.ServerState.Task;
import dev.unkai.cloud.compute.ServerState.Vm;
import dev.unkai.cloud.compute.store.DeletionStore;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Servers that go: at once, or restorably for as long as the deployment says ({@code unkai.compute.reclaim-after}; zero:
 * at once, as the reference does unless told otherwise). A protected server stays.
 */
@Component
public class ServerDeletion {
    private static final Set<Task> UNDER_WAY = Set.of(
            Task.RESIZE_PREP,
            Task.RESIZE_MIGRATING,
            Task.RESIZE_MIGRATED,
            Task.RESIZE_FINISH,
            Task.RESIZE_REVERTING,
            Task.SHELVING,
            Task.SHELVING_IMAGE_UPLOADING,
            Task.SHELVING_OFFLOADING);

    private final Transactions transactions;
    private final Operations operations;
    private final ServerStore store;
    private final DeletionStore deletions;
    private final ServerResizing resizing;
    private final ServerEvents events;
    private final Quotas quotas;
    private final Clock clock;
    private final Duration reclaimAfter;

    ServerDeletion(
            Transactions transactions,
            Operations operations,
            ServerStore store,
            DeletionStore deletions,
            ServerResizing resizing,
            ServerEvents events,
            Quotas quotas,
            Clock clock,
            @Value("${unkai.compute.reclaim-after:0s}") Duration reclaimAfter) {
        this.transactions = transactions;
        this.operations = operations;
        this.store = store;
        this.deletions = deletions;
        this.resizing = resizing;
        this.events = events;
        this.quotas = quotas;
        this.clock = clock;
        this.reclaimAfter = reclaimAfter;
    }

    /** Deletes the server whatever it is doing; again asked, nothing more happens. */
    public void delete(Caller caller, UUID id) {
        transactions.doAsCaller(caller, db -> {
            Server server = opened(db, caller, id);
            Goal goal = server.desired().goal();
            if (goal == Goal.DELETED || goal == Goal.SOFT_DELETED) {
                return;
            }
            if (isWorthKeeping(server)) {
                Instant now = clock.instant();
                requireAtRest(server);
                if (server.state().vm() == Vm.RESIZED) {
                    resizing.confirm(db, server, now); // as the reference does: the way back is gone with the server
                }
                deletions.keepUntil(db, id, now.plus(reclaimAfter));
                store.desire(db, id, Goal.SOFT_DELETED, now);
                operations.begin(db, caller, server, "delete", "compute_soft_delete_instance", now);
            } else {
                deleteNow(db, caller, server);
            }
        });
    }

    /** Deletes the server at once, also one that could still be restored. */
    public void deleteNow(Caller caller, UUID id) {
        transactions.doAsCaller(caller, db -> {
            Server server = opened(db, caller, id);
            if (server.desired().goal() != Goal.DELETED) {
                deleteNow(db, caller, server);
            }
        });
    }

    /** Starts a server again that was deleted restorably. */
    public void restore(Caller caller, UUID id) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            operations.require(server, "restore", Vm.SOFT_DELETED);
            quotas.reserveReturn(db, server);
            Instant now = clock.instant();
            deletions.keep(db, id);
            store.desire(db, id, Goal.ACTIVE, now);
            operations.begin(db, caller, server, "restore", "compute_restore_instance", now);
        });
    }

    public boolean isProtected(Caller caller, UUID id) {
        return transactions.asCaller(caller, db -> {
            if (store.find(db, id).isEmpty()) {
                throw Servers.notFound(id);
            }
            return deletions.isProtected(db, id);
        });
    }

    /** Protects the server against deletion, or ends that; refuses for one that is being deleted. */
    public void protect(Caller caller, UUID id, boolean protect) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            Goal goal = server.desired().goal();
            if (protect && (goal == Goal.DELETED || goal == Goal.SOFT_DELETED)) {
                throw Refusal.conflict("Instance " + id + " is being deleted: it is too late to protect it.");
            }
            if (deletions.isProtected(db, id) != protect) {
                deletions.protect(db, id, protect);
                events.record(
                        db,
                        caller,
                        protect ? "protect" : "unprotect",
                        server,
                        clock.instant(),
                        Changes.of("delete_protection", !protect, protect));
            }
        });
    }

    /** One that goes elsewhere or away just now would come back from there and undo the deletion. */
    private static void requireAtRest(Server server) {
        Task task = server.state().task();
        if (task != null && UNDER_WAY.contains(task)) {
            throw Refusal.conflict("Cannot 'delete' instance " + server.id() + " while it is in task_state "
                    + task.wireName() + ". Delete it once that is over, or for good by forceDelete.");
        }
    }

    private Server opened(Db db, Caller caller, UUID id) {
        Server server = operations.open(db, caller, id);
        if (deletions.isProtected(db, id)) {
            throw Refusal.conflict("Instance " + id
                    + " is protected against deletion. Switch its delete protection off first, in the console or by PUT"
                    + " /service/v1/servers/" + id + "/protection.");
        }
        return server;
    }

    /** One that never ran, or of which no host has anything, is not kept for later. */
    private boolean isWorthKeeping(Server server) {
        return reclaimAfter.isPositive()
                && server.observed().launchedAt() != null
                && server.observed().settled() != Goal.SHELVED_OFFLOADED;
    }

    private void deleteNow(Db db, Caller caller, Server server) {
        Instant now = clock.instant();
        store.desire(db, server.id(), Goal.DELETED, now);
        operations.begin(db, caller, server, "delete", "compute_terminate_instance", now);
    }
}
