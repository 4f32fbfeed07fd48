package dev.unkai.cloud.compute;

import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.Server.RebootKind;
import dev.unkai.cloud.compute.Server.Sight;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A server's state in the words of the Compute API, derived from what should be and what was seen: it is never stored,
 * so it cannot contradict them.
 *
 * @param power the API's number: 0 unknown, 1 running, 4 shut down, 6 crashed
 */
public record ServerState(Status status, Vm vm, @Nullable Task task, int power) {
    /** As shown to people. */
    public enum Status {
        BUILD,
        ACTIVE,
        REBOOT,
        HARD_REBOOT,
        SHUTOFF,
        ERROR,
        DELETED,
        UNKNOWN
    }

    /** What is stable of it. */
    public enum Vm {
        BUILDING,
        ACTIVE,
        STOPPED,
        ERROR,
        DELETED;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is under way. */
    public enum Task {
        SCHEDULING("scheduling"),
        NETWORKING("networking"),
        BLOCK_DEVICE_MAPPING("block_device_mapping"),
        SPAWNING("spawning"),
        POWERING_ON("powering-on"),
        POWERING_OFF("powering-off"),
        REBOOTING("rebooting"),
        REBOOTING_HARD("rebooting_hard"),
        DELETING("deleting");

        private final String wireName;

        Task(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }

        static Task building(@Nullable String step) {
            for (Task task : values()) {
                if (task.wireName.equals(step)) {
                    return task;
                }
            }
            return SPAWNING;
        }
    }

    static ServerState of(Server server) {
        Vm vm = vm(server);
        Task task = task(server, vm);
        return new ServerState(
                status(vm, task), vm, task, power(server.observed().sight()));
    }

    private static Vm vm(Server server) {
        Server.Observed seen = server.observed();
        if (server.isGone()) {
            return Vm.DELETED;
        }
        if (seen.fault() != null) {
            return Vm.ERROR;
        }
        if (seen.launchedAt() == null) {
            return Vm.BUILDING;
        }
        return switch (seen.sight()) {
            case RUNNING -> Vm.ACTIVE;
            // Its host is silent: what was last known stays true until somebody knows better.
            case UNKNOWN -> server.desired().goal() == Goal.STOPPED ? Vm.STOPPED : Vm.ACTIVE;
            case NONE, STOPPED, CRASHED -> Vm.STOPPED;
        };
    }

    private static @Nullable Task task(Server server, Vm vm) {
        Server.Desired desired = server.desired();
        Server.Observed seen = server.observed();
        if (vm == Vm.DELETED) {
            return null;
        }
        if (desired.goal() == Goal.DELETED) {
            return Task.DELETING;
        }
        return switch (vm) {
            case BUILDING -> Task.building(seen.buildStep());
            case ACTIVE -> {
                if (desired.goal() == Goal.STOPPED) {
                    yield Task.POWERING_OFF;
                }
                if (seen.rebootsDone() >= desired.reboots()) {
                    yield null;
                }
                yield desired.rebootKind() == RebootKind.HARD ? Task.REBOOTING_HARD : Task.REBOOTING;
            }
            case STOPPED -> {
                if (desired.goal() == Goal.STOPPED) {
                    yield null;
                }
                // A guest that is off in the middle of its reboot is still rebooting.
                if (seen.rebootsDone() < desired.reboots()) {
                    yield desired.rebootKind() == RebootKind.HARD ? Task.REBOOTING_HARD : Task.REBOOTING;
                }
                yield Task.POWERING_ON;
            }
            case ERROR, DELETED -> null;
        };
    }

    private static Status status(Vm vm, @Nullable Task task) {
        if (task == Task.REBOOTING) {
            return Status.REBOOT;
        }
        if (task == Task.REBOOTING_HARD) {
            return Status.HARD_REBOOT;
        }
        return switch (vm) {
            case BUILDING -> Status.BUILD;
            case ACTIVE -> Status.ACTIVE;
            case STOPPED -> Status.SHUTOFF;
            case ERROR -> Status.ERROR;
            case DELETED -> Status.DELETED;
        };
    }

    private static int power(Sight sight) {
        return switch (sight) {
            case NONE, UNKNOWN -> 0;
            case RUNNING -> 1;
            case STOPPED -> 4;
            case CRASHED -> 6;
        };
    }
}
