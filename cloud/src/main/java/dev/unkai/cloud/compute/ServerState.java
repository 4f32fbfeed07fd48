package dev.unkai.cloud.compute;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A server's state in the words of the Compute API, derived from what should be and what was seen: it is never stored,
 * so it cannot contradict them.
 *
 * @param power the API's number: 0 unknown, 1 running, 3 paused, 4 shut down or suspended, 6 crashed
 */
public record ServerState(Status status, Vm vm, @Nullable Task task, int power) {
    /** As shown to people. */
    public enum Status {
        BUILD,
        ACTIVE,
        REBOOT,
        HARD_REBOOT,
        SHUTOFF,
        PAUSED,
        SUSPENDED,
        RESCUE,
        PASSWORD,
        REBUILD,
        RESIZE,
        VERIFY_RESIZE,
        REVERT_RESIZE,
        MIGRATING,
        SHELVED,
        SHELVED_OFFLOADED,
        SOFT_DELETED,
        ERROR,
        DELETED,
        UNKNOWN
    }

    /** What is stable of it. */
    public enum Vm {
        BUILDING("building"),
        ACTIVE("active"),
        STOPPED("stopped"),
        PAUSED("paused"),
        SUSPENDED("suspended"),
        RESCUED("rescued"),
        RESIZED("resized"),
        SHELVED("shelved"),
        SHELVED_OFFLOADED("shelved_offloaded"),
        SOFT_DELETED("soft-delete"),
        ERROR("error"),
        DELETED("deleted");

        private final String wireName;

        Vm(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
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
        PAUSING("pausing"),
        UNPAUSING("unpausing"),
        SUSPENDING("suspending"),
        RESUMING("resuming"),
        RESCUING("rescuing"),
        UNRESCUING("unrescuing"),
        UPDATING_PASSWORD("updating_password"),
        REBUILDING("rebuilding"),
        REBUILD_BLOCK_DEVICE_MAPPING("rebuild_block_device_mapping"),
        REBUILD_SPAWNING("rebuild_spawning"),
        RESIZE_PREP("resize_prep"),
        RESIZE_MIGRATING("resize_migrating"),
        RESIZE_MIGRATED("resize_migrated"),
        RESIZE_FINISH("resize_finish"),
        RESIZE_REVERTING("resize_reverting"),
        RESIZE_CONFIRMING("resize_confirming"),
        MIGRATING("migrating"),
        IMAGE_SNAPSHOT("image_snapshot"),
        IMAGE_SNAPSHOT_PENDING("image_snapshot_pending"),
        IMAGE_PENDING_UPLOAD("image_pending_upload"),
        IMAGE_UPLOADING("image_uploading"),
        IMAGE_BACKUP("image_backup"),
        SHELVING("shelving"),
        SHELVING_IMAGE_PENDING_UPLOAD("shelving_image_pending_upload"),
        SHELVING_IMAGE_UPLOADING("shelving_image_uploading"),
        SHELVING_OFFLOADING("shelving_offloading"),
        UNSHELVING("unshelving"),
        SOFT_DELETING("soft-deleting"),
        RESTORING("restoring"),
        DELETING("deleting");

        private static final Map<String, Task> BY_NAME =
                Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Task::wireName, Function.identity()));

        private final String wireName;

        Task(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }

        public static Optional<Task> named(String wireName) {
            return Optional.ofNullable(BY_NAME.get(wireName));
        }
    }

    static ServerState of(Server server) {
        return StateDerivation.of(server);
    }
}
