package dev.unkai.cloud.compute.schedule;

import dev.unkai.cloud.compute.ScheduledOperations.Action;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of one time of a schedule.
 *
 * @param ranAt when it was acted on, or given up
 * @param reason a sentence for the customer; null when all went well
 * @param imageId the image that a snapshot makes, else null
 */
public record ScheduleRun(
        long id,
        UUID scheduleId,
        String scheduleName,
        Action action,
        Instant dueAt,
        Instant ranAt,
        Result result,
        @Nullable String reason,
        String requestId,
        @Nullable UUID imageId) {

    public enum Result {
        /** Begun, and its host is still at it. */
        RUNNING,
        DONE,
        /** The server was so already. */
        UNNEEDED,
        FAILED,
        /** Unkai itself was not there in time. */
        MISSED
    }
}
