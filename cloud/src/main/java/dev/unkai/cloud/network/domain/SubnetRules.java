package dev.unkai.cloud.network.domain;

import dev.unkai.cloud.network.store.Subnet;
import dev.unkai.cloud.network.store.Subnet.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What makes a subnet sensible: its gateway, its pools and its IPv6 modes fit its range. */
public final class SubnetRules {
    private static final int SLAAC_LENGTH = 64;
    private static final int LONGEST_DHCP_V4 = 30;
    private static final int LONGEST_DHCP_V6 = 126;
    private static final Prefix MULTICAST_V4 = Prefix.of("224.0.0.0/4");
    private static final Prefix MULTICAST_V6 = Prefix.of("ff00::/8");
    private static final Prefix LOOPBACK_V4 = Prefix.of("127.0.0.0/8");
    private static final Prefix LOOPBACK_V6 = Prefix.of("::1/128");

    private SubnetRules() {}

    /** The pools of a subnet whose owner named none: all host addresses but the gateway. */
    public static List<Pool> defaultPools(Prefix prefix, @Nullable String gateway) {
        Ip first = prefix.firstHost();
        Ip last = prefix.lastHost();
        Ip hole = gateway == null ? null : Ip.of(gateway);
        List<Pool> pools = new ArrayList<>();
        if (hole == null || !prefix.contains(hole) || hole.compareTo(first) < 0 || hole.compareTo(last) > 0) {
            pools.add(new Pool(first.toString(), last.toString()));
            return pools;
        }
        if (first.compareTo(hole) < 0) {
            pools.add(new Pool(first.toString(), hole.plus(-1).toString()));
        }
        if (hole.compareTo(last) < 0) {
            pools.add(new Pool(hole.plus(1).toString(), last.toString()));
        }
        return pools;
    }

    public static void check(Subnet subnet) {
        Prefix prefix = Prefix.of(subnet.cidr());
        if (prefix.length() == 0) {
            throw Refusals.invalid("0 is not allowed as CIDR prefix length");
        }
        if (prefix.version() != subnet.version()) {
            throw Refusals.invalid(
                    "cidr '" + subnet.cidr() + "' does not match the ip_version '" + subnet.version() + "'");
        }
        checkModes(subnet, prefix);
        checkDhcp(subnet, prefix);
        String gateway = subnet.gateway();
        if (gateway != null) {
            Ip address = Ip.of(gateway);
            if (!prefix.contains(address) && !linkLocal(address)) {
                throw Refusals.invalid(
                        "Gateway is not valid on subnet: " + gateway + " is not inside of " + subnet.cidr());
            }
            if (prefix.contains(address)
                    && subnet.version() == 4
                    && prefix.length() < 31
                    && (address.equals(prefix.first()) || address.equals(prefix.last()))) {
                throw Refusals.invalid(
                        "Gateway is not valid on subnet: " + gateway + " is its network or broadcast address");
            }
        }
        checkPools(subnet, prefix);
        for (String server : subnet.nameservers()) {
            Ip address = Ip.parse(server)
                    .orElseThrow(
                            () -> Refusals.field("dns_nameservers", "'" + server + "' is not a valid nameserver."));
            if (address.version() != subnet.version()) {
                throw Refusals.invalid(
                        "dns_nameserver '" + server + "' does not match the ip_version '" + subnet.version() + "'");
            }
        }
        for (Subnet.HostRoute route : subnet.hostRoutes()) {
            if (Prefix.of(route.destination()).version() != subnet.version()
                    || Ip.of(route.nexthop()).version() != subnet.version()) {
                throw Refusals.invalid("host_routes must have the IP version of the subnet");
            }
        }
    }

    /** Ranges in which no guest could get a lease. */
    private static void checkDhcp(Subnet subnet, Prefix prefix) {
        if (!subnet.dhcp()) {
            return;
        }
        if (prefix.length() > (subnet.version() == 4 ? LONGEST_DHCP_V4 : LONGEST_DHCP_V6)) {
            throw Refusals.invalid("Subnet has a prefix length that is incompatible with DHCP service enabled");
        }
        if (prefix.overlaps(subnet.version() == 4 ? MULTICAST_V4 : MULTICAST_V6)) {
            throw Refusals.invalid("Multicast IP subnet is not supported if enable_dhcp is True");
        }
        if (prefix.overlaps(subnet.version() == 4 ? LOOPBACK_V4 : LOOPBACK_V6)) {
            throw Refusals.invalid("Loopback IP subnet is not supported if enable_dhcp is True");
        }
        if (subnet.version() == 4 && prefix.first().value().signum() == 0) {
            throw Refusals.invalid("First IP '0.0.0.0' of network is not supported if enable_dhcp is True.");
        }
    }

    private static void checkModes(Subnet subnet, Prefix prefix) {
        String mode = subnet.ipv6AddressMode();
        String advertised = subnet.ipv6RaMode();
        if (subnet.version() == 4) {
            if (mode != null || advertised != null) {
                throw Refusals.invalid("ipv6_ra_mode and ipv6_address_mode are not allowed when ip_version is 4");
            }
            return;
        }
        if (mode != null && advertised != null && !Objects.equals(mode, advertised)) {
            throw Refusals.invalid("ipv6_ra_mode set to '" + advertised + "' with ipv6_address_mode set to '" + mode
                    + "' is not valid. If both attributes are set, they must be the same value");
        }
        if ((mode != null || advertised != null) && !subnet.dhcp()) {
            throw Refusals.invalid("ipv6_ra_mode or ipv6_address_mode cannot be set when enable_dhcp is set to False");
        }
        if (subnet.autoAddressed() && prefix.length() != SLAAC_LENGTH) {
            throw Refusals.invalid(
                    "Invalid CIDR " + subnet.cidr() + " for IPv6 address mode. OpenStack uses the EUI-64 address "
                            + "format, which requires the prefix to be /64");
        }
    }

    private static void checkPools(Subnet subnet, Prefix prefix) {
        List<Pool> pools = subnet.pools();
        for (int i = 0; i < pools.size(); i++) {
            Pool pool = pools.get(i);
            Ip start = Ip.of(pool.start());
            Ip end = Ip.of(pool.end());
            String shown = pool.start() + "-" + pool.end();
            if (start.version() != subnet.version() || end.version() != subnet.version() || start.compareTo(end) > 0) {
                throw Refusals.invalid("InvalidAllocationPool", "The allocation pool " + shown + " is not valid.");
            }
            if (start.compareTo(prefix.firstHost()) < 0 || end.compareTo(prefix.lastHost()) > 0) {
                throw Refusals.invalid(
                        "OutOfBoundsAllocationPool",
                        "The allocation pool " + shown + " spans beyond the subnet cidr " + subnet.cidr() + ".");
            }
            String gateway = subnet.gateway();
            if (gateway != null && within(Ip.of(gateway), start, end)) {
                throw Refusals.conflict(
                        "GatewayConflictWithAllocationPools",
                        "Gateway ip " + gateway + " conflicts with allocation pool " + shown + ".");
            }
            for (Pool other : pools.subList(0, i)) {
                if (start.compareTo(Ip.of(other.end())) <= 0
                        && Ip.of(other.start()).compareTo(end) <= 0) {
                    throw Refusals.conflict(
                            "OverlappingAllocationPools",
                            "Found overlapping allocation pools: " + other.start() + "-" + other.end() + ", " + shown
                                    + " for subnet " + subnet.cidr() + ".");
                }
            }
        }
    }

    private static boolean within(Ip address, Ip start, Ip end) {
        return start.compareTo(address) <= 0 && address.compareTo(end) <= 0;
    }

    private static boolean linkLocal(Ip address) {
        return address.version() == 6 && Prefix.of("fe80::/10").contains(address);
    }
}
