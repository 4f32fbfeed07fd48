package dev.unkai.cloud.compute;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something asked of a server. The message is there when it failed. */
public record InstanceAction(
        long id,
        UUID serverId,
        String projectId,
        @Nullable String userId,
        String requestId,
        String action,
        @Nullable String message,
        Instant startedAt,
        Instant updatedAt) {

    /** One part of carrying it out; unfinished while there is no result ({@code Success} or {@code Error}). */
    public record Event(
            String event,
            @Nullable String hostName,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable String result,
            @Nullable String details) {}
}
