package dev.unkai.cloud.compute;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A resize or a move of a server, in the words of the Compute API.
 *
 * @param wantedHost asked for by the provider; null: any
 * @param ran whether the server ran when it was asked for: so it is to be afterwards
 * @param failure why it failed, else null
 * @param drainId the emptying of a host that it is a part of, else null
 */
public record Migration(
        long id,
        UUID uuid,
        UUID serverId,
        String projectId,
        String userId,
        Type type,
        Status status,
        Place source,
        @Nullable Place target,
        @Nullable String wantedHost,
        Server.Size oldSize,
        Server.Size newSize,
        boolean ran,
        boolean forceComplete,
        @Nullable Progress progress,
        @Nullable String failure,
        @Nullable UUID drainId,
        Instant createdAt,
        Instant updatedAt) {

    /** A host. */
    public record Place(UUID id, String name) {}

    /** Whether it is over once the server has arrived; else its customer is to confirm or revert it. */
    public boolean endsByItself() {
        return type == Type.LIVE_MIGRATION || drainId != null;
    }

    public enum Type {
        RESIZE("resize"),
        MIGRATION("migration"),
        LIVE_MIGRATION("live-migration");

        private final String wireName;

        Type(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }

        public static Type of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** How far it is; the reference's names. */
    public enum Status {
        /** Nobody has acted on it. */
        QUEUED("queued", true),
        /** The target makes room (live). */
        PREPARING("preparing", true),
        /** Memory and disk go over (live). */
        RUNNING("running", true),
        /** The disk goes over, or the guest is started anew in its new size. */
        MIGRATING("migrating", true),
        /** The source is tidied up. */
        POST_MIGRATING("post-migrating", true),
        /** Live: over. */
        COMPLETED("completed", false),
        /** The customer is to confirm or revert. */
        FINISHED("finished", true),
        CONFIRMING("confirming", true),
        CONFIRMED("confirmed", false),
        REVERTING("reverting", true),
        REVERTED("reverted", false),
        /** It is to stay where it was; the source has not said yet that it does. */
        CANCELLING("cancelling", true),
        CANCELLED("cancelled", false),
        ERROR("error", false);

        private final String wireName;
        private final boolean open;

        Status(String wireName, boolean open) {
            this.wireName = wireName;
            this.open = open;
        }

        public String wireName() {
            return wireName;
        }

        /** Whether something is still to be done, by a host or by the customer. */
        public boolean isOpen() {
            return open;
        }

        public static Status of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** Bytes; the downtime is there when it is over. */
    public record Progress(
            long memoryTotal,
            long memoryProcessed,
            long memoryRemaining,
            long diskTotal,
            long diskProcessed,
            long diskRemaining,
            @Nullable Long downtimeMillis) {}
}
