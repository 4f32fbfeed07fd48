package dev.unkai.node.hypervisor;

/** How far a job is, in bytes; memory is a part of the total. */
public record JobProgress(
        long total, long done, long remaining, long memoryTotal, long memoryDone, long memoryRemaining) {}
