package dev.unkai.cloud.network.domain;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.network.domain.PortWish.AddressWish;
import dev.unkai.cloud.network.store.AddressStore;
import dev.unkai.cloud.network.store.AddressStore.Holder;
import dev.unkai.cloud.network.store.FloatingIp;
import dev.unkai.cloud.network.store.FloatingIpStore;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.OvnMarks;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.PortStore;
import dev.unkai.cloud.network.store.Router;
import dev.unkai.cloud.network.store.RouterStore;
import dev.unkai.cloud.network.store.RouterStore.Leg;
import dev.unkai.cloud.network.store.Subnet;
import dev.unkai.cloud.network.store.SubnetStore;
import dev.unkai.cloud.network.store.TrunkStore;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts a router's legs on subnets and takes them off. */
@Component
public class RouterInterfaces {
    private final Routers routers;
    private final RouterStore store;
    private final PortAllocation allocation;
    private final PortStore ports;
    private final Networks networks;
    private final SubnetStore subnets;
    private final AddressStore addresses;
    private final FloatingIpStore floatingIps;
    private final TrunkStore trunks;
    private final OvnMarks marks;
    private final Trail trail;
    private final Ids ids;

    public RouterInterfaces(
            Routers routers,
            RouterStore store,
            PortAllocation allocation,
            PortStore ports,
            Networks networks,
            SubnetStore subnets,
            AddressStore addresses,
            FloatingIpStore floatingIps,
            TrunkStore trunks,
            OvnMarks marks,
            Trail trail,
            Ids ids) {
        this.routers = routers;
        this.store = store;
        this.allocation = allocation;
        this.ports = ports;
        this.networks = networks;
        this.subnets = subnets;
        this.addresses = addresses;
        this.floatingIps = floatingIps;
        this.trunks = trunks;
        this.marks = marks;
        this.trail = trail;
        this.ids = ids;
    }

    /** A leg on the subnet at its gateway address, or through a port that the customer made. */
    public Leg add(Db db, Caller caller, UUID routerId, @Nullable UUID subnetId, @Nullable UUID portId) {
        Router router = routers.owned(db, routerId);
        if ((subnetId == null) == (portId == null)) {
            throw bad("Either subnet_id or port_id must be specified, and not both");
        }
        Port port = portId != null ? adopt(db, router, portId) : make(db, caller, router, find(db, subnetId));
        trail.recordUse(db, caller, "port", port.id(), port.name(), port.project(), router.project());
        marks.raise(db, Kind.PORT, port.id());
        store.revise(db, routerId);
        marks.raise(db, Kind.ROUTER, routerId);
        Leg leg = store.legs(db, routerId).stream()
                .filter(one -> one.portId().equals(port.id())
                        && (subnetId == null || one.subnetId().equals(subnetId)))
                .findFirst()
                .orElseThrow();
        trail.record(
                db,
                caller,
                "update",
                "router",
                routerId,
                router.name(),
                router.project(),
                Changes.of("interface", null, leg));
        return leg;
    }

    public Leg remove(Db db, Caller caller, UUID routerId, @Nullable UUID subnetId, @Nullable UUID portId) {
        Router router = routers.owned(db, routerId);
        if (subnetId == null && portId == null) {
            throw bad("Either subnet_id or port_id must be specified");
        }
        Leg leg = store.legs(db, routerId).stream()
                .filter(one -> (portId == null || one.portId().equals(portId))
                        && (subnetId == null || one.subnetId().equals(subnetId)))
                .findFirst()
                .orElseThrow(() -> new dev.unkai.base.Refusal(
                        dev.unkai.base.Refusal.Kind.NOT_FOUND,
                        "RouterInterfaceNotFound",
                        "Router " + routerId + " does not have an interface with "
                                + (portId == null ? "subnet " + subnetId : "id " + portId)));
        List<Leg> together = store.legs(db, routerId).stream()
                .filter(one -> one.portId().equals(leg.portId()))
                .toList();
        if (portId == null && together.size() > 1) {
            refuseWhileNeeded(db, router, leg);
            addresses.give(db, leg.portId(), new Port.FixedIp(leg.subnetId(), leg.address()));
            marks.raise(db, Kind.PORT, leg.portId());
        } else {
            together.forEach(one -> refuseWhileNeeded(db, router, one));
            allocation.remove(db, List.of(leg.portId()));
        }
        store.revise(db, routerId);
        marks.raise(db, Kind.ROUTER, routerId);
        trail.record(
                db,
                caller,
                "update",
                "router",
                routerId,
                router.name(),
                router.project(),
                Changes.of("interface", leg, null));
        return leg;
    }

    private Port make(Db db, Caller caller, Router router, Subnet subnet) {
        String gateway = subnet.gateway();
        if (gateway == null) {
            throw bad("Subnet for router interface must have a gateway IP");
        }
        Network network = networks.get(db, subnet.networkId());
        if (!caller.isAdmin() && !network.project().equals(caller.project())) {
            throw Refusals.operatorsOnly("put a router on a network of another project");
        }
        trail.recordUse(db, caller, "network", network.id(), network.name(), network.project(), router.project());
        refuseOverlap(db, router, subnet);
        if (addresses.isTaken(db, subnet.id(), gateway)) {
            throw taken(network, gateway);
        }
        UUID beside = subnet.version() == 6 ? advertising(db, router, subnet) : null;
        if (beside != null) {
            if (!addresses.take(db, subnet.id(), gateway, Holder.port(router.project(), beside))) {
                throw taken(network, gateway);
            }
            return allocation.get(db, beside);
        }
        return allocation.insert(
                db,
                network,
                new PortWish(
                        PortAllocation.blank(
                                ids.next(),
                                router.project(),
                                network.id(),
                                "",
                                router.id().toString(),
                                Port.ROUTER_INTERFACE,
                                null),
                        null,
                        List.of(new AddressWish(subnet.id(), gateway)),
                        List.of(),
                        false));
    }

    /**
     * The leg on which the router advertises prefixes of the network in the same mode already, or null. They go on one, as in the reference: guests take
     * several from one advertisement, but of two legs' advertisements they were seen to take one and to miss the other. A leg has one mode in OVN, so
     * other modes have legs of their own.
     */
    private @Nullable UUID advertising(Db db, Router router, Subnet subnet) {
        return store.legs(db, router.id()).stream()
                .filter(leg -> leg.networkId().equals(subnet.networkId())
                        && Ip.of(leg.address()).version() == 6
                        && Objects.equals(find(db, leg.subnetId()).ipv6RaMode(), subnet.ipv6RaMode()))
                .map(Leg::portId)
                .findFirst()
                .orElse(null);
    }

    private static RuntimeException taken(Network network, String address) {
        return Refusals.conflict(
                "IpAddressInUse",
                "Unable to complete operation for network " + network.id() + ". The IP address " + address
                        + " is in use.");
    }

    private Port adopt(Db db, Router router, UUID portId) {
        Port port = allocation.get(db, portId);
        if (!ports.lock(db, portId)) {
            throw Refusals.notYours("Port", portId);
        }
        if (!port.deviceId().isEmpty()) {
            throw Refusals.conflict(
                    "PortInUse",
                    "Unable to complete operation on port " + portId + " for network " + port.networkId()
                            + ". Port already has an attached device " + port.deviceId() + ".");
        }
        if (trunks.place(db, portId).isPresent()) {
            throw Refusals.conflict(
                    "PortInUse",
                    "Port " + portId + " stands in a trunk, which carries guests' frames. Use another port.");
        }
        if (port.fixedIps().isEmpty()) {
            throw bad("Router port must have at least one fixed IP");
        }
        port.fixedIps().forEach(address -> refuseOverlap(db, router, find(db, address.subnetId())));
        ports.update(db, port.asLegOf(router.id()));
        return allocation.get(db, portId);
    }

    private Subnet find(Db db, @Nullable UUID subnetId) {
        if (subnetId == null) {
            throw bad("subnet_id must be specified");
        }
        return subnets.listing.find(db, subnetId).orElseThrow(() -> Refusals.notFound("Subnet", subnetId));
    }

    private void refuseOverlap(Db db, Router router, Subnet subnet) {
        for (Leg leg : store.legs(db, router.id())) {
            if (leg.subnetId().equals(subnet.id())) {
                throw bad("Router already has a port on subnet " + subnet.id());
            }
            if (Prefix.of(leg.cidr()).overlaps(Prefix.of(subnet.cidr()))) {
                throw bad("Cidr " + subnet.cidr() + " of subnet " + subnet.id() + " overlaps with cidr " + leg.cidr()
                        + " of subnet " + leg.subnetId());
            }
        }
    }

    private void refuseWhileNeeded(Db db, Router router, Leg leg) {
        Prefix range = Prefix.of(leg.cidr());
        for (FloatingIp floatingIp : floatingIps.ofRouter(db, router.id())) {
            String fixed = floatingIp.fixedIp();
            if (fixed != null && range.contains(Ip.of(fixed))) {
                throw Refusals.conflict(
                        "RouterInterfaceInUseByFloatingIP",
                        "Router interface for subnet " + leg.subnetId() + " on router " + router.id()
                                + " cannot be deleted, as it is required by one or more floating IPs.");
            }
        }
        for (Subnet.HostRoute route : router.routes()) {
            if (range.contains(Ip.of(route.nexthop()))) {
                throw Refusals.conflict(
                        "RouterInterfaceInUseByRoute",
                        "Router interface for subnet " + leg.subnetId() + " on router " + router.id()
                                + " cannot be deleted, as it is required by one or more routes.");
            }
        }
    }

    private static RuntimeException bad(String sentence) {
        return Refusals.invalid("BadRequest", "Bad router request: " + sentence + ".");
    }
}
