package dev.unkai.cloud.network.domain;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.NetworkStore;
import dev.unkai.cloud.network.store.OvnMarks;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.PortStore;
import dev.unkai.cloud.network.store.Trunk;
import dev.unkai.cloud.network.store.TrunkStore;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** Makes trunks of ports, and puts subports under them. */
@Component
public class Trunks {
    private static final int MOST_SUBPORTS = 200;
    /** Written on a subport while it is one, so that nobody plugs a guest into it. */
    public static final String SUBPORT_OWNER = "trunk:subport";

    private final TrunkStore store;
    private final PortStore ports;
    private final NetworkStore networks;
    private final Quotas quotas;
    private final OvnMarks marks;
    private final Trail trail;

    public Trunks(
            TrunkStore store, PortStore ports, NetworkStore networks, Quotas quotas, OvnMarks marks, Trail trail) {
        this.store = store;
        this.ports = ports;
        this.networks = networks;
        this.quotas = quotas;
        this.marks = marks;
        this.trail = trail;
    }

    public Trunk get(Db db, UUID id) {
        return store.listing.find(db, id).orElseThrow(() -> Refusals.notFound("Trunk", id));
    }

    public Trunk create(Db db, Caller caller, Trunk wanted) {
        Port parent = held(db, wanted.portId());
        store.place(db, parent.id()).ifPresent(place -> {
            throw trunked(parent.id(), place);
        });
        if (parent.ofRouter() || parent.deviceOwner().startsWith("network:")) {
            throw notForParent(parent.id());
        }
        quotas.claim(db, wanted.project(), Quotas.Resource.TRUNK, 1);
        store.insert(db, wanted);
        trail.recordUse(db, caller, "port", parent.id(), parent.name(), parent.project(), wanted.project());
        for (Trunk.Subport subport : wanted.subports()) {
            add(db, caller, wanted, subport);
        }
        marks.raise(db, Kind.PORT, parent.id());
        trail.record(db, caller, "create", "trunk", wanted.id(), wanted.name(), wanted.project(), Changes.made(wanted));
        return get(db, wanted.id());
    }

    public Trunk update(Db db, Caller caller, UUID id, UnaryOperator<Trunk> change) {
        Trunk before = owned(db, id);
        Trunk after = change.apply(before);
        store.update(db, after);
        trail.record(db, caller, "update", "trunk", id, after.name(), after.project(), Changes.between(before, after));
        return get(db, id);
    }

    public void delete(Db db, Caller caller, UUID id) {
        Trunk trunk = owned(db, id);
        refuseWhenDown(trunk);
        trunk.subports().forEach(subport -> release(db, subport.portId()));
        store.delete(db, id);
        marks.raise(db, Kind.PORT, trunk.portId());
        trail.record(db, caller, "delete", "trunk", id, trunk.name(), trunk.project(), Changes.gone(trunk));
    }

    public Trunk addSubports(Db db, Caller caller, UUID id, List<Trunk.Subport> more) {
        Trunk trunk = owned(db, id);
        refuseWhenDown(trunk);
        if (trunk.subports().size() + more.size() > MOST_SUBPORTS) {
            throw Refusals.field("sub_ports", "A trunk has at most " + MOST_SUBPORTS + " subports.");
        }
        more.forEach(subport -> add(db, caller, trunk, subport));
        return changed(db, caller, trunk);
    }

    public Trunk removeSubports(Db db, Caller caller, UUID id, List<UUID> less) {
        Trunk trunk = owned(db, id);
        refuseWhenDown(trunk);
        for (UUID port : less) {
            if (trunk.subports().stream().noneMatch(one -> one.portId().equals(port))) {
                throw new Refusal(
                        Refusal.Kind.NOT_FOUND,
                        "SubPortNotFound",
                        "SubPort on trunk " + id + " with parent port " + port + " could not be found.");
            }
            release(db, port);
        }
        return changed(db, caller, trunk);
    }

    private Trunk changed(Db db, Caller caller, Trunk trunk) {
        store.update(db, trunk);
        Trunk now = get(db, trunk.id());
        trail.record(
                db, caller, "update", "trunk", trunk.id(), trunk.name(), trunk.project(), Changes.between(trunk, now));
        return now;
    }

    private void add(Db db, Caller caller, Trunk trunk, Trunk.Subport wanted) {
        Port port = held(db, wanted.portId());
        if (port.id().equals(trunk.portId())) {
            throw notForParent(port.id());
        }
        int most = network(db, held(db, trunk.portId())).mtu();
        Network network = network(db, port);
        int own = network.mtu();
        if (own > most) {
            throw Refusals.conflict(
                    "SubPortMtuGreaterThanTrunkPortMtu",
                    "MTU " + own + " of subport " + port.id() + " cannot be greater than MTU " + most + " of trunk "
                            + trunk.portId() + ".");
        }
        Trunk.Subport subport = wanted.vlan() == Trunk.Subport.OF_ITS_NETWORK ? inherited(wanted, network) : wanted;
        store.place(db, port.id()).ifPresent(place -> {
            throw trunked(port.id(), place);
        });
        if (!port.deviceId().isEmpty()) {
            throw Refusals.conflict(
                    "PortInUse",
                    "Unable to complete operation on port " + port.id() + " for network " + port.networkId()
                            + ". Port already has an attached device " + port.deviceId() + ".");
        }
        trail.recordUse(db, caller, "port", port.id(), port.name(), port.project(), trunk.project());
        boolean doubled = store.listing.find(db, trunk.id()).stream()
                .flatMap(stored -> stored.subports().stream())
                .anyMatch(other -> other.vlan() == subport.vlan());
        if (doubled) {
            throw Refusals.conflict(
                    "DuplicateSubPort",
                    "segmentation_type vlan and segmentation_id " + subport.vlan() + " already in use on trunk "
                            + trunk.id() + ".");
        }
        store.add(db, trunk, subport);
        ports.own(db, port.id(), trunk.id().toString(), SUBPORT_OWNER);
        marks.raise(db, Kind.PORT, port.id());
    }

    private void release(Db db, UUID port) {
        store.remove(db, port);
        ports.own(db, port, "", "");
        marks.raise(db, Kind.PORT, port);
    }

    private Port held(Db db, UUID id) {
        Port port = ports.listing.find(db, id).orElseThrow(() -> Refusals.notFound("Port", id));
        if (!ports.lock(db, id)) {
            throw Refusals.notYours("Port", id);
        }
        return port;
    }

    private Trunk owned(Db db, UUID id) {
        Trunk trunk = get(db, id);
        if (!store.lock(db, id)) {
            throw Refusals.notYours("Trunk", id);
        }
        return trunk;
    }

    private static void refuseWhenDown(Trunk trunk) {
        if (!trunk.adminStateUp()) {
            throw Refusals.conflict("TrunkDisabled", "Trunk " + trunk.id() + " is currently disabled.");
        }
    }

    private Network network(Db db, Port port) {
        return networks.listing
                .find(db, port.networkId())
                .orElseThrow(() -> Refusals.notFound("Network", port.networkId()));
    }

    /** Inside the guest the tag that the network has outside, which only a VLAN has. */
    private static Trunk.Subport inherited(Trunk.Subport wanted, Network network) {
        Integer tag = network.segmentationId();
        if (!network.networkType().equals(Network.VLAN) || tag == null) {
            throw Refusals.invalid("Unknown segmentation_type '" + network.networkType() + "'");
        }
        return new Trunk.Subport(wanted.portId(), tag, wanted.mac());
    }

    /** Why a port that stands in a trunk cannot be put into another, in either part. */
    private static Refusal trunked(UUID port, TrunkStore.Place place) {
        return place.vlan() == 0
                ? notForParent(port)
                : Refusals.conflict("TrunkPortInUse", "Port " + port + " is in use by another trunk.");
    }

    private static Refusal notForParent(UUID port) {
        return Refusals.conflict(
                "ParentPortInUse",
                "Port " + port + " is currently in use and is not eligible for use as a parent port.");
    }

    /** Why a port that stands in a trunk cannot be deleted. */
    static Refusal taken(UUID port, TrunkStore.Place place) {
        return place.vlan() == 0
                ? Refusals.conflict(
                        "PortInUseAsTrunkParent",
                        "Port " + port + " is currently a parent port for trunk " + place.trunkId() + ".")
                : Refusals.conflict(
                        "PortInUseAsSubPort",
                        "Port " + port + " is currently a subport for trunk " + place.trunkId() + ".");
    }
}
