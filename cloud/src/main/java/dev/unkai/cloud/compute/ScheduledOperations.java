package dev.unkai.cloud.compute;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.Server.RebootKind;
import dev.unkai.cloud.compute.ServerState.Task;
import dev.unkai.cloud.compute.ServerState.Vm;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.hosts.Captures.Backup;
import dev.unkai.wire.event.CadfEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a schedule does to a server: as its customer would, in the transaction of the schedule and under its name. */
@Component
public class ScheduledOperations {
    private final Operations operations;
    private final ServerStore store;
    private final ServerImaging imaging;

    ScheduledOperations(Operations operations, ServerStore store, ServerImaging imaging) {
        this.operations = operations;
        this.store = store;
        this.imaging = imaging;
    }

    public enum Action {
        START,
        STOP,
        /** By the guest's own leave. */
        REBOOT,
        /** An image of the disk. */
        SNAPSHOT
    }

    /**
     * One time of a schedule.
     *
     * @param user who made the schedule
     * @param keep how many of the schedule's images to keep
     */
    public record Order(UUID schedule, String name, String user, String requestId, Action action, int keep) {
        CadfEvent.Initiator initiator(String project) {
            return new CadfEvent.Initiator(schedule.toString(), CadfEvent.SCHEDULE, name, project, null, null);
        }
    }

    public sealed interface Outcome {
        /** @param image that a snapshot makes, else null */
        record Begun(@Nullable UUID image) implements Outcome {}

        /** The server is so already. */
        record Unneeded() implements Outcome {}

        /** Something else is under way that will end by itself. */
        record Busy() implements Outcome {}
    }

    /** The server, locked; empty when it is gone or on its way out. */
    public Optional<Server> lock(Db db, UUID server) {
        return store.lock(db, server)
                .filter(found -> !found.isGone() && found.desired().goal() != Goal.DELETED);
    }

    /** Carries the order out as far as rows go; a refusal is thrown before anything has changed. */
    public Outcome perform(Db db, Server server, Order order, Instant now) {
        if (server.lock() != null) {
            throw Refusal.conflict("Instance " + server.id() + " is locked. Unlock it first.");
        }
        ServerState state = server.state();
        if (state.task() != null) {
            return new Outcome.Busy();
        }
        return switch (order.action()) {
            case START -> start(db, server, state, order, now);
            case STOP -> stop(db, server, state, order, now);
            case REBOOT -> reboot(db, server, order, now);
            case SNAPSHOT -> snapshot(db, server, order, now);
        };
    }

    /** Records that a schedule's time passed without effect: it failed, or nobody was there. */
    public void refused(Db db, Server server, Order order, String code, String reason, Instant now) {
        db.record(event(server, order, now).failed(code, reason));
    }

    private Outcome start(Db db, Server server, ServerState state, Order order, Instant now) {
        if (state.vm() == Vm.ACTIVE) {
            return new Outcome.Unneeded();
        }
        operations.require(server, "start", Vm.STOPPED);
        store.desire(db, server.id(), Goal.ACTIVE, now);
        return begin(db, server, order, "start", "compute_start_instance", now);
    }

    private Outcome stop(Db db, Server server, ServerState state, Order order, Instant now) {
        if (state.vm() == Vm.STOPPED) {
            return new Outcome.Unneeded();
        }
        operations.require(server, "stop", Vm.ACTIVE, Vm.ERROR);
        store.desire(db, server.id(), Goal.STOPPED, now);
        return begin(db, server, order, "stop", "compute_stop_instance", now);
    }

    private Outcome reboot(Db db, Server server, Order order, Instant now) {
        operations.require(server, "reboot", Vm.ACTIVE);
        store.reboot(db, server.id(), RebootKind.SOFT, false, now);
        return begin(db, server, order, "reboot", "compute_reboot_instance", now);
    }

    private Outcome snapshot(Db db, Server server, Order order, Instant now) {
        operations.require(server, "createBackup", Vm.ACTIVE, Vm.STOPPED, Vm.PAUSED, Vm.SUSPENDED);
        Backup backup = new Backup("schedule " + order.schedule(), order.keep());
        Map<String, String> own = new LinkedHashMap<>();
        own.put("image_type", "backup");
        own.put("backup_type", backup.type());
        String name =
                server.naming().name() + " " + now.toString().substring(0, 16).replace('T', ' ') + "Z";
        UUID image = imaging.announce(db, order.user(), server, name, own, backup, now);
        store.aim(db, server.id(), server.desired().goal(), Task.IMAGE_BACKUP, now);
        begin(db, server, order, "createBackup", "compute_snapshot_instance", now);
        return new Outcome.Begun(image);
    }

    private Outcome begin(Db db, Server server, Order order, String action, String event, Instant now) {
        operations.begin(db, server, order.user(), order.requestId(), action, event, now);
        db.record(event(server, order, now));
        return new Outcome.Begun(null);
    }

    private static CadfEvent event(Server server, Order order, Instant now) {
        String action = switch (order.action()) {
            case START -> "start";
            case STOP -> "stop";
            case REBOOT -> "reboot";
            case SNAPSHOT -> "createBackup";
        };
        CadfEvent.Target target = new CadfEvent.Target(
                server.id().toString(), "compute/server", server.naming().name(), server.projectId());
        return CadfEvent.by(order.initiator(server.projectId()), action, target, now, order.requestId());
    }
}
