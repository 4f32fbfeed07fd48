package dev.unkai.cloud.network.domain;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.store.OvnMarks;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.PortStore;
import dev.unkai.cloud.network.store.Trunk;
import dev.unkai.cloud.network.store.TrunkStore;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Map;
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
    private final Quotas quotas;
    private final OvnMarks marks;
    private final Trail trail;

    public Trunks(TrunkStore store, PortStore ports, Quotas quotas, OvnMarks marks, Trail trail) {
        this.store = store;
        this.ports = ports;
        this.quotas = quotas;
        this.marks = marks;
        this.trail = trail;
    }

    public Trunk get(Db db, UUID id) {
        return store.listing.find(db, id).orElseThrow(() -> Refusals.notFound("Trunk", id));
    }

    public Trunk create(Db db, Caller caller, Trunk wanted) {
        Port parent = held(db, wanted.portId());
        if (parent.ofRouter() || parent.deviceOwner().startsWith("network:")) {
            throw Refusals.conflict(
                    "ParentPortInUse",
                    "Port " + parent.id() + " is in use by a router and is not eligible for use as a parent port.");
        }
        store.place(db, parent.id()).ifPresent(place -> {
            throw taken(parent.id(), place);
        });
        quotas.claim(db, wanted.project(), Quotas.Resource.TRUNK, 1);
        store.insert(db, wanted);
        trail.recordUse(db, caller, "port", parent.id(), parent.name(), parent.project(), wanted.project());
        for (Trunk.Subport subport : wanted.subports()) {
            add(db, caller, wanted, subport);
        }
        marks.raise(db, Kind.PORT, parent.id());
        trail.record(db, caller, "create", "trunk", wanted.id(), wanted.name(), wanted.project(), describe(wanted));
        return get(db, wanted.id());
    }

    public Trunk update(Db db, Caller caller, UUID id, UnaryOperator<Trunk> change) {
        Trunk after = change.apply(owned(db, id));
        store.update(db, after);
        trail.record(db, caller, "update", "trunk", id, after.name(), after.project());
        return get(db, id);
    }

    public void delete(Db db, Caller caller, UUID id) {
        Trunk trunk = owned(db, id);
        trunk.subports().forEach(subport -> release(db, subport.portId()));
        store.delete(db, id);
        marks.raise(db, Kind.PORT, trunk.portId());
        trail.record(db, caller, "delete", "trunk", id, trunk.name(), trunk.project());
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
        trail.record(db, caller, "update", "trunk", trunk.id(), trunk.name(), trunk.project(), describe(now));
        return now;
    }

    private void add(Db db, Caller caller, Trunk trunk, Trunk.Subport subport) {
        Port port = held(db, subport.portId());
        store.place(db, port.id()).ifPresent(place -> {
            throw taken(port.id(), place);
        });
        if (port.id().equals(trunk.portId())) {
            throw Refusals.conflict(
                    "PortInUseAsTrunkParent",
                    "Port " + port.id() + " is currently a parent port for trunk " + trunk.id() + ".");
        }
        if (!port.deviceId().isEmpty()) {
            throw Refusals.conflict(
                    "PortInUse",
                    "Port " + port.id() + " is plugged into " + port.deviceId() + "; take it off there first.");
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

    /** Why a port that stands in a trunk cannot be put elsewhere, or deleted. */
    static Refusal taken(UUID port, TrunkStore.Place place) {
        return place.vlan() == 0
                ? Refusals.conflict(
                        "PortInUseAsTrunkParent",
                        "Port " + port + " is currently a parent port for trunk " + place.trunkId() + ".")
                : Refusals.conflict(
                        "PortInUseAsSubPort",
                        "Port " + port + " is currently a subport for trunk " + place.trunkId() + ".");
    }

    private static Map<String, String> describe(Trunk trunk) {
        return Map.of(
                "port_id",
                trunk.portId().toString(),
                "sub_ports",
                String.join(
                        " ",
                        trunk.subports().stream()
                                .map(subport -> subport.vlan() + ":" + subport.portId())
                                .toList()));
    }
}
