package dev.unkai.cloud.network.domain;

import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.network.store.AddressStore;
import dev.unkai.cloud.network.store.Estate;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.OvnMarks;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.PortStore;
import dev.unkai.cloud.network.store.Subnet;
import dev.unkai.cloud.network.store.SubnetStore;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** Makes, changes and deletes subnets. */
@Component
public class Subnets {
    private final SubnetStore store;
    private final AddressStore addresses;
    private final PortStore ports;
    private final Networks networks;
    private final Quotas quotas;
    private final OvnMarks marks;
    private final Trail trail;

    public Subnets(
            SubnetStore store,
            AddressStore addresses,
            PortStore ports,
            Networks networks,
            Quotas quotas,
            OvnMarks marks,
            Trail trail) {
        this.store = store;
        this.addresses = addresses;
        this.ports = ports;
        this.networks = networks;
        this.quotas = quotas;
        this.marks = marks;
        this.trail = trail;
    }

    public Subnet get(Db db, UUID id) {
        return store.listing.find(db, id).orElseThrow(() -> Refusals.notFound("Subnet", id));
    }

    /** @param wanted checked by {@link SubnetRules}; its project is the network's */
    public Subnet create(Db db, Caller caller, Subnet wanted) {
        Network network = networks.owned(db, caller, wanted.networkId());
        quotas.claim(db, wanted.project(), Quotas.Resource.SUBNET, 1);
        insert(db, network, wanted);
        if (wanted.autoAddressed()) {
            marks.raise(db, Kind.PORT, addressPresentPorts(db, wanted));
        }
        trail.record(
                db, caller, "create", "subnet", wanted.id(), wanted.name(), wanted.project(), Changes.made(wanted));
        return get(db, wanted.id());
    }

    /** The network must be held, so that no overlapping subnet is made beside this one. */
    public void insert(Db db, Network network, Subnet wanted) {
        SubnetRules.check(wanted);
        for (Subnet other : store.of(db, network.id())) {
            if (Prefix.of(other.cidr()).overlaps(Prefix.of(wanted.cidr()))) {
                throw Refusals.invalid("Requested subnet with cidr: " + wanted.cidr() + " for network: " + network.id()
                        + " overlaps with another subnet.");
            }
        }
        store.insert(db, wanted);
        store.revise(db, wanted.networkId());
        marks.raise(db, Kind.SUBNET, wanted.id());
    }

    public Subnet update(Db db, Caller caller, UUID id, UnaryOperator<Subnet> change) {
        Subnet before = owned(db, caller, id);
        Subnet after = change.apply(before);
        SubnetRules.check(after);
        String gateway = before.gateway();
        if (gateway != null && !Objects.equals(gateway, after.gateway()) && addresses.isTaken(db, id, gateway)) {
            throw Refusals.conflict(
                    "GatewayIpInUse", "Current gateway ip " + gateway + " already in use by a port. Unable to update.");
        }
        store.update(db, after);
        store.revise(db, after.networkId());
        marks.raise(db, Kind.SUBNET, id);
        // What a router advertises and where it sends what it does not know is the subnet's.
        if (!before.nameservers().equals(after.nameservers()) || !Objects.equals(gateway, after.gateway())) {
            marks.raise(db, Kind.ROUTER, store.routers(db, id));
        }
        marks.raise(db, Kind.PORT, store.portsWithOptions(db, id));
        if (before.dhcp() != after.dhcp()) {
            marks.raise(db, Kind.PORT, store.ports(db, id));
        }
        trail.record(db, caller, "update", "subnet", id, after.name(), after.project(), Changes.between(before, after));
        return get(db, id);
    }

    public void delete(Db db, Caller caller, UUID id) {
        Subnet subnet = owned(db, caller, id);
        if (subnet.autoAddressed()) {
            marks.raise(db, Kind.PORT, addresses.giveAll(db, id));
        }
        List<UUID> users = store.somePorts(db, id);
        if (!users.isEmpty()) {
            throw Refusals.conflict(
                    "SubnetInUse",
                    "Unable to complete operation on subnet " + id
                            + ": One or more ports have an IP allocation from this subnet.");
        }
        store.delete(db, id);
        store.revise(db, subnet.networkId());
        marks.raise(db, Kind.SUBNET, id);
        trail.record(db, caller, "delete", "subnet", id, subnet.name(), subnet.project(), Changes.gone(subnet));
    }

    /** Guests that are there give themselves an address of a new prefix without asking, so it is theirs from now on. */
    private List<UUID> addressPresentPorts(Db db, Subnet subnet) {
        Prefix prefix = Prefix.of(subnet.cidr());
        List<Port> present = Estate.whole(
                db,
                () -> ports.listing.where(
                        db, "r.network_id = ? and r.device_owner not like 'network:%'", List.of(subnet.networkId())));
        present.forEach(port -> addresses.take(
                db,
                subnet.id(),
                Macs.autoAddress(prefix, port.mac()).toString(),
                AddressStore.Holder.port(port.project(), port.id())));
        return present.stream().map(Port::id).toList();
    }

    private Subnet owned(Db db, Caller caller, UUID id) {
        Subnet subnet = get(db, id);
        if (!caller.isAdmin() && !subnet.project().equals(caller.project())) {
            throw Refusals.notYours("Subnet", id);
        }
        if (!store.lock(db, id)) {
            throw Refusals.notFound("Subnet", id);
        }
        return get(db, id);
    }
}
