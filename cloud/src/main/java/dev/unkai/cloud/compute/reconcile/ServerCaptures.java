package dev.unkai.cloud.compute.reconcile;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.ServerState.Task;
import dev.unkai.cloud.compute.store.ServerProgress;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.hosts.CaptureObserver;
import dev.unkai.cloud.hosts.Captures;
import dev.unkai.cloud.hosts.Captures.Backup;
import dev.unkai.cloud.hosts.Captures.Capture;
import dev.unkai.cloud.image.Snapshots;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;

/**
 * Images of servers' disks on their way: a server is not as desired before they are stored or given up. One that is given up is
 * deleted, and its reason is told with the action that asked for it.
 */
@Component
class ServerCaptures implements CaptureObserver {
    /** Tasks under way while an image is made. */
    static final Set<Task> TASKS = Set.of(
            Task.IMAGE_SNAPSHOT, Task.IMAGE_BACKUP, Task.IMAGE_UPLOADING, Task.SHELVING, Task.SHELVING_IMAGE_UPLOADING);

    private final Transactions transactions;
    private final Captures captures;
    private final Snapshots snapshots;
    private final ServerProgress progress;
    private final ServerStore servers;
    private final ServerOutcomes outcomes;
    private final ShelveSteps shelves;
    private final Clock clock;

    ServerCaptures(
            Transactions transactions,
            Captures captures,
            Snapshots snapshots,
            ServerProgress progress,
            ServerStore servers,
            ServerOutcomes outcomes,
            ShelveSteps shelves,
            Clock clock) {
        this.transactions = transactions;
        this.captures = captures;
        this.snapshots = snapshots;
        this.progress = progress;
        this.servers = servers;
        this.outcomes = outcomes;
        this.shelves = shelves;
        this.clock = clock;
    }

    /** Whether the server still waits for an image of its disk. */
    boolean holds(Db db, Server server) {
        Task work = server.desired().work();
        return work != null
                && TASKS.contains(work)
                && !captures.of(db, server.id()).isEmpty();
    }

    @Override
    public void storing(UUID id) {
        withServer(id, (db, found) -> {
            Task next = found.server.desired().goal() == Goal.SHELVED
                    ? Task.SHELVING_IMAGE_UPLOADING
                    : Task.IMAGE_UPLOADING;
            if (found.server.desired().work() != next) {
                servers.work(db, found.server.id(), next, clock.instant());
            }
        });
    }

    @Override
    public void captured(UUID id, String fault) {
        withServer(id, (db, found) -> {
            if (fault.isEmpty()) {
                stored(db, found);
            } else {
                giveUp(db, found, fault);
            }
        });
    }

    private record Found(Capture capture, Server server) {}

    private void withServer(UUID id, BiConsumer<Db, Found> work) {
        transactions.doAsSystem(db -> captures.find(db, id)
                .ifPresent(capture -> progress.lock(db, capture.serverId())
                        // once more under the server's lock: somebody may have ended it since
                        .filter(server -> captures.find(db, id).isPresent())
                        .ifPresent(server -> work.accept(db, new Found(capture, server)))));
    }

    private void stored(Db db, Found found) {
        Server server = found.server;
        captures.end(db, found.capture.id());
        outcomes.imaged(db, server, found.capture.imageId());
        Backup backup = found.capture.backup();
        if (backup != null) {
            rotate(db, server, backup);
        }
        if (server.desired().goal() == Goal.DELETED) {
            return;
        }
        // The host learns by the new generation that it has nothing more to bring.
        Goal goal = server.desired().goal() == Goal.SHELVED
                ? shelves.stored()
                : server.desired().goal();
        servers.aim(db, server.id(), goal, server.desired().work(), clock.instant());
        db.wake("server");
    }

    /** Deletes the server's oldest backups of the type beyond those to keep. */
    private void rotate(Db db, Server server, Backup backup) {
        List<UUID> all = snapshots.carrying(
                db,
                server.projectId(),
                Map.of(
                        "image_type",
                        "backup",
                        "backup_type",
                        backup.type(),
                        "instance_uuid",
                        server.id().toString()));
        all.stream().skip(backup.rotation()).forEach(image -> snapshots.discard(db, image));
    }

    private void giveUp(Db db, Found found, String sentence) {
        Server server = found.server;
        Instant now = clock.instant();
        captures.end(db, found.capture.id());
        boolean shelving = server.desired().goal() == Goal.SHELVED;
        if (shelving) {
            shelves.forgetImage(db, server);
        } else {
            snapshots.discard(db, found.capture.imageId());
        }
        if (server.desired().goal() == Goal.DELETED) {
            return;
        }
        Goal goal = !shelving ? server.desired().goal() : server.desired().rests() ? Goal.STOPPED : Goal.ACTIVE;
        servers.aim(db, server.id(), goal, null, now);
        outcomes.givenUp(db, server, sentence);
        db.wake("server");
    }

    /** The goal's time is over; true when it was an image that did not come, which is given up. */
    boolean late(Db db, Server server) {
        List<Capture> pending = captures.of(db, server.id());
        pending.forEach(capture ->
                giveUp(db, new Found(capture, server), "The image of the server's disk was not stored in time."));
        return !pending.isEmpty();
    }

    /** The server is deleted: what is not stored yet will not be. */
    void deleted(Db db, Server server) {
        captures.of(db, server.id()).forEach(capture -> {
            captures.end(db, capture.id());
            snapshots.discard(db, capture.imageId());
        });
    }
}
