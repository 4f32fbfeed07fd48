package dev.unkai.simulation;

import dev.unkai.cloud.compute.Server.Goal;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server as its owner knows it. */
final class Known {
    final UUID id;
    final String project;

    /** What it may be in the end by what was asked last and acknowledged; null when an answer is missing or the guest decided otherwise. */
    @Nullable
    Set<Goal> promised = EnumSet.of(Goal.ACTIVE);

    /** Whether its guest ended in these rough times by an accident: memory that was to be kept may be lost by it. */
    boolean disturbed;

    Known(UUID id, String project) {
        this.id = id;
        this.project = project;
    }

    /** Nothing takes this back. */
    boolean isDeleted() {
        return promised != null && promised.equals(EnumSet.of(Goal.DELETED));
    }
}
