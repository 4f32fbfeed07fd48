package dev.unkai.cloud.compute.reconcile;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.Migration;
import dev.unkai.cloud.compute.Migration.Status;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.Server.RebootKind;
import dev.unkai.cloud.compute.ServerState.Task;
import dev.unkai.cloud.compute.store.MigrationStore;
import dev.unkai.cloud.compute.store.ServerDisks;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.hosts.Guests;
import dev.unkai.cloud.placement.Placement;
import dev.unkai.cloud.placement.Placement.Room;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The reconciler's part of a resize: room for both sizes, the new size on a copy of the disk, and what confirming or reverting leaves to
 * be tidied up.
 */
@Component
class ResizeSteps {
    private final MigrationStore migrations;
    private final ServerStore servers;
    private final Guests guests;
    private final ServerDisks disks;
    private final Placement placement;
    private final Clock clock;

    ResizeSteps(
            MigrationStore migrations,
            ServerStore servers,
            Guests guests,
            ServerDisks disks,
            Placement placement,
            Clock clock) {
        this.migrations = migrations;
        this.servers = servers;
        this.guests = guests;
        this.disks = disks;
        this.placement = placement;
        this.clock = clock;
    }

    /** Begins the new size on the host that the server is on; false when it has no room for it beside the old one, or cannot make its disks. */
    boolean inPlace(Db db, Server server, Migration migration) {
        Instant now = clock.instant();
        if (!server.boot().drives().of(migration.newSize()).isEmpty()
                && !placement.makesLocalDisks(db, migration.source().id())) {
            return false;
        }
        Room both = room(migration.oldSize()).beside(room(migration.newSize()));
        if (!placement.resize(db, server.id(), migration.source().id(), both)) {
            return false;
        }
        migrations.target(db, migration.id(), migration.source(), Status.MIGRATING, now);
        disks.save(
                db, server.id(), server.projectId(), disks.of(db, server.id()).copied());
        servers.resize(db, server.id(), migration.newSize(), now);
        servers.work(db, server.id(), Task.RESIZE_FINISH, now);
        servers.bootAnew(db, server.id(), RebootKind.SOFT);
        return true;
    }

    /** The server has reached its goal; {@code server} is as it was before that. */
    void reached(Db db, Server server) {
        boolean toResized = server.desired().goal() == Goal.RESIZED;
        if (!toResized && server.observed().settled() != Goal.RESIZED) {
            return;
        }
        migrations.open(db, server.id()).ifPresent(migration -> {
            switch (migration.status()) {
                case MIGRATING -> migrations.status(db, migration.id(), Status.FINISHED, clock.instant());
                case CONFIRMING -> end(db, migration, Status.CONFIRMED, migration.newSize());
                case REVERTING -> end(db, migration, Status.REVERTED, migration.oldSize());
                default -> {
                    // waits for the customer, or for another host
                }
            }
        });
    }

    private void end(Db db, Migration migration, Status status, Server.Size size) {
        Migration.Place target = migration.target();
        UUID source = migration.source().id();
        if (target == null || target.id().equals(source)) {
            placement.resize(db, migration.serverId(), source, room(size));
        } else if (status == Status.CONFIRMED) {
            guests.remove(db, migration.serverId(), source); // what was kept there to go back to
        }
        migrations.status(db, migration.id(), status, clock.instant());
    }

    /** The server is deleted: so is the question whether to confirm. */
    void deleted(Db db, Server server) {
        migrations
                .open(db, server.id())
                .ifPresent(migration -> migrations.status(
                        db,
                        migration.id(),
                        migration.status() == Status.FINISHED ? Status.CONFIRMED : Status.CANCELLED,
                        clock.instant()));
    }

    static Room room(Server.Size size) {
        return new Room(size.vcpus(), size.ramMb(), size.claimedDiskGb());
    }
}
