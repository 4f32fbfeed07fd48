package dev.unkai.cloud.network.ovn;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.hosts.Hosts;
import dev.unkai.cloud.network.domain.PortNames;
import dev.unkai.cloud.network.store.AddressGroupStore;
import dev.unkai.cloud.network.store.FirewallLog;
import dev.unkai.cloud.network.store.FirewallLogStore;
import dev.unkai.cloud.network.store.FloatingIp;
import dev.unkai.cloud.network.store.FloatingIpStore;
import dev.unkai.cloud.network.store.Listing;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.NetworkStore;
import dev.unkai.cloud.network.store.OvnMarks;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.OvnMarks.Unit;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.PortPlaces;
import dev.unkai.cloud.network.store.PortStore;
import dev.unkai.cloud.network.store.QosRule;
import dev.unkai.cloud.network.store.QosStore;
import dev.unkai.cloud.network.store.Router;
import dev.unkai.cloud.network.store.RouterStore;
import dev.unkai.cloud.network.store.SecurityGroup;
import dev.unkai.cloud.network.store.SecurityGroupStore;
import dev.unkai.cloud.network.store.Subnet;
import dev.unkai.cloud.network.store.SubnetStore;
import dev.unkai.cloud.network.store.TrunkStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads from our rows what OVN should hold, of some units or of all. */
@Component
class Desired {
    /** @param units all that the rows are the whole of, also those of which nothing is wanted any more */
    record State(Set<Unit> units, List<Wanted> rows) {}

    private final NetworkStore networks;
    private final SubnetStore subnets;
    private final PortStore ports;
    private final PortPlaces portPlaces;
    private final RouterStore routers;
    private final FloatingIpStore floatingIps;
    private final SecurityGroupStore groups;
    private final AddressGroupStore addressGroups;
    private final TrunkStore trunks;
    private final QosStore qos;
    private final PortNames names;
    private final FirewallLogStore logs;
    private final Hosts hosts;

    Desired(
            NetworkStore networks,
            SubnetStore subnets,
            PortStore ports,
            PortPlaces portPlaces,
            RouterStore routers,
            FloatingIpStore floatingIps,
            SecurityGroupStore groups,
            AddressGroupStore addressGroups,
            TrunkStore trunks,
            QosStore qos,
            PortNames names,
            FirewallLogStore logs,
            Hosts hosts) {
        this.networks = networks;
        this.subnets = subnets;
        this.ports = ports;
        this.portPlaces = portPlaces;
        this.routers = routers;
        this.floatingIps = floatingIps;
        this.groups = groups;
        this.addressGroups = addressGroups;
        this.trunks = trunks;
        this.qos = qos;
        this.names = names;
        this.logs = logs;
        this.hosts = hosts;
    }

    /** Changes when hosts come that could carry gateways, or go. */
    String roll(Db db) {
        return hosts.gatewayRoll(db);
    }

    /** The routers whose gateways may be on any host. */
    List<UUID> gatewayRouters(Db db) {
        return routers.withGateway(db);
    }

    /** Everything but the ports, which are many: {@link #ports} reads those. */
    State allButPorts(Db db) {
        return read(db, null);
    }

    /** The next ports by their ids, and the last of them to go on from. */
    record Ports(State state, List<UUID> ids) {}

    Ports ports(Db db, @Nullable UUID after, int most) {
        List<Port> page = ports.listing.next(db, after, most);
        State state = new State(new HashSet<>(), new ArrayList<>());
        addPorts(db, page, state.units(), state.rows());
        return new Ports(state, page.stream().map(Port::id).toList());
    }

    /** With a subnet comes its network, which has a port for metadata only while a subnet gives leases. */
    State of(Db db, Collection<Unit> units) {
        Set<Unit> wider = new HashSet<>(units);
        load(db, subnets.listing, Kind.SUBNET, units)
                .forEach(subnet -> wider.add(new Unit(Kind.NETWORK, subnet.networkId())));
        State read = read(db, wider);
        read.units().addAll(wider);
        return read;
    }

    private State read(Db db, @Nullable Collection<Unit> units) {
        Set<Unit> seen = new HashSet<>();
        List<Wanted> rows = new ArrayList<>();
        List<Network> wantedNetworks = load(db, networks.listing, Kind.NETWORK, units);
        Set<UUID> leasing = subnets.leasingNetworks(
                db, wantedNetworks.stream().map(Network::id).collect(Collectors.toSet()));
        for (Network network : wantedNetworks) {
            seen.add(new Unit(Kind.NETWORK, network.id()));
            rows.addAll(Switches.of(network));
            if (leasing.contains(network.id())) {
                rows.add(MetadataPorts.of(network));
            }
        }
        List<Subnet> wantedSubnets = load(db, subnets.listing, Kind.SUBNET, units);
        Map<UUID, Network> around = byId(
                networks.listing.find(
                        db, wantedSubnets.stream().map(Subnet::networkId).collect(Collectors.toSet())),
                Network::id);
        for (Subnet subnet : wantedSubnets) {
            seen.add(new Unit(Kind.SUBNET, subnet.id()));
            Network network = around.get(subnet.networkId());
            if (network != null) {
                rows.addAll(DhcpOptions.of(subnet, network, names.domain(network)));
            }
        }
        for (var group : load(db, addressGroups.listing, Kind.ADDRESS_GROUP, units)) {
            seen.add(new Unit(Kind.ADDRESS_GROUP, group.id()));
            rows.addAll(Firewall.sets(group));
        }
        List<SecurityGroup> wantedGroups = load(db, groups.listing, Kind.GROUP, units);
        Map<String, List<FirewallLog>> wantedLogs =
                logs
                        .enabled(
                                db,
                                wantedGroups.stream()
                                        .map(SecurityGroup::project)
                                        .collect(Collectors.toSet()))
                        .stream()
                        .collect(Collectors.groupingBy(FirewallLog::project));
        for (SecurityGroup group : wantedGroups) {
            seen.add(new Unit(Kind.GROUP, group.id()));
            rows.addAll(Firewall.of(group, wantedLogs.getOrDefault(group.project(), List.of())));
        }
        if (units != null) {
            addPorts(db, load(db, ports.listing, Kind.PORT, units), seen, rows);
        }
        readRouters(db, units, seen, rows);
        if (units == null || units.contains(Firewall.BASE)) {
            seen.add(Firewall.BASE);
            rows.addAll(Firewall.base());
        }
        return new State(seen, rows);
    }

    private void addPorts(Db db, List<Port> wanted, Set<Unit> seen, List<Wanted> rows) {
        Surroundings surroundings = surroundings(db, wanted);
        for (Port port : wanted) {
            seen.add(new Unit(Kind.PORT, port.id()));
            rows.addAll(SwitchPorts.of(port, surroundings));
        }
    }

    private Surroundings surroundings(Db db, List<Port> wanted) {
        Set<UUID> policies = new HashSet<>();
        for (Port port : wanted) {
            UUID own = port.extras().qosPolicyId();
            UUID policy = own == null ? port.fromNetwork().qosPolicyId() : own;
            if (policy != null) {
                policies.add(policy);
            }
        }
        List<UUID> ids = wanted.stream().map(Port::id).toList();
        return new Surroundings(
                networksOf(db, wanted),
                subnetsOf(db, wanted),
                qos.rules(db, policies),
                ports.virtualParents(db, ids),
                trunks.places(db, ids),
                portPlaces.of(db, ids),
                names);
    }

    private void readRouters(Db db, @Nullable Collection<Unit> units, Set<Unit> seen, List<Wanted> rows) {
        List<Router> wanted = load(db, routers.listing, Kind.ROUTER, units);
        if (wanted.isEmpty()) {
            return;
        }
        Set<UUID> ids = wanted.stream().map(Router::id).collect(Collectors.toSet());
        List<Port> legs = ports.ofRouters(db, ids);
        Set<UUID> outside = wanted.stream()
                .flatMap(router -> {
                    Router.@Nullable Gateway gateway = router.gateway();
                    return gateway == null
                            ? java.util.stream.Stream.of()
                            : java.util.stream.Stream.of(gateway.networkId());
                })
                .collect(Collectors.toSet());
        Map<UUID, Subnet> known = subnetsOf(db, legs);
        Map<UUID, Network> around = networksOf(db, legs);
        // A chassis is named by its host's id.
        List<UUID> chassis = outside.isEmpty() ? List.of() : hosts.gateways(db);
        Map<String, List<Port>> byRouter = legs.stream().collect(Collectors.groupingBy(Port::deviceId));
        Map<UUID, List<FloatingIp>> floating = floatingIps
                .listing
                .where(db, "r.router_id = any(?::uuid[])", List.<Object>of((Object)
                        ids.stream().map(UUID::toString).toArray(String[]::new)))
                .stream()
                .collect(Collectors.groupingBy(one -> java.util.Objects.requireNonNull(one.routerId())));
        Map<UUID, List<QosRule>> rules = qos.rules(
                db,
                floating.values().stream()
                        .flatMap(List::stream)
                        .flatMap(one -> java.util.stream.Stream.ofNullable(one.qosPolicyId()))
                        .collect(Collectors.toSet()));
        for (Router router : wanted) {
            seen.add(new Unit(Kind.ROUTER, router.id()));
            rows.addAll(new RouterRows(
                            router,
                            byRouter.getOrDefault(router.id().toString(), List.of()),
                            known,
                            around,
                            floating.getOrDefault(router.id(), List.of()),
                            rules,
                            chassis)
                    .all());
        }
    }

    private Map<UUID, Network> networksOf(Db db, List<Port> ports) {
        return byId(
                networks.listing.find(db, ports.stream().map(Port::networkId).collect(Collectors.toSet())),
                Network::id);
    }

    private Map<UUID, Subnet> subnetsOf(Db db, List<Port> ports) {
        Set<UUID> ids = ports.stream()
                .flatMap(port -> port.fixedIps().stream())
                .map(Port.FixedIp::subnetId)
                .collect(Collectors.toSet());
        return byId(subnets.listing.find(db, ids), Subnet::id);
    }

    private static <T> List<T> load(Db db, Listing<T> listing, OvnMarks.Kind kind, @Nullable Collection<Unit> units) {
        if (units == null) {
            return listing.where(db, "true", List.of());
        }
        List<UUID> ids =
                units.stream().filter(unit -> unit.kind() == kind).map(Unit::id).toList();
        return listing.find(db, ids);
    }

    private static <T> Map<UUID, T> byId(List<T> rows, Function<T, UUID> id) {
        return rows.stream().collect(Collectors.toMap(id, Function.identity()));
    }
}
