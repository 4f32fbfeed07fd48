package dev.unkai.simulation;

import dev.unkai.cloud.compute.Server.Goal;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server as its owner knows it. */
final class Known {
    private static final Set<Goal> OFF_OR_ON = EnumSet.of(Goal.ACTIVE, Goal.STOPPED);

    final UUID id;
    final String project;

    /** Those whose times are known for certain. */
    final Map<UUID, KnownSchedule> schedules = new LinkedHashMap<>();

    /** What it may be in the end by what was asked last and acknowledged; null when an answer is missing or the guest decided otherwise. */
    @Nullable
    Set<Goal> promised = EnumSet.of(Goal.ACTIVE);

    /** Whether its guest ended in these rough times by an accident: memory that was to be kept may be lost by it. */
    boolean disturbed;

    /** Whether it was ever to be started or stopped by a schedule, or may have been. */
    boolean scheduled;

    Known(UUID id, String project) {
        this.id = id;
        this.project = project;
    }

    /** Whether it may rest in the goal: schedules start and stop what is off or on, or on its way and in trouble. */
    boolean mayBe(Goal goal) {
        Set<Goal> goals = promised;
        return goals == null || goals.contains(goal) || scheduled && OFF_OR_ON.contains(goal) && !isDeleted();
    }

    boolean mayBeGone() {
        return promised == null || promised.contains(Goal.DELETED);
    }

    /** Nothing takes this back. */
    boolean isDeleted() {
        return promised != null && promised.equals(EnumSet.of(Goal.DELETED));
    }
}
