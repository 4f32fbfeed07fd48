package dev.unkai.cloud.network.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A project's wish to have packets noted that its security groups judge.
 *
 * @param event {@link #ACCEPT}, {@link #DROP} or {@link #ALL}
 * @param groupId the only group whose ports are watched; null: all of the project
 * @param portId the only port that is watched; null: all of the group
 */
public record FirewallLog(
        UUID id,
        String project,
        String name,
        String description,
        boolean enabled,
        String event,
        @Nullable UUID groupId,
        @Nullable UUID portId,
        Stamp stamp) {
    public static final String ACCEPT = "ACCEPT";
    public static final String DROP = "DROP";
    public static final String ALL = "ALL";

    /** The same wish of another project. */
    public FirewallLog of(String other) {
        return new FirewallLog(id, other, name, description, enabled, event, groupId, portId, stamp);
    }

    public boolean notesDrops() {
        return !event.equals(ACCEPT);
    }

    public boolean notesAccepts() {
        return !event.equals(DROP);
    }

    /** Whether packets that this group judges are to be noted. */
    public boolean covers(SecurityGroup group) {
        return enabled && project.equals(group.project()) && (groupId == null || groupId.equals(group.id()));
    }
}
