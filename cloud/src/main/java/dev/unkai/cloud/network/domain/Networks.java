package dev.unkai.cloud.network.domain;

import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.NetworkStore;
import dev.unkai.cloud.network.store.OvnMarks;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.RbacPolicy;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes, changes and deletes networks. */
@Component
public class Networks {
    private final NetworkStore store;
    private final Quotas quotas;
    private final QosUse qos;
    private final OvnMarks marks;
    private final Trail trail;
    private final SecurityGroups groups;
    private final Sharing sharing;

    public Networks(
            NetworkStore store,
            Quotas quotas,
            QosUse qos,
            OvnMarks marks,
            Trail trail,
            SecurityGroups groups,
            Sharing sharing) {
        this.store = store;
        this.quotas = quotas;
        this.qos = qos;
        this.marks = marks;
        this.trail = trail;
        this.groups = groups;
        this.sharing = sharing;
    }

    public Network get(Db db, UUID id) {
        return store.listing.find(db, id).orElseThrow(() -> Refusals.notFound("Network", id));
    }

    /** @param wanted without a number unless an operator asked for one */
    public Network create(Db db, Caller caller, Network wanted) {
        qos.check(db, null, wanted.links().qosPolicyId());
        quotas.claim(db, wanted.project(), Quotas.Resource.NETWORK, 1);
        groups.ensureDefault(db, wanted.project());
        Network made = insert(db, wanted);
        trail.record(db, caller, "create", "network", made.id(), made.name(), made.project(), Changes.made(made));
        return made;
    }

    /** Makes the network and gives it its VLAN or tunnel number. */
    public Network insert(Db db, Network wanted) {
        Network numbered = wanted;
        if (!wanted.networkType().equals(Network.FLAT)) {
            if (wanted.networkType().equals(Network.VLAN)) {
                store.registerVlans(db, String.valueOf(wanted.physicalNetwork()));
            }
            int number = store.takeNumber(db, wanted.networkType(), wanted.physicalNetwork(), wanted.segmentationId())
                    .orElseThrow(() -> noNumber(wanted));
            numbered = with(wanted, number);
        }
        store.insert(db, numbered);
        store.ownNumber(db, numbered);
        if (wanted.shared()) {
            sharing.openToAll(db, RbacPolicy.NETWORK, wanted.id(), wanted.project(), RbacPolicy.SHARED);
        }
        if (wanted.external()) {
            sharing.openToAll(db, RbacPolicy.NETWORK, wanted.id(), wanted.project(), RbacPolicy.EXTERNAL);
        }
        marks.raise(db, Kind.NETWORK, numbered.id());
        return get(db, numbered.id());
    }

    public Network update(Db db, Caller caller, UUID id, UnaryOperator<Network> change) {
        Network before = owned(db, caller, id);
        Network after = change.apply(before);
        if (before.external() && !after.external() && store.hasFloatingIps(db, id)) {
            throw Refusals.conflict(
                    "ExternalNetworkInUse",
                    "External network " + id
                            + " cannot be updated to be made non-external, since it has floating addresses.");
        }
        qos.check(db, before.links().qosPolicyId(), after.links().qosPolicyId());
        share(db, before, after);
        store.update(db, after);
        marks.raise(db, Kind.NETWORK, id);
        boolean renamed = !before.links().dnsDomain().equals(after.links().dnsDomain());
        if (before.mtu() != after.mtu() || renamed) {
            marks.raise(db, Kind.SUBNET, after.subnets());
        }
        boolean limited =
                !Objects.equals(before.links().qosPolicyId(), after.links().qosPolicyId());
        if (before.adminStateUp() != after.adminStateUp()) {
            marks.raise(db, Kind.PORT, store.allPorts(db, id));
        } else if (before.mtu() != after.mtu() || renamed || limited) {
            marks.raise(db, Kind.PORT, store.guestPorts(db, id));
        }
        trail.record(
                db, caller, "update", "network", id, after.name(), after.project(), Changes.between(before, after));
        return get(db, id);
    }

    public void delete(Db db, Caller caller, UUID id) {
        Network network = owned(db, caller, id);
        List<UUID> ports = store.somePorts(db, id);
        if (!ports.isEmpty()) {
            throw Refusals.conflict(
                    "NetworkInUse",
                    "Unable to complete operation on network " + id
                            + ". There are one or more ports still in use on the network, id for these ports is "
                            + String.join(
                                    ",", ports.stream().map(UUID::toString).toList()) + ".");
        }
        if (store.hasFloatingIpsInUse(db, id)) {
            throw Refusals.conflict(
                    "NetworkInUse",
                    "Unable to complete operation on network " + id + ". Floating addresses of it are in use.");
        }
        store.dropIdleFloatingIps(db, id)
                .forEach(lost ->
                        trail.record(db, caller, "delete", "floatingip", lost.id(), "", lost.project(), Changes.NONE));
        sharing.forget(db, RbacPolicy.NETWORK, id);
        store.delete(db, id);
        marks.raise(db, Kind.NETWORK, id);
        marks.raise(db, Kind.SUBNET, network.subnets());
        trail.record(db, caller, "delete", "network", id, network.name(), network.project(), Changes.gone(network));
    }

    /** The network, held against changes; refuses unless it is the caller's own or the caller is an operator. */
    Network owned(Db db, Caller caller, UUID id) {
        Network network = get(db, id);
        if (!caller.isAdmin() && !network.project().equals(caller.project())) {
            throw Refusals.notYours("Network", id);
        }
        if (!store.lock(db, id)) {
            throw Refusals.notFound("Network", id);
        }
        return get(db, id);
    }

    /** Opens the network to all projects or closes it; what single projects were given stays. */
    private void share(Db db, Network before, Network after) {
        UUID id = after.id();
        if (!before.shared() && after.shared()) {
            sharing.openToAll(db, RbacPolicy.NETWORK, id, after.project(), RbacPolicy.SHARED);
        }
        if (before.shared() && !after.shared()) {
            if (!sharing.losersWhenClosed(db, RbacPolicy.NETWORK, id, after.project(), RbacPolicy.SHARED)
                    .isEmpty()) {
                throw Refusals.conflict(
                        "InvalidSharedSetting",
                        "Unable to reconfigure sharing settings for network " + id + ". Other projects are using it.");
            }
            sharing.closeToAll(db, RbacPolicy.NETWORK, id, RbacPolicy.SHARED);
        }
        if (!before.external() && after.external()) {
            sharing.openToAll(db, RbacPolicy.NETWORK, id, after.project(), RbacPolicy.EXTERNAL);
        }
        if (before.external() && !after.external()) {
            sharing.closeAll(db, RbacPolicy.NETWORK, id, RbacPolicy.EXTERNAL);
        }
    }

    private static RuntimeException noNumber(Network wanted) {
        Integer number = wanted.segmentationId();
        if (number != null) {
            return Refusals.conflict(
                    wanted.networkType().equals(Network.VLAN) ? "VlanIdInUse" : "TunnelIdInUse",
                    "Unable to create the network. The number " + number + " is in use or outside of the register.");
        }
        return new dev.unkai.base.Refusal(
                dev.unkai.base.Refusal.Kind.UNAVAILABLE,
                "NoNetworkAvailable",
                "Unable to create the network. No " + wanted.networkType() + " number is free; ask the operator.");
    }

    private static Network with(Network network, @Nullable Integer number) {
        return new Network(
                network.id(),
                network.project(),
                network.name(),
                network.description(),
                network.adminStateUp(),
                network.shared(),
                network.external(),
                network.isDefault(),
                network.portSecurity(),
                network.mtu(),
                network.networkType(),
                network.physicalNetwork(),
                number,
                network.subnets(),
                network.links(),
                network.tags(),
                Stamp.NEW);
    }
}
