package dev.unkai.cloud.compute;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.compute.Migration.Status;
import dev.unkai.cloud.compute.Migration.Type;
import dev.unkai.cloud.compute.ServerState.Task;
import dev.unkai.cloud.compute.ServerState.Vm;
import dev.unkai.cloud.compute.store.MigrationStore;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.hosts.Hosts;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Servers that go to another host while they run: asked for, watched, hastened, given up. The provider's only. */
@Component
public class ServerMoving {
    private static final Set<Status> IN_PROGRESS =
            Set.of(Status.QUEUED, Status.PREPARING, Status.RUNNING, Status.POST_MIGRATING);

    private final Transactions transactions;
    private final Operations operations;
    private final Servers servers;
    private final ServerStore store;
    private final MigrationStore migrations;
    private final Hosts hosts;
    private final Ids ids;
    private final Clock clock;

    ServerMoving(
            Transactions transactions,
            Operations operations,
            Servers servers,
            ServerStore store,
            MigrationStore migrations,
            Hosts hosts,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.operations = operations;
        this.servers = servers;
        this.store = store;
        this.migrations = migrations;
        this.hosts = hosts;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param host by name; null: any that fits
     * @param withDisk whether the disk goes too. It has to: hosts share no storage. Looked at last, as the reference's hosts look at it
     */
    public void live(Caller caller, UUID id, @Nullable String host, boolean withDisk) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            operations.require(server, "os-migrateLive", Vm.ACTIVE, Vm.PAUSED);
            operations.requireNoMove(db, server, "os-migrateLive");
            if (host != null && host.equals(server.observed().hostName())) {
                throw Refusal.invalid("Unable to migrate instance (" + id + ") to current host (" + host + ").");
            }
            if (host != null
                    && hosts.list(db).stream().noneMatch(one -> one.name().equals(host))) {
                throw Refusal.invalid("Compute host " + host + " could not be found.");
            }
            if (!withDisk) {
                throw Refusal.invalid(
                        "The server's disk is not on shared storage: Shared storage live-migration requires"
                                + " either shared storage or boot-from-volume with no local disks. Use block_migration true or auto.");
            }
            begin(db, server, caller.user(), Type.LIVE_MIGRATION, host, null);
            operations.begin(db, caller, server, "live-migration", "compute_live_migration", clock.instant());
        });
    }

    /**
     * For a host that is to be emptied: begins, for the provider, the move of a server that the transaction has locked. One that runs or is
     * paused goes as it is, one that is off with its disk alone.
     *
     * @return the migration's id
     * @throws Refusal when it cannot go as it is now
     */
    public long forDrain(Db db, Server server, UUID drain) {
        operations.require(server, "migrate", Vm.ACTIVE, Vm.PAUSED, Vm.STOPPED, Vm.SOFT_DELETED);
        operations.requireNoMove(db, server, "migrate");
        boolean live = server.state().vm() == Vm.ACTIVE || server.state().vm() == Vm.PAUSED;
        Type type = live ? Type.LIVE_MIGRATION : Type.MIGRATION;
        long migration = begin(db, server, server.userId(), type, null, drain);
        String action = live ? "live-migration" : "migrate";
        operations.beginBySystem(
                db, server, "req-" + ids.next(), action, "compute_" + action.replace('-', '_'), clock.instant());
        return migration;
    }

    private long begin(Db db, Server server, String user, Type type, @Nullable String host, @Nullable UUID drain) {
        UUID hostId = server.observed().hostId();
        String hostName = server.observed().hostName();
        if (hostId == null || hostName == null) {
            throw Refusal.conflict("Instance " + server.id() + " is not on a host.");
        }
        Instant now = clock.instant();
        long migration = migrations.insert(
                db,
                new Migration(
                        0,
                        ids.next(),
                        server.id(),
                        server.projectId(),
                        user,
                        type,
                        Status.QUEUED,
                        new Migration.Place(hostId, hostName),
                        null,
                        host,
                        server.size(),
                        server.size(),
                        server.state().vm() == Vm.ACTIVE,
                        false,
                        null,
                        null,
                        drain,
                        now,
                        now));
        store.aim(db, server.id(), server.desired().goal(), Task.MIGRATING, now);
        return migration;
    }

    /** The live migrations of the server that are in progress. */
    public List<Migration> inProgress(Caller caller, UUID id) {
        return transactions.asCaller(caller, db -> {
            servers.find(db, id);
            return migrations.open(db, id).stream()
                    .filter(ServerMoving::isInProgress)
                    .toList();
        });
    }

    public Migration show(Caller caller, UUID id, long migration) {
        return transactions.asCaller(caller, db -> {
            servers.find(db, id);
            Migration found = find(db, id, migration);
            if (found.type() != Type.LIVE_MIGRATION) {
                throw Refusal.notFound("Migration " + migration + " for server " + id + " is not live-migration.");
            }
            if (!isInProgress(found)) {
                throw Refusal.notFound("Live migration " + migration + " for server " + id + " is not in progress.");
            }
            return found;
        });
    }

    private Migration find(Db db, UUID id, long migration) {
        return migrations
                .find(db, id, migration)
                .orElseThrow(() -> Refusal.notFound(
                        "In-progress live migration " + migration + " is not found for server " + id + "."));
    }

    private static boolean isInProgress(Migration migration) {
        return migration.type() == Type.LIVE_MIGRATION && IN_PROGRESS.contains(migration.status());
    }

    /** Gives the migration up; the server runs on where it is. One that is over all the same stays so. */
    public void abort(Caller caller, UUID id, long migration, boolean alsoQueued) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            Migration found = find(db, id, migration);
            requireMigrating(server, "abort live migration");
            Set<Status> abortable =
                    alsoQueued ? Set.of(Status.QUEUED, Status.PREPARING, Status.RUNNING) : Set.of(Status.RUNNING);
            if (!abortable.contains(found.status())) {
                throw Refusal.invalid("Migration " + migration + " state of instance " + id + " is "
                        + found.status().wireName()
                        + ". Cannot abort live migration while the migration is in this state.");
            }
            Instant now = clock.instant();
            migrations.status(db, migration, Status.CANCELLING, now);
            store.aim(db, id, server.desired().goal(), Task.MIGRATING, now);
            operations.begin(db, caller, server, "live_migration_cancel", "compute_live_migration_abort", now);
        });
    }

    /** Lets the server stand still until the migration is over. */
    public void forceComplete(Caller caller, UUID id, long migration) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            requireMigrating(server, "force_complete");
            Migration found = migrations
                    .find(db, id, migration)
                    .orElseThrow(() ->
                            Refusal.invalid("Migration " + migration + " for instance " + id + " could not be found."));
            if (found.status() != Status.RUNNING) {
                throw Refusal.invalid("Migration " + migration + " state of instance " + id + " is "
                        + found.status().wireName() + ". Cannot force_complete while the migration is in this state.");
            }
            Instant now = clock.instant();
            migrations.forceComplete(db, migration, now);
            store.aim(db, id, server.desired().goal(), Task.MIGRATING, now);
            operations.done(db, caller, server, "live_migration_force_complete", now, Changes.NONE);
            db.wake("server");
        });
    }

    private static void requireMigrating(Server server, String action) {
        ServerState state = server.state();
        if (state.task() != Task.MIGRATING) {
            throw Refusal.conflict("Cannot '" + action + "' instance " + server.id() + " while it is in task_state "
                    + (state.task() == null ? "None" : state.task().wireName()));
        }
    }

    /** All migrations that the filter lets through, newest first. */
    public List<Migration> list(Caller caller, MigrationStore.Filter filter) {
        return transactions.asCaller(
                caller,
                db -> migrations
                        .list(db, filter)
                        .orElseThrow(() -> Refusal.invalid("Marker " + filter.marker() + " could not be found.")));
    }
}
