package dev.unkai.cloud.network.ovn;

import dev.unkai.cloud.network.domain.Prefix;
import dev.unkai.cloud.network.ovsdb.OvsdbValue;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.OvnMarks.Unit;
import dev.unkai.cloud.network.store.Subnet;
import dev.unkai.wire.metadata.MetadataPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** What OVN's own DHCP servers tell guests about a subnet (ovn-nb(5), DHCP_Options). */
final class DhcpOptions {
    private static final String LEASE_SECONDS = "43200";

    private DhcpOptions() {}

    /** Nothing where guests get their addresses otherwise. */
    static List<Wanted> of(Subnet subnet, Network network, String domain) {
        if (!serves(subnet)) {
            return List.of();
        }
        Unit unit = new Unit(Kind.SUBNET, subnet.id());
        return List.of(new Wanted(
                Tables.DHCP,
                unit,
                unit.toString(),
                Map.of(
                        "cidr",
                        OvsdbValue.of(subnet.cidr()),
                        "options",
                        OvsdbValue.of(options(subnet, network, domain))),
                Map.of(),
                List.of()));
    }

    /**
     * What the subnet's guests are told.
     *
     * @param domain of the network's names, ending in a dot
     */
    static Map<String, String> options(Subnet subnet, Network network, String domain) {
        return subnet.version() == 4 ? version4(subnet, network.mtu(), domain) : version6(subnet, domain);
    }

    /**
     * Whom to ask for names. OVN answers for the network's own names whoever is asked, if only the question is sent; so where their owner
     * named no resolver, guests are pointed at an address that always is on their link. Nobody there answers for other names.
     */
    private static List<String> resolvers(Subnet subnet) {
        if (!subnet.nameservers().isEmpty()) {
            return subnet.nameservers();
        }
        return List.of(subnet.version() == 4 ? MetadataPort.ADDRESS : MetadataPort.ADDRESS_V6);
    }

    private static void names(Map<String, String> options, Subnet subnet, String domain) {
        List<String> resolvers = resolvers(subnet);
        if (!resolvers.isEmpty()) {
            options.put("dns_server", "{" + String.join(", ", resolvers) + "}");
        }
        String plain = domain.replaceAll("\\.$", "");
        options.put(subnet.version() == 4 ? "domain_name" : "domain_search", '"' + plain + '"');
    }

    static boolean serves(Subnet subnet) {
        boolean byDhcp = subnet.version() == 4
                || Subnet.STATEFUL.equals(subnet.ipv6AddressMode())
                || Subnet.STATELESS.equals(subnet.ipv6AddressMode());
        return subnet.dhcp() && byDhcp;
    }

    private static Map<String, String> version4(Subnet subnet, int mtu, String domain) {
        Map<String, String> options = new LinkedHashMap<>();
        String gateway = subnet.gateway();
        String server = gateway == null ? Prefix.of(subnet.cidr()).firstHost().toString() : gateway;
        options.put("server_id", server);
        options.put("server_mac", serverMac(subnet.id()));
        options.put("lease_time", LEASE_SECONDS);
        options.put("mtu", String.valueOf(mtu));
        if (gateway != null) {
            options.put("router", gateway);
        }
        names(options, subnet, domain);
        options.put("classless_static_route", routes(subnet));
        return options;
    }

    /** A client that takes this option ignores the router option (RFC 3442), so the gateway is in it too. */
    private static String routes(Subnet subnet) {
        List<String> routes = new ArrayList<>();
        subnet.hostRoutes().forEach(route -> routes.add(route.destination() + "," + route.nexthop()));
        if (subnet.hostRoutes().stream().noneMatch(route -> route.destination().equals(MetadataPort.ADDRESS + "/32"))) {
            routes.add(MetadataPorts.ROUTE);
        }
        String gateway = subnet.gateway();
        if (gateway != null) {
            routes.add("0.0.0.0/0," + gateway);
        }
        return "{" + String.join(", ", routes) + "}";
    }

    private static Map<String, String> version6(Subnet subnet, String domain) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("server_id", serverMac(subnet.id()));
        names(options, subnet, domain);
        if (Subnet.STATELESS.equals(subnet.ipv6AddressMode())) {
            options.put("dhcpv6_stateless", "true");
        }
        return options;
    }

    /** The same for ever, below a prefix that no port gets. */
    private static String serverMac(UUID subnet) {
        int hash = subnet.hashCode();
        return String.format(Locale.ROOT, "fa:16:3f:%02x:%02x:%02x", hash >>> 16 & 255, hash >>> 8 & 255, hash & 255);
    }
}
