package dev.unkai.cloud.compute.schedule;

import dev.unkai.cloud.compute.ScheduledOperations.Action;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A server's schedule.
 *
 * @param dueAt when it acts next; null: it is paused, or its only date is over
 */
public record Schedule(
        UUID id,
        UUID serverId,
        String projectId,
        String userId,
        Setting setting,
        @Nullable Instant dueAt,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * What the customer sets.
     *
     * @param keep how many of its images to keep; null for all actions but snapshots
     */
    public record Setting(
            String name,
            Action action,
            Timetable timetable,
            @Nullable Integer keep,
            boolean enabled) {}
}
