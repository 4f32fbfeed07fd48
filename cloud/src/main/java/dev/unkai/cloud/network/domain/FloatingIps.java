package dev.unkai.cloud.network.domain;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.network.store.AddressStore;
import dev.unkai.cloud.network.store.AddressStore.Holder;
import dev.unkai.cloud.network.store.FloatingIp;
import dev.unkai.cloud.network.store.FloatingIpStore;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.OvnMarks;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.RouterStore;
import dev.unkai.cloud.network.store.Subnet;
import dev.unkai.cloud.network.store.SubnetStore;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Hands out floating addresses, lays them upon ports and takes them off. */
@Component
public class FloatingIps {
    private final FloatingIpStore store;
    private final AddressStore addresses;
    private final SubnetStore subnets;
    private final RouterStore routers;
    private final Networks networks;
    private final PortAllocation ports;
    private final Quotas quotas;
    private final QosUse qos;
    private final OvnMarks marks;
    private final Trail trail;
    private final Ids ids;

    public FloatingIps(
            FloatingIpStore store,
            AddressStore addresses,
            SubnetStore subnets,
            RouterStore routers,
            Networks networks,
            PortAllocation ports,
            Quotas quotas,
            QosUse qos,
            OvnMarks marks,
            Trail trail,
            Ids ids) {
        this.store = store;
        this.addresses = addresses;
        this.subnets = subnets;
        this.routers = routers;
        this.networks = networks;
        this.ports = ports;
        this.quotas = quotas;
        this.qos = qos;
        this.marks = marks;
        this.trail = trail;
        this.ids = ids;
    }

    public FloatingIp get(Db db, UUID id) {
        return store.listing.find(db, id).orElseThrow(() -> Refusals.notFound("Floating IP", id));
    }

    /**
     * @param wanted its port, if any, is laid upon at once; its router is found here
     * @param subnetId where to take the address from; null: any of the network
     * @param address a certain one (operators only), or null
     */
    public FloatingIp create(
            Db db, Caller caller, FloatingIp wanted, @Nullable UUID subnetId, @Nullable String address) {
        Network network = networks.get(db, wanted.floatingNetworkId());
        if (!network.external()) {
            throw Refusals.invalid(
                    "BadRequest",
                    "Bad floatingip request: Network " + network.id() + " is not a valid external network.");
        }
        qos.check(db, null, wanted.qosPolicyId());
        quotas.claim(db, wanted.project(), Quotas.Resource.FLOATINGIP, 1);
        store.insert(db, wanted);
        take(db, network, wanted, subnetId, address);
        ports.insertFloating(db, ids.next(), wanted);
        if (wanted.portId() != null) {
            settle(db, withAddress(db, wanted));
            ports.tellServer(db, wanted.portId());
        }
        FloatingIp made = get(db, wanted.id());
        trail.record(db, caller, "create", "floatingip", made.id(), made.address(), made.project(), Changes.made(made));
        return made;
    }

    public FloatingIp update(Db db, Caller caller, UUID id, UnaryOperator<FloatingIp> change) {
        FloatingIp before = owned(db, id);
        FloatingIp after = change.apply(before);
        qos.check(db, before.qosPolicyId(), after.qosPolicyId());
        UUID oldRouter = before.routerId();
        if (oldRouter != null) {
            marks.raise(db, Kind.ROUTER, oldRouter);
        }
        boolean moved =
                !Objects.equals(before.portId(), after.portId()) || !Objects.equals(before.fixedIp(), after.fixedIp());
        if (moved) {
            settle(db, after);
            ports.tellServer(db, before.portId());
            ports.tellServer(db, after.portId());
        } else {
            store.update(db, after);
        }
        FloatingIp now = get(db, id);
        trail.record(
                db, caller, "update", "floatingip", id, now.address(), now.project(), Changes.between(before, now));
        return now;
    }

    public void delete(Db db, Caller caller, UUID id) {
        FloatingIp floatingIp = owned(db, id);
        store.delete(db, id);
        ports.tellServer(db, floatingIp.portId());
        UUID router = floatingIp.routerId();
        if (router != null) {
            marks.raise(db, Kind.ROUTER, router);
        }
        trail.record(
                db,
                caller,
                "delete",
                "floatingip",
                id,
                floatingIp.address(),
                floatingIp.project(),
                Changes.gone(floatingIp));
    }

    private FloatingIp owned(Db db, UUID id) {
        if (!store.lock(db, id)) {
            throw Refusals.notFound("Floating IP", id);
        }
        return get(db, id);
    }

    private FloatingIp withAddress(Db db, FloatingIp wanted) {
        FloatingIp stored = get(db, wanted.id());
        return new FloatingIp(
                stored.id(),
                stored.project(),
                stored.description(),
                stored.floatingNetworkId(),
                stored.address(),
                wanted.portId(),
                wanted.fixedIp(),
                null,
                stored.qosPolicyId(),
                stored.tags(),
                stored.stamp());
    }

    private void take(Db db, Network network, FloatingIp wanted, @Nullable UUID subnetId, @Nullable String address) {
        Holder holder = Holder.floatingIp(wanted.project(), wanted.id());
        List<Subnet> offered = subnets.of(db, network.id()).stream()
                .filter(subnet -> subnet.version() == 4
                        && (subnetId == null || subnet.id().equals(subnetId)))
                .toList();
        if (offered.isEmpty()) {
            throw Refusals.invalid(
                    "BadRequest",
                    "Bad floatingip request: Network " + network.id() + " does not contain "
                            + (subnetId == null ? "any IPv4 subnet." : "IPv4 subnet " + subnetId + "."));
        }
        if (address == null) {
            if (offered.stream()
                    .noneMatch(
                            subnet -> addresses.takeAny(db, subnet.id(), holder).isPresent())) {
                throw Refusals.conflict(
                        "IpAddressGenerationFailure",
                        "No more IP addresses available on network " + network.id() + ".");
            }
            return;
        }
        Subnet subnet = offered.stream()
                .filter(one -> Prefix.of(one.cidr()).contains(Ip.of(address)))
                .findFirst()
                .orElseThrow(() -> Refusals.invalid(
                        "InvalidIpForNetwork",
                        "IP address " + address
                                + " is not a valid IP for any of the subnets on the specified network."));
        if (!addresses.take(db, subnet.id(), address, holder)) {
            throw Refusals.conflict(
                    "IpAddressAlreadyAllocated",
                    "IP address " + address + " already allocated in subnet " + subnet.id());
        }
    }

    /** Writes the row with the port, fixed address and router that fit together. */
    private void settle(Db db, FloatingIp wanted) {
        UUID portId = wanted.portId();
        if (portId == null) {
            if (wanted.fixedIp() != null) {
                throw Refusals.invalid(
                        "BadRequest",
                        "Bad floatingip request: fixed_ip_address cannot be specified without a port_id.");
            }
            store.update(db, placed(wanted, null, null, null));
            return;
        }
        Port port = ports.get(db, portId);
        if (!port.project().equals(wanted.project())) {
            throw Refusals.invalid(
                    "BadRequest",
                    "Bad floatingip request: Port " + portId
                            + " is associated with a different project than Floating IP " + wanted.id()
                            + " and therefore cannot be bound.");
        }
        Port.FixedIp fixed = choose(port, wanted.fixedIp());
        UUID router = routers.between(db, fixed.subnetId(), wanted.floatingNetworkId())
                .orElseThrow(() -> new dev.unkai.base.Refusal(
                        dev.unkai.base.Refusal.Kind.NOT_FOUND,
                        "ExternalGatewayForFloatingIPNotFound",
                        "External network " + wanted.floatingNetworkId() + " is not reachable from subnet "
                                + fixed.subnetId() + ". Therefore, cannot associate Port " + portId
                                + " with a Floating IP."));
        try {
            store.update(db, placed(wanted, portId, fixed.address(), router));
        } catch (DuplicateKeyException e) {
            throw Refusals.conflict(
                    "FloatingIPPortAlreadyAssociated",
                    "Cannot associate floating IP " + wanted.address() + " (" + wanted.id() + ") with port " + portId
                            + " using fixed IP " + fixed.address()
                            + ", as that fixed IP already has a floating IP on external network "
                            + wanted.floatingNetworkId() + ".");
        }
        marks.raise(db, Kind.ROUTER, router);
    }

    private static Port.FixedIp choose(Port port, @Nullable String fixedIp) {
        List<Port.FixedIp> possible = port.fixedIps().stream()
                .filter(address -> fixedIp == null
                        ? Ip.of(address.address()).version() == 4
                        : address.address().equals(fixedIp))
                .toList();
        if (fixedIp != null && possible.isEmpty()) {
            throw Refusals.invalid(
                    "BadRequest",
                    "Bad floatingip request: Port " + port.id() + " does not have fixed ip " + fixedIp + ".");
        }
        if (possible.isEmpty()) {
            throw Refusals.invalid(
                    "BadRequest",
                    "Bad floatingip request: Cannot add floating IP to port " + port.id()
                            + " that has no fixed IPv4 addresses.");
        }
        if (possible.size() > 1) {
            throw Refusals.invalid(
                    "BadRequest",
                    "Bad floatingip request: Port " + port.id()
                            + " has multiple fixed IPv4 addresses. Must provide a specific "
                            + "IPv4 address when assigning a floating IP.");
        }
        return possible.getFirst();
    }

    private static FloatingIp placed(
            FloatingIp floatingIp, @Nullable UUID port, @Nullable String fixedIp, @Nullable UUID router) {
        return new FloatingIp(
                floatingIp.id(),
                floatingIp.project(),
                floatingIp.description(),
                floatingIp.floatingNetworkId(),
                floatingIp.address(),
                port,
                fixedIp,
                router,
                floatingIp.qosPolicyId(),
                floatingIp.tags(),
                floatingIp.stamp());
    }
}
