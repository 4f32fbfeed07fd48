package dev.unkai.cloud.compute.reconcile;

import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.ServerState.Task;
import java.time.Duration;

/** How long each goal may take before the operator is alarmed, and how long to wait between looks. */
final class Patience {
    /** Between two searches for a host while those that fit are silent. */
    static final Duration NEXT_SEARCH = Duration.ofSeconds(2);

    /** So long the search goes on. */
    static final Duration SEARCH = Duration.ofSeconds(60);

    /** A fault that heals within this time is not worth an ERROR. */
    static final Duration FAULT = Duration.ofSeconds(5);

    /** After an unforeseen failure of a step. */
    static final Duration RETRY = Duration.ofSeconds(10);

    /** For the copy of a disk to be made and brought; disks are large. */
    static final Duration IMAGE = Duration.ofHours(2);

    /** For a move to another host, with the disk. */
    static final Duration MOVE = Duration.ofHours(2);

    private Patience() {}

    /** From the host's plan to the goal; a first start may fetch a large image. */
    static Duration goal(Server server) {
        Task work = server.desired().work();
        if (work != null && ServerCaptures.TASKS.contains(work)) {
            return IMAGE;
        }
        if (work == Task.MIGRATING || work == Task.RESIZE_MIGRATING) {
            return MOVE;
        }
        boolean first = server.desired().goal() == Goal.ACTIVE
                && (server.observed().launchedAt() == null || work == Task.REBUILDING || work == Task.UNSHELVING);
        return first ? Duration.ofMinutes(10) : Expectation.of(server).patience();
    }
}
