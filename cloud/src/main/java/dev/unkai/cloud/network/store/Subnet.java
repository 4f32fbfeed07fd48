package dev.unkai.cloud.network.store;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A range of addresses on a network, with what DHCP or router advertisements tell guests about it. */
public record Subnet(
        UUID id,
        String project,
        UUID networkId,
        String name,
        String description,
        int version,
        String cidr,
        @Nullable String gateway,
        boolean dhcp,
        List<String> nameservers,
        List<HostRoute> hostRoutes,
        List<Pool> pools,
        @Nullable String ipv6AddressMode,
        @Nullable String ipv6RaMode,
        List<String> serviceTypes,
        @Nullable UUID poolId,
        List<String> tags,
        Stamp stamp) {
    public static final String SLAAC = "slaac";
    public static final String STATEFUL = "dhcpv6-stateful";
    public static final String STATELESS = "dhcpv6-stateless";

    /** A subnet with a range of its own, not cut from a pool. */
    public Subnet(
            UUID id,
            String project,
            UUID networkId,
            String name,
            String description,
            int version,
            String cidr,
            @Nullable String gateway,
            boolean dhcp,
            List<String> nameservers,
            List<HostRoute> hostRoutes,
            List<Pool> pools,
            @Nullable String ipv6AddressMode,
            @Nullable String ipv6RaMode,
            List<String> serviceTypes,
            List<String> tags,
            Stamp stamp) {
        this(
                id,
                project,
                networkId,
                name,
                description,
                version,
                cidr,
                gateway,
                dhcp,
                nameservers,
                hostRoutes,
                pools,
                ipv6AddressMode,
                ipv6RaMode,
                serviceTypes,
                null,
                tags,
                stamp);
    }

    /** Addresses to give away, both ends included. */
    public record Pool(String start, String end) {}

    public record HostRoute(String destination, String nexthop) {}

    /**
     * Guests make their own address from the prefix and their MAC (RFC 4291 appendix A), so we must too. Either mode says so: what a router
     * advertises is what guests do.
     */
    public boolean autoAddressed() {
        return isAutomatic(ipv6AddressMode) || isAutomatic(ipv6RaMode);
    }

    /** Whether ports whose device is of this owner get an address here without asking; a subnet may be kept for some services. */
    public boolean isFor(String deviceOwner) {
        return serviceTypes.isEmpty() || serviceTypes.contains(deviceOwner);
    }

    private static boolean isAutomatic(@Nullable String mode) {
        return SLAAC.equals(mode) || STATELESS.equals(mode);
    }
}
