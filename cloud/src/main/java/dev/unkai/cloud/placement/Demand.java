package dev.unkai.cloud.placement;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a server needs of a host.
 *
 * @param project its owner: dedicated hosts take their own customer's servers only
 * @param zone the availability zone asked for; null when any will do
 * @param host the name of the host asked for by the provider; null when any will do
 * @param uefi whether its image boots by UEFI firmware
 * @param localDisks whether it has disks beside its own: nodes of before them would start it without
 */
public record Demand(
        UUID server,
        String project,
        int vcpus,
        long memoryMib,
        long diskGib,
        @Nullable String zone,
        @Nullable String host,
        boolean uefi,
        boolean localDisks,
        Company company) {

    /** How a server wants to stand to others of its group, and the hosts that they are on. */
    public record Company(Wish wish, Set<UUID> hosts) {
        public static final Company NONE = new Company(Wish.NONE, Set.of());

        public Company {
            hosts = Set.copyOf(hosts);
        }
    }

    /** The policies of server groups. */
    public enum Wish {
        NONE,
        TOGETHER,
        APART,
        RATHER_TOGETHER,
        RATHER_APART
    }
}
