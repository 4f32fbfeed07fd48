package dev.unkai.cloud.compute;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One server of a host that is to be emptied, and what has come of it.
 *
 * @param projectId its owner
 * @param obstacle why it cannot go at present; null when nothing stands in the way
 * @param progress 0 to 100 of the try under way; null when none is
 * @param target the name of the host that it goes or went to
 * @param standstillMillis how long it stood still at the end of its move; null when it did not run, or is not there yet
 */
public record DrainGuest(
        UUID serverId,
        String projectId,
        String name,
        State state,
        @Nullable Obstacle obstacle,
        int tries,
        @Nullable Integer progress,
        @Nullable String target,
        @Nullable Long standstillMillis,
        @Nullable Instant movedAt) {

    public enum State {
        /** Its turn has not come yet, or it was tried and is tried again. */
        WAITING,
        MOVING,
        MOVED,
        /** Something stands in the way; it is looked at again and again. */
        STUCK,
        /** It left the host by itself: deleted, or moved by somebody. */
        GONE;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What stands in the way.
     *
     * @param code a word for programs
     * @param sentence what it is, for people
     * @param next what can be done about it, for people
     */
    public record Obstacle(String code, String sentence, String next) {}
}
