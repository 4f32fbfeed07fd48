package dev.unkai.cloud.network.ovn;

import dev.unkai.cloud.network.domain.Prefix;
import dev.unkai.cloud.network.ovsdb.OvsdbValue;
import dev.unkai.cloud.network.store.FloatingIp;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.OvnMarks.Unit;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.QosRule;
import dev.unkai.cloud.network.store.Router;
import dev.unkai.cloud.network.store.Subnet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A router with its legs, routes and address translation as rows of the northbound database. */
final class RouterRows {
    private static final int MOST_CHASSIS = 5;

    private final Router router;
    private final List<Port> legs;
    private final Map<UUID, Subnet> subnets;
    private final Map<UUID, Network> networks;
    private final List<FloatingIp> floatingIps;
    private final Map<UUID, List<QosRule>> rules;
    private final List<UUID> chassis;
    private final Unit unit;
    private final List<Wanted> rows = new ArrayList<>();

    /**
     * @param rules of the floating addresses' QoS policies, by policy
     * @param chassis the hosts that could carry the gateway; a chassis is named by its host's id
     */
    RouterRows(
            Router router,
            List<Port> legs,
            Map<UUID, Subnet> subnets,
            Map<UUID, Network> networks,
            List<FloatingIp> floatingIps,
            Map<UUID, List<QosRule>> rules,
            List<UUID> chassis) {
        this.router = router;
        this.legs = legs;
        this.subnets = subnets;
        this.networks = networks;
        this.floatingIps = floatingIps;
        this.rules = rules;
        this.chassis = chassis;
        this.unit = new Unit(Kind.ROUTER, router.id());
    }

    static String portName(UUID portId) {
        return "lrp-" + portId;
    }

    List<Wanted> all() {
        add(
                Tables.ROUTER,
                "",
                Map.of(
                        "name", OvsdbValue.of("unkai-" + router.id()),
                        "enabled", OvsdbValue.of(router.adminStateUp()),
                        "options",
                                OvsdbValue.of(Map.of(
                                        "always_learn_from_arp_request", "false", "dynamic_neigh_routers", "true"))),
                List.of());
        for (Port leg : legs) {
            port(leg);
        }
        router.routes().forEach(route -> route(route.destination(), route.nexthop()));
        legs.stream()
                .filter(leg -> leg.deviceOwner().equals(Port.ROUTER_GATEWAY))
                .forEach(this::gateway);
        return rows;
    }

    private void port(Port leg) {
        Set<String> prefixes = new LinkedHashSet<>();
        Map<String, String> advertisement = Map.of();
        for (Port.FixedIp address : leg.fixedIps()) {
            Subnet subnet = subnets.get(address.subnetId());
            if (subnet != null) {
                prefixes.add(address.address() + "/" + Prefix.of(subnet.cidr()).length());
                if (subnet.ipv6RaMode() != null && advertisement.isEmpty()) {
                    advertisement = advertisement(subnet, leg);
                }
            }
        }
        if (prefixes.isEmpty()) {
            return; // the schema wants an address; without one there is nothing to route
        }
        add(
                Tables.ROUTER_PORT,
                "/port/" + leg.id(),
                Map.of(
                        "name", OvsdbValue.of(portName(leg.id())),
                        "mac", OvsdbValue.of(leg.mac()),
                        "networks", OvsdbValue.of(prefixes),
                        "ipv6_ra_configs", OvsdbValue.of(advertisement),
                        "options", OvsdbValue.of(Map.of())),
                List.of(new Wanted.Holder(unit.toString(), "ports")));
        if (leg.deviceOwner().equals(Port.ROUTER_GATEWAY)) {
            int priority = 0;
            for (UUID host : ranked()) {
                add(
                        Tables.GATEWAY_CHASSIS,
                        "/chassis/" + leg.id() + "/" + host,
                        Map.of(
                                "name", OvsdbValue.of(portName(leg.id()) + "_" + host),
                                "chassis_name", OvsdbValue.of(host.toString()),
                                "priority", OvsdbValue.of((long) MOST_CHASSIS - priority++)),
                        List.of(new Wanted.Holder(unit + "/port/" + leg.id(), "gateway_chassis")));
            }
        }
    }

    /** The hosts by a rank of this router's own, so that routers spread and yet stay where they are. */
    private List<UUID> ranked() {
        return chassis.stream()
                .sorted(Comparator.comparing(host -> UUID.nameUUIDFromBytes(
                        (router.id().toString() + host).getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .limit(MOST_CHASSIS)
                .toList();
    }

    private Map<String, String> advertisement(Subnet subnet, Port leg) {
        Map<String, String> config = new LinkedHashMap<>();
        String mode = String.valueOf(subnet.ipv6RaMode());
        config.put("address_mode", mode.replace('-', '_'));
        // Towards the outer world nobody must learn our prefixes by advertisement.
        config.put("send_periodic", String.valueOf(!leg.deviceOwner().equals(Port.ROUTER_GATEWAY)));
        String gateway = subnet.gateway();
        if (!subnet.nameservers().isEmpty()) {
            config.put("rdnss", subnet.nameservers().getFirst());
        } else if (gateway != null) {
            config.put("rdnss", gateway); // OVN answers for the network's own names, whoever is asked
        }
        Network network = networks.get(leg.networkId());
        if (network != null) {
            config.put("mtu", String.valueOf(network.mtu()));
        }
        return config;
    }

    private void gateway(Port leg) {
        String outer = null;
        for (Port.FixedIp address : leg.fixedIps()) {
            Subnet subnet = subnets.get(address.subnetId());
            if (subnet != null) {
                String next = subnet.gateway();
                if (next != null) {
                    route(subnet.version() == 4 ? "0.0.0.0/0" : "::/0", next);
                }
                if (subnet.version() == 4 && outer == null) {
                    outer = address.address();
                }
            }
        }
        Router.Gateway gateway = router.gateway();
        if (outer != null && gateway != null && gateway.snat()) {
            for (Port inner : legs) {
                if (inner.deviceOwner().equals(Port.ROUTER_INTERFACE)) {
                    translateOut(inner, outer);
                }
            }
        }
        for (FloatingIp floatingIp : floatingIps) {
            String fixed = floatingIp.fixedIp();
            if (fixed != null) {
                nat("dnat_and_snat", floatingIp.address(), fixed);
                UUID policy = floatingIp.qosPolicyId();
                if (policy != null) {
                    rows.addAll(QosRows.ofFloating(
                            unit,
                            floatingIp.id(),
                            leg.networkId(),
                            leg.id(),
                            floatingIp.address(),
                            rules.getOrDefault(policy, List.of())));
                }
            }
        }
    }

    private void translateOut(Port inner, String outer) {
        for (Port.FixedIp address : inner.fixedIps()) {
            Subnet subnet = subnets.get(address.subnetId());
            if (subnet != null && subnet.version() == 4) {
                nat("snat", outer, subnet.cidr());
            }
        }
    }

    private void nat(String type, String external, String logical) {
        add(
                Tables.NAT,
                "/nat/" + type + "/" + external + "/" + logical,
                Map.of(
                        "type", OvsdbValue.of(type),
                        "external_ip", OvsdbValue.of(external),
                        "logical_ip", OvsdbValue.of(logical)),
                List.of(new Wanted.Holder(unit.toString(), "nat")));
    }

    private void route(String destination, String nexthop) {
        add(
                Tables.ROUTE,
                "/route/" + destination + "/" + nexthop,
                Map.of("ip_prefix", OvsdbValue.of(destination), "nexthop", OvsdbValue.of(nexthop)),
                List.of(new Wanted.Holder(unit.toString(), "static_routes")));
    }

    private void add(String table, String suffix, Map<String, OvsdbValue> columns, List<Wanted.Holder> holders) {
        rows.add(new Wanted(table, unit, unit + suffix, columns, Map.of(), holders));
    }
}
