package dev.unkai.cloud.network.domain;

import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.network.PortObserver;
import dev.unkai.cloud.network.domain.PortWish.AddressWish;
import dev.unkai.cloud.network.store.Estate;
import dev.unkai.cloud.network.store.FloatingIp;
import dev.unkai.cloud.network.store.FloatingIpStore;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.OvnMarks;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.PortStore;
import dev.unkai.cloud.network.store.TrunkStore;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes, changes and deletes ports, their addresses and groups included. */
@Component
public class PortAllocation {
    private static final int MAC_ATTEMPTS = 10;

    private final PortStore store;
    private final PortAddresses addresses;
    private final Networks networks;
    private final SecurityGroups groups;
    private final FloatingIpStore floatingIps;
    private final TrunkStore trunks;
    private final Quotas quotas;
    private final QosUse qos;
    private final OvnMarks marks;
    private final Trail trail;
    private final Macs macs;
    private final List<PortObserver> observers;

    public PortAllocation(
            PortStore store,
            PortAddresses addresses,
            Networks networks,
            SecurityGroups groups,
            FloatingIpStore floatingIps,
            TrunkStore trunks,
            Quotas quotas,
            QosUse qos,
            OvnMarks marks,
            Trail trail,
            Macs macs,
            List<PortObserver> observers) {
        this.store = store;
        this.addresses = addresses;
        this.networks = networks;
        this.groups = groups;
        this.floatingIps = floatingIps;
        this.trunks = trunks;
        this.quotas = quotas;
        this.qos = qos;
        this.marks = marks;
        this.trail = trail;
        this.macs = macs;
        this.observers = List.copyOf(observers);
    }

    public Port get(Db db, UUID id) {
        return store.listing.find(db, id).orElseThrow(() -> Refusals.notFound("Port", id));
    }

    /** Something changed of a port that its server's guest is told. */
    void tellServer(Db db, @Nullable UUID id) {
        if (id != null) {
            store.listing.find(db, id).ifPresent(port -> {
                UUID server = port.serverId();
                if (server != null) {
                    observers.forEach(observer -> observer.changed(db, server, port.project()));
                }
            });
        }
    }

    /** A port that a customer asks for. */
    public Port create(Db db, Caller caller, PortWish wish) {
        Port made = make(db, caller, wish);
        trail.record(db, caller, "create", "port", made.id(), made.name(), made.project(), Changes.made(made));
        return made;
    }

    /** Like {@link #create}, as a part of something else that is recorded. */
    public Port make(Db db, Caller caller, PortWish wish) {
        Network network = networks.get(db, wish.port().networkId());
        boolean own = caller.isAdmin() || network.project().equals(caller.project());
        if (!own && !network.shared()) {
            throw Refusals.operatorsOnly(
                    "plug ports into external network " + network.id() + "; use a router or a floating address");
        }
        List<AddressWish> wanted = wish.addresses();
        if (!own
                && (wish.mac() != null || (wanted != null && wanted.stream().anyMatch(one -> one.address() != null)))) {
            throw Refusals.operatorsOnly("choose addresses on a network of another project");
        }
        boolean unguarded = Boolean.FALSE.equals(wish.portSecurity()) && network.portSecurity();
        if (!own && (unguarded || !wish.port().allowedPairs().isEmpty())) {
            throw loosened();
        }
        qos.check(db, null, wish.port().extras().qosPolicyId());
        if (!network.shared() && !network.external()) {
            trail.recordUse(
                    db,
                    caller,
                    "network",
                    network.id(),
                    network.name(),
                    network.project(),
                    wish.port().project());
        }
        quotas.claim(db, wish.port().project(), Quotas.Resource.PORT, 1);
        return insert(db, network, wish);
    }

    /** Shows a floating address among the ports of its outer network, as programs look there for addresses that are free. */
    void insertFloating(Db db, UUID id, FloatingIp address) {
        for (int attempt = 0; !store.insertFloating(db, id, address, macs.next()); attempt++) {
            if (attempt >= MAC_ATTEMPTS) {
                throw Refusals.conflict(
                        "MacAddressGenerationFailure",
                        "Unable to generate unique mac on network " + address.floatingNetworkId() + ".");
            }
        }
    }

    /** Makes the port without asking whether the caller may. */
    public Port insert(Db db, Network network, PortWish wish) {
        boolean guarded = wish.portSecurity() == null ? network.portSecurity() : wish.portSecurity();
        Port port = settled(db, wish, guarded);
        for (int attempt = 0; ; attempt++) {
            String mac = wish.mac() == null ? macs.next() : wish.mac();
            Port candidate = port.withMac(mac);
            if (store.insert(db, candidate)) {
                addresses.give(db, candidate, wish.addresses());
                marks.raise(db, Kind.PORT, port.id());
                raiseVirtual(db, port);
                return get(db, port.id());
            }
            if (wish.mac() != null || attempt >= MAC_ATTEMPTS) {
                throw Refusals.conflict(
                        "MacAddressInUse",
                        "Unable to complete operation for network " + network.id() + ". The mac address " + mac
                                + " is in use.");
            }
        }
    }

    /** @param change gives the port as it should be, and the addresses wished (null: as they are) */
    public Port update(Db db, Caller caller, UUID id, Function<Port, PortWish> change) {
        Port before = get(db, id);
        if (!store.lock(db, id)) {
            throw Refusals.notYours("Port", id);
        }
        PortWish wish = change.apply(before);
        List<UUID> wantedGroups = wish.securityGroups();
        Boolean wantedSecurity = wish.portSecurity();
        Port after = wish.port()
                .inGroups(
                        wantedSecurity == null ? before.portSecurity() : wantedSecurity,
                        wantedGroups == null ? before.securityGroups() : wantedGroups);
        String mac = wish.mac();
        if (mac != null) {
            after = after.withMac(mac);
        }
        boolean own = caller.isAdmin()
                || networks.get(db, before.networkId()).project().equals(caller.project());
        if (!own) {
            if (wish.addresses() != null) {
                throw Refusals.operatorsOnly("choose addresses on a network of another project");
            }
            if (wantedSecurity != null) {
                throw loosened();
            }
            refuseFreedom(wish, after, before.portSecurity());
        }
        refuseUnplugging(db, before, after);
        qos.check(db, before.extras().qosPolicyId(), after.extras().qosPolicyId());
        checkSecurity(db, after, wantedGroups != null);
        store.update(db, after);
        if (!before.mac().equals(after.mac())) {
            addresses.follow(db, before, after);
            after = get(db, id);
        }
        if (wish.addresses() != null) {
            if (store.isFloating(db, id)) {
                throw Refusals.conflict(
                        "ServicePortInUse",
                        "Port " + id + " stands for floating address " + before.deviceId()
                                + ", whose address does not change.");
            }
            addresses.change(db, after, wish.addresses());
        }
        UUID server = after.serverId();
        if (server != null
                && (wish.addresses() != null || !after.securityGroups().equals(before.securityGroups()))) {
            observers.forEach(observer -> observer.changed(db, server, before.project()));
        }
        marks.raise(db, Kind.PORT, id);
        raiseVirtual(db, before);
        raiseVirtual(db, after);
        if (after.ofRouter()) {
            marks.raise(db, Kind.ROUTER, UUID.fromString(after.deviceId()));
        }
        Port now = get(db, id);
        if (now.deviceOwner().equals(Port.ROUTER_INTERFACE) && now.fixedIps().isEmpty()) {
            throw Refusals.invalid(
                    "BadRequest",
                    "Bad port request: Port " + id
                            + " is a leg of a router and needs an address; take it off the router by remove_router_interface instead.");
        }
        trail.record(db, caller, "update", "port", id, now.name(), now.project(), Changes.between(before, now));
        return now;
    }

    public void delete(Db db, Caller caller, UUID id) {
        Port port = get(db, id);
        boolean own = store.lock(db, id);
        if (!own && !isOnOwnNetwork(db, caller, port)) {
            throw Refusals.notYours("Port", id);
        }
        if (port.ofRouter() || store.isFloating(db, id)) {
            throw Refusals.conflict(
                    "ServicePortInUse",
                    "Port " + id + " cannot be deleted directly via the port API: has device owner "
                            + port.deviceOwner() + ".");
        }
        trunks.place(db, id).ifPresent(place -> {
            throw Trunks.taken(id, place);
        });
        Estate.doWhole(db, () -> {
            remove(db, List.of(id));
            raiseVirtual(db, port);
        });
        trail.record(db, caller, "delete", "port", id, port.name(), port.project(), Changes.gone(port));
    }

    /** Whoever shares a network may clear it of what others put there. */
    private static boolean isOnOwnNetwork(Db db, Caller caller, Port port) {
        return db.sql("select exists (select from network where id = ? and project_id = ?)")
                .params(port.networkId(), caller.project())
                .query(Boolean.class)
                .single();
    }

    /** Deletes the ports without asking; floating addresses leave them first. */
    public void remove(Db db, List<UUID> ids) {
        marks.raise(db, Kind.ROUTER, floatingIps.leave(db, ids));
        marks.raise(db, Kind.PORT, trunks.dissolve(db, ids));
        ids.forEach(id -> store.delete(db, id));
        marks.raise(db, Kind.PORT, ids);
    }

    /** Ports whose addresses this one allows itself too stand for addresses that guests share. */
    private void raiseVirtual(Db db, Port port) {
        if (!port.allowedPairs().isEmpty()) {
            List<String> addresses =
                    port.allowedPairs().stream().map(Port.AddressPair::address).toList();
            marks.raise(db, Kind.PORT, store.holding(db, port.networkId(), addresses));
        }
    }

    private Port settled(Db db, PortWish wish, boolean guarded) {
        List<UUID> wanted = wish.securityGroups();
        boolean guest = !wish.port().deviceOwner().startsWith("network:");
        List<UUID> chosen;
        if (wanted != null) {
            chosen = wanted;
        } else if (guarded && guest && !wish.port().project().isEmpty()) {
            chosen = List.of(groups.ensureDefault(db, wish.port().project()));
        } else {
            chosen = List.of();
        }
        Port port = wish.port().inGroups(guarded, chosen);
        checkSecurity(db, port, wanted != null);
        return port;
    }

    /** On a network of somebody else a port has the address that it gets, and is guarded: its neighbours are strangers. */
    private static void refuseFreedom(PortWish wish, Port port, boolean guardedBefore) {
        List<AddressWish> wanted = wish.addresses();
        if (wish.mac() != null || (wanted != null && wanted.stream().anyMatch(one -> one.address() != null))) {
            throw Refusals.operatorsOnly("choose addresses on a network of another project");
        }
        boolean unguarded = Boolean.FALSE.equals(wish.portSecurity()) && guardedBefore;
        if (unguarded || !port.allowedPairs().isEmpty()) {
            throw loosened();
        }
    }

    private static RuntimeException loosened() {
        return Refusals.operatorsOnly("loosen port security on a network of another project");
    }

    /** What a port is plugged into changes with the server or the router, not here. */
    private void refuseUnplugging(Db db, Port before, Port after) {
        boolean moved = !before.deviceId().equals(after.deviceId())
                || !before.deviceOwner().equals(after.deviceOwner());
        // An owner like a subport's may have been written by hand; then nothing holds it.
        boolean plugged = moved
                && (before.serverId() != null
                        || before.ofRouter()
                        || before.deviceOwner().equals(Port.FLOATING_IP)
                        || before.deviceOwner().equals(Trunks.SUBPORT_OWNER)
                                && trunks.place(db, before.id()).isPresent());
        if (plugged) {
            throw Refusals.conflict(
                    "PortInUse",
                    "Port " + before.id() + " is plugged into " + before.deviceId()
                            + ". Take it off there; its device cannot be changed here.");
        }
    }

    /** @param groupsSaid whether the request names the groups, and not the port had them before */
    private void checkSecurity(Db db, Port port, boolean groupsSaid) {
        if (!port.portSecurity() && groupsSaid && !port.securityGroups().isEmpty()) {
            throw Refusals.invalid(
                    "PortSecurityAndIPRequiredForSecurityGroups",
                    "Port security must be enabled and port must have an IP address in order to use security groups.");
        }
        if (!port.portSecurity() && !port.securityGroups().isEmpty()) {
            throw Refusals.conflict(
                    "PortSecurityPortHasSecurityGroup",
                    "Port has security group associated. Cannot disable port security or ip address until security group is removed.");
        }
        if (!port.portSecurity() && !port.allowedPairs().isEmpty()) {
            throw Refusals.conflict(
                    "AddressPairAndPortSecurityRequired",
                    "Port Security must be enabled in order to have allowed address pairs on a port.");
        }
        port.securityGroups().forEach(group -> groups.get(db, group));
    }

    /** A port row with nothing settled but where it is and what is plugged into it. */
    public static Port blank(
            UUID id,
            String project,
            UUID networkId,
            String name,
            String deviceId,
            String deviceOwner,
            @Nullable String host) {
        return new Port(
                id,
                project,
                networkId,
                name,
                "",
                true,
                "",
                deviceId,
                deviceOwner,
                false,
                List.of(),
                List.of(),
                List.of(),
                host == null ? "" : host,
                "{}",
                "normal",
                false,
                null,
                0,
                false,
                Port.Extras.NONE,
                Port.FromNetwork.NONE,
                List.of(),
                dev.unkai.cloud.network.store.Stamp.NEW);
    }
}
