package dev.unkai.cloud.compute;

import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.Server.RebootKind;
import dev.unkai.cloud.compute.Server.Sight;
import dev.unkai.cloud.compute.ServerState.Status;
import dev.unkai.cloud.compute.ServerState.Task;
import dev.unkai.cloud.compute.ServerState.Vm;
import org.jspecify.annotations.Nullable;

/**
 * From what should be and what was seen to the words of the Compute API. The stable part follows the goal that was
 * reached last; running and stopped, which a guest changes by itself, follow what was seen. The task is the way from there
 * to the goal. {@code StateSql} says the same in SQL, and a test holds both together.
 */
final class StateDerivation {
    private StateDerivation() {}

    static ServerState of(Server server) {
        Vm vm = vm(server);
        Task task = task(server, vm);
        return new ServerState(
                status(vm, task), vm, task, power(server.observed().sight()));
    }

    private static Vm vm(Server server) {
        Server.Observed seen = server.observed();
        Goal settled = seen.settled();
        if (server.isGone()) {
            return Vm.DELETED;
        }
        if (settled == Goal.SOFT_DELETED) {
            return Vm.SOFT_DELETED;
        }
        if (seen.fault() != null) {
            return Vm.ERROR;
        }
        if (seen.launchedAt() == null) {
            return Vm.BUILDING;
        }
        return switch (settled) {
            case null -> bySight(server);
            case ACTIVE, STOPPED, SOFT_DELETED, DELETED -> bySight(server);
            case PAUSED -> Vm.PAUSED;
            case SUSPENDED -> Vm.SUSPENDED;
            case RESCUED -> Vm.RESCUED;
            case RESIZED -> Vm.RESIZED;
            case SHELVED -> Vm.SHELVED;
            case SHELVED_OFFLOADED -> Vm.SHELVED_OFFLOADED;
        };
    }

    private static Vm bySight(Server server) {
        Server.Desired desired = server.desired();
        Goal known = server.observed().settled() == null
                ? desired.goal()
                : server.observed().settled();
        if (isRebooting(server)) {
            return Vm.ACTIVE; // off for a moment in the middle of it
        }
        return switch (server.observed().sight()) {
            // Paused or suspended before the report that settles it: it is on its way.
            case RUNNING, PAUSED, SUSPENDED -> Vm.ACTIVE;
            // Its host is silent: what was last known stays true until somebody knows better.
            case UNKNOWN -> known == Goal.STOPPED ? Vm.STOPPED : Vm.ACTIVE;
            case NONE, STOPPED, CRASHED -> Vm.STOPPED;
        };
    }

    private static boolean isRebooting(Server server) {
        return server.desired().goal() == Goal.ACTIVE
                && server.observed().rebootsDone() < server.desired().reboots();
    }

    private static @Nullable Task task(Server server, Vm vm) {
        Server.Desired desired = server.desired();
        if (vm == Vm.DELETED) {
            return null;
        }
        if (desired.goal() == Goal.DELETED) {
            return Task.DELETING;
        }
        if (desired.work() != null) {
            return desired.work();
        }
        return switch (vm) {
            case BUILDING -> building(server.observed().buildStep());
            case ERROR, DELETED -> null;
            case ACTIVE, STOPPED, PAUSED, SUSPENDED, RESCUED, RESIZED, SHELVED, SHELVED_OFFLOADED, SOFT_DELETED ->
                way(server, vm);
        };
    }

    private static Task building(@Nullable String step) {
        return step == null ? Task.SPAWNING : Task.named(step).orElse(Task.SPAWNING);
    }

    /** The task that leads from {@code vm} to the goal; null when it is there. */
    private static @Nullable Task way(Server server, Vm vm) {
        return switch (server.desired().goal()) {
            case ACTIVE -> toActive(server, vm);
            case STOPPED -> vm == Vm.STOPPED ? null : vm == Vm.SOFT_DELETED ? Task.RESTORING : Task.POWERING_OFF;
            case PAUSED -> vm == Vm.PAUSED ? null : Task.PAUSING;
            case SUSPENDED -> vm == Vm.SUSPENDED ? null : Task.SUSPENDING;
            case RESCUED -> vm == Vm.RESCUED ? null : Task.RESCUING;
            case RESIZED -> vm == Vm.RESIZED ? null : Task.RESIZE_PREP;
            case SHELVED -> vm == Vm.SHELVED ? null : Task.SHELVING;
            case SHELVED_OFFLOADED -> vm == Vm.SHELVED_OFFLOADED ? null : Task.SHELVING_OFFLOADING;
            case SOFT_DELETED -> vm == Vm.SOFT_DELETED ? null : Task.SOFT_DELETING;
            case DELETED -> Task.DELETING;
        };
    }

    private static @Nullable Task toActive(Server server, Vm vm) {
        if (vm == Vm.RESCUED) {
            return Task.UNRESCUING; // by a reboot, but that is how it is done, not what
        }
        if (isRebooting(server)) {
            return server.desired().rebootKind() == RebootKind.HARD ? Task.REBOOTING_HARD : Task.REBOOTING;
        }
        return switch (vm) {
            case ACTIVE, RESCUED, BUILDING, ERROR, DELETED -> null;
            case STOPPED -> Task.POWERING_ON;
            case PAUSED -> Task.UNPAUSING;
            case SUSPENDED -> Task.RESUMING;
            case RESIZED -> Task.RESIZE_CONFIRMING;
            case SHELVED, SHELVED_OFFLOADED -> Task.UNSHELVING;
            case SOFT_DELETED -> Task.RESTORING;
        };
    }

    /** The table of the reference: status by stable state, save for the tasks that show through. */
    private static Status status(Vm vm, @Nullable Task task) {
        return switch (vm) {
            case BUILDING -> Status.BUILD;
            case ACTIVE ->
                switch (task) {
                    case null -> Status.ACTIVE;
                    case REBOOTING -> Status.REBOOT;
                    case REBOOTING_HARD -> Status.HARD_REBOOT;
                    case UPDATING_PASSWORD -> Status.PASSWORD;
                    case MIGRATING -> Status.MIGRATING;
                    default -> resizing(task) ? Status.RESIZE : rebuilding(task) ? Status.REBUILD : Status.ACTIVE;
                };
            case STOPPED -> resizing(task) ? Status.RESIZE : rebuilding(task) ? Status.REBUILD : Status.SHUTOFF;
            case PAUSED -> task == Task.MIGRATING ? Status.MIGRATING : Status.PAUSED;
            case SUSPENDED -> Status.SUSPENDED;
            case RESCUED -> Status.RESCUE;
            case RESIZED -> task == Task.RESIZE_REVERTING ? Status.REVERT_RESIZE : Status.VERIFY_RESIZE;
            case SHELVED -> Status.SHELVED;
            case SHELVED_OFFLOADED -> Status.SHELVED_OFFLOADED;
            case SOFT_DELETED -> Status.SOFT_DELETED;
            case ERROR -> rebuilding(task) ? Status.REBUILD : Status.ERROR;
            case DELETED -> Status.DELETED;
        };
    }

    private static boolean resizing(@Nullable Task task) {
        return task == Task.RESIZE_PREP
                || task == Task.RESIZE_MIGRATING
                || task == Task.RESIZE_MIGRATED
                || task == Task.RESIZE_FINISH;
    }

    private static boolean rebuilding(@Nullable Task task) {
        return task == Task.REBUILDING || task == Task.REBUILD_BLOCK_DEVICE_MAPPING || task == Task.REBUILD_SPAWNING;
    }

    private static int power(Sight sight) {
        return switch (sight) {
            case NONE, UNKNOWN -> 0;
            case RUNNING -> 1;
            case PAUSED -> 3;
            // suspended to disk, a guest is off: the reference's 7 is for hypervisors that keep it somewhere else
            case STOPPED, SUSPENDED -> 4;
            case CRASHED -> 6;
        };
    }
}
