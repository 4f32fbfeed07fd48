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
        List<String> tags,
        Stamp stamp) {
    public static final String SLAAC = "slaac";
    public static final String STATEFUL = "dhcpv6-stateful";
    public static final String STATELESS = "dhcpv6-stateless";

    /** Addresses to give away, both ends included. */
    public record Pool(String start, String end) {}

    public record HostRoute(String destination, String nexthop) {}

    /** Guests make their own address from the prefix and their MAC (RFC 4291 appendix A), so we must too. */
    public boolean autoAddressed() {
        return SLAAC.equals(ipv6AddressMode) || STATELESS.equals(ipv6AddressMode);
    }
}
