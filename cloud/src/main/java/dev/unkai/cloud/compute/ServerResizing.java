package dev.unkai.cloud.compute;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.compute.Migration.Status;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.Server.RebootKind;
import dev.unkai.cloud.compute.ServerState.Task;
import dev.unkai.cloud.compute.ServerState.Vm;
import dev.unkai.cloud.compute.store.MigrationStore;
import dev.unkai.cloud.compute.store.ServerDisks;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.hosts.Hosts;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * New sizes and new hosts for servers that may be off for a moment: asked for, then confirmed or reverted by the customer. Until then the
 * old disk is kept and the room for both is claimed.
 */
@Component
public class ServerResizing {
    private final Transactions transactions;
    private final Operations operations;
    private final ServerStore store;
    private final ServerDisks disks;
    private final MigrationStore migrations;
    private final Flavors flavors;
    private final Quotas quotas;
    private final Hosts hosts;
    private final Ids ids;
    private final Clock clock;

    ServerResizing(
            Transactions transactions,
            Operations operations,
            ServerStore store,
            ServerDisks disks,
            MigrationStore migrations,
            Flavors flavors,
            Quotas quotas,
            Hosts hosts,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.operations = operations;
        this.store = store;
        this.disks = disks;
        this.migrations = migrations;
        this.flavors = flavors;
        this.quotas = quotas;
        this.hosts = hosts;
        this.ids = ids;
        this.clock = clock;
    }

    /** Asks for the size of another flavor, on the same host where it fits. A smaller disk is refused: nothing shrinks. */
    public void resize(Caller caller, UUID id, String flavorRef, @Nullable String diskConfig) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            Flavor flavor = flavor(db, caller, flavorRef);
            operations.require(server, "resize", Vm.ACTIVE, Vm.STOPPED);
            operations.requireNoMove(db, server, "resize");
            Server.Size size = flavor.size();
            check(server.size(), size);
            quotas.reserveGrowth(db, server, size);
            Instant now = clock.instant();
            if (diskConfig != null) {
                store.describe(db, id, server.naming(), server.access(), diskConfig, now);
            }
            begin(db, caller, server, Migration.Type.RESIZE, size, null, now);
            operations.begin(
                    db, caller, server, "resize", "compute_prep_resize", now, Changes.between(server.size(), size));
        });
    }

    /** The provider moves the server to another host; it is off while its disk goes over. */
    public void migrate(Caller caller, UUID id, @Nullable String host) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            operations.require(server, "migrate", Vm.ACTIVE, Vm.STOPPED);
            operations.requireNoMove(db, server, "migrate");
            checkHost(db, server, host);
            Instant now = clock.instant();
            begin(db, caller, server, Migration.Type.MIGRATION, server.size(), host, now);
            operations.begin(db, caller, server, "migrate", "compute_prep_resize", now);
        });
    }

    /** Stays with the new size; the old disk goes. */
    public void confirm(Caller caller, UUID id) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            operations.require(server, "confirmResize", Vm.RESIZED);
            Instant now = clock.instant();
            confirm(db, server, now);
            store.aim(db, id, server.desired().rests() ? Goal.STOPPED : Goal.ACTIVE, null, now);
            operations.begin(db, caller, server, "confirmResize", "compute_confirm_resize", now);
        });
    }

    /** The way back is gone; whoever calls this gives the server its next goal. */
    void confirm(Db db, Server server, Instant now) {
        migrations.status(db, finished(db, server).id(), Status.CONFIRMING, now);
        disks.save(
                db, server.id(), server.projectId(), disks.of(db, server.id()).confirmed());
    }

    /** Back to the old size, the old host and the old disk, as it was: what was written since is lost. */
    public void revert(Caller caller, UUID id) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            operations.require(server, "revertResize", Vm.RESIZED);
            Migration migration = finished(db, server);
            Instant now = clock.instant();
            quotas.reserveGrowth(db, server, migration.oldSize());
            migrations.status(db, migration.id(), Status.REVERTING, now);
            disks.save(db, id, server.projectId(), disks.of(db, id).reverted());
            store.resize(db, id, migration.oldSize(), now);
            store.aim(db, id, migration.ran() ? Goal.ACTIVE : Goal.STOPPED, Task.RESIZE_REVERTING, now);
            store.bootAnew(db, id, RebootKind.HARD);
            operations.begin(
                    db,
                    caller,
                    server,
                    "revertResize",
                    "compute_revert_resize",
                    now,
                    Changes.between(server.size(), migration.oldSize()));
        });
    }

    private void begin(
            Db db,
            Caller caller,
            Server server,
            Migration.Type type,
            Server.Size size,
            @Nullable String host,
            Instant now) {
        UUID hostId = server.observed().hostId();
        String hostName = server.observed().hostName();
        if (hostId == null || hostName == null) {
            throw Refusal.conflict("Instance " + server.id() + " is not on a host.");
        }
        boolean ran = server.state().vm() == Vm.ACTIVE;
        migrations.insert(
                db,
                new Migration(
                        0,
                        ids.next(),
                        server.id(),
                        server.projectId(),
                        caller.user(),
                        type,
                        Status.QUEUED,
                        new Migration.Place(hostId, hostName),
                        null,
                        host,
                        server.size(),
                        size,
                        ran,
                        false,
                        null,
                        null,
                        null,
                        now,
                        now));
        store.aim(db, server.id(), Goal.RESIZED, Task.RESIZE_PREP, now);
        store.rest(db, server.id(), !ran);
    }

    private Flavor flavor(Db db, Caller caller, String ref) {
        try {
            return flavors.find(db, caller, ref.substring(ref.lastIndexOf('/') + 1));
        } catch (Refusal refusal) {
            throw Refusal.invalid(refusal.sentence());
        }
    }

    private static void check(Server.Size old, Server.Size size) {
        if (size.flavorId().equals(old.flavorId())) {
            throw Refusal.invalid("When resizing, instances must change flavor!");
        }
        if (size.diskGb() == 0) {
            throw Refusal.invalid("Resize to zero disk flavor is not allowed.");
        }
        if (size.ephemeralGb() < old.ephemeralGb()) {
            throw Refusal.invalid("Unable to resize disk down: the server's ephemeral disk has " + old.ephemeralGb()
                    + " GiB, the flavor's " + size.ephemeralGb() + " GiB. Choose a flavor with at least as much.");
        }
        if (size.diskGb() < old.diskGb()) {
            throw Refusal.invalid("Unable to resize disk down: the server's disk has " + old.diskGb()
                    + " GiB, the flavor's " + size.diskGb() + " GiB. Choose a flavor with at least as much.");
        }
    }

    private void checkHost(Db db, Server server, @Nullable String host) {
        if (host == null) {
            return;
        }
        if (host.equals(server.observed().hostName())) {
            throw Refusal.invalid("The target host can't be the same one.");
        }
        if (hosts.list(db).stream().noneMatch(one -> one.name().equals(host))) {
            throw Refusal.invalid("Compute host " + host + " could not be found.");
        }
    }

    private Migration finished(Db db, Server server) {
        return migrations
                .open(db, server.id())
                .filter(one -> one.status() == Status.FINISHED)
                .orElseThrow(() -> Refusal.invalid("Instance has not been resized."));
    }
}
