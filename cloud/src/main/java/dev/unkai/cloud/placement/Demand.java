package dev.unkai.cloud.placement;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a server needs of a host.
 *
 * @param project its owner: dedicated hosts take their own customer's servers only
 * @param zone the availability zone asked for; null when any will do
 * @param uefi whether its image boots by UEFI firmware
 */
public record Demand(
        UUID server, String project, int vcpus, long memoryMib, long diskGib, @Nullable String zone, boolean uefi) {}
