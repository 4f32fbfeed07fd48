package dev.unkai.node.hypervisor;

/**
 * The way of one guest to another hypervisor.
 *
 * @param control the socket, as the hypervisor sees it, at which the other hypervisor answers
 * @param memory the socket for the guest's memory; the same path is used at both ends
 * @param blocks the socket for the guest's disk; the same path is used at both ends
 * @param directory where the guest's files lie here
 * @param targetDirectory where they lie at the other host
 * @param bandwidthMib at most so much a second; 0: no limit
 */
public record MigrationRoute(
        String control, String memory, String blocks, String directory, String targetDirectory, long bandwidthMib) {}
