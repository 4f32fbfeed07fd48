package dev.unkai.node.hypervisor;

/**
 * How far a job is, in bytes; memory is a part of the total.
 *
 * @param pass over the memory; 0 before the first, or where the hypervisor does not tell
 */
public record JobProgress(
        long total, long done, long remaining, long memoryTotal, long memoryDone, long memoryRemaining, long pass) {}
