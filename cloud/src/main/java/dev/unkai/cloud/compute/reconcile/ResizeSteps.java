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
import dev.unkai.cloud.compute.store.ServerProgress;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.placement.Placement;
import dev.unkai.cloud.placement.Placement.Room;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The reconciler's part of a resize: room for both sizes, the new size on a copy of the disk, and what confirming or reverting leaves to
 * be tidied up.
 */
@Component
class ResizeSteps {
    private final MigrationStore migrations;
    private final ServerStore servers;
    private final ServerProgress progress;
    private final ServerDisks disks;
    private final ServerOutcomes outcomes;
    private final Placement placement;
    private final Clock clock;

    ResizeSteps(
            MigrationStore migrations,
            ServerStore servers,
            ServerProgress progress,
            ServerDisks disks,
            ServerOutcomes outcomes,
            Placement placement,
            Clock clock) {
        this.migrations = migrations;
        this.servers = servers;
        this.progress = progress;
        this.disks = disks;
        this.outcomes = outcomes;
        this.placement = placement;
        this.clock = clock;
    }

    /** The server as its host is to be told: in its new size if one was asked for and there is room for it. */
    Server begun(Db db, Server server) {
        if (server.desired().goal() != Goal.RESIZED) {
            return server;
        }
        Optional<Migration> asked = migrations.open(db, server.id()).filter(one -> one.status() == Status.QUEUED);
        if (asked.isEmpty()) {
            return server;
        }
        Migration migration = asked.get();
        Instant now = clock.instant();
        Room both = room(migration.oldSize()).beside(room(migration.newSize()));
        if (migration.type() == Migration.Type.RESIZE
                && placement.resize(db, server.id(), migration.source().id(), both)) {
            migrations.target(db, migration.id(), migration.source(), Status.MIGRATING, now);
            disks.save(
                    db,
                    server.id(),
                    server.projectId(),
                    disks.of(db, server.id()).copied());
            servers.resize(db, server.id(), migration.newSize(), now);
            servers.work(db, server.id(), Task.RESIZE_FINISH, now);
            servers.bootAnew(db, server.id(), RebootKind.SOFT);
        } else {
            giveUp(db, server, migration, now);
        }
        return progress.lock(db, server.id()).orElseThrow();
    }

    private void giveUp(Db db, Server server, Migration migration, Instant now) {
        String sentence = "No valid host was found. "
                + (migration.type() == Migration.Type.RESIZE
                        ? "The server's host has no room for the flavor "
                                + migration.newSize().flavorName()
                                + " beside the present one until the resize is confirmed."
                        : "No other host can take the server.");
        migrations.fail(db, migration.id(), Status.ERROR, sentence, now);
        servers.aim(db, server.id(), migration.ran() ? Goal.ACTIVE : Goal.STOPPED, null, now);
        outcomes.givenUp(db, server, sentence);
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
        placement.resize(db, migration.serverId(), migration.source().id(), room(size));
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
        return new Room(size.vcpus(), size.ramMb(), size.diskGb() + size.ephemeralGb());
    }
}
