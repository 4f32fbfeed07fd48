package dev.unkai.cloud.forward;

import dev.unkai.cloud.forward.send.Trouble;
import dev.unkai.wire.event.CadfEvent;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a history is sent to, and how far that has come.
 *
 * @param log whose history: a project's id, or {@link #PROVIDER}
 * @param formerUntil until when a webhook is signed with the secret before as well; null: it is not
 */
public record Destination(
        UUID id,
        String log,
        String name,
        Way way,
        Instant createdAt,
        String createdBy,
        @Nullable Instant formerUntil,
        State state,
        Progress progress) {
    /** The history of what belongs to no customer. */
    public static final String PROVIDER = "provider";

    static final String KIND = "service/forwarding";

    /** Wakes what sends. */
    public static final String CHANNEL = "forwarding";

    /** What is wanted, by its owner or by the receiver. */
    public enum State {
        ACTIVE,
        PAUSED,
        /** The receiver has said that it wants no more. */
        GONE;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static State of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * How far it has come.
     *
     * @param next the place in the history that is sent next
     * @param end the place that the history's next event had when it was last looked at
     * @param parked how many events were left out because they were too large for the receiver; the place of the last one, or null
     * @param deliveredAt when something was taken last; null: never
     * @param waitingSince when the ledger took in the first event that waits; null: none does
     * @param lookAt when it is tried, or looked at, next
     * @param failingSince null: it works
     * @param trouble why the last try failed; null: it did not
     */
    public record Progress(
            long next,
            long end,
            long parked,
            @Nullable Long lastParked,
            @Nullable Instant deliveredAt,
            @Nullable Instant waitingSince,
            Instant lookAt,
            int tries,
            @Nullable Instant failingSince,
            @Nullable Trouble trouble) {}

    public boolean isProviders() {
        return log.equals(PROVIDER);
    }

    /** As events name it: without its address, which may hold more than a name. */
    public CadfEvent.Target target() {
        return target(id, name, log);
    }

    static CadfEvent.Target target(UUID id, String name, String log) {
        return new CadfEvent.Target(id.toString(), KIND, name, log.equals(PROVIDER) ? null : log);
    }
}
