package dev.unkai.cloud.placement;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A host as placement sees it, with what is free for claims (over-commitment and reserve counted in).
 *
 * @param localDisks whether its node makes the disks that a server has beside its own
 */
record Candidate(
        UUID id,
        String name,
        String zone,
        boolean up,
        boolean maintenance,
        @Nullable String project,
        boolean uefi,
        boolean localDisks,
        long freeVcpus,
        long freeMemoryMib,
        long freeDiskGib,
        int guests) {}
