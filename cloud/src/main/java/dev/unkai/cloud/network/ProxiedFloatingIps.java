package dev.unkai.cloud.network;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.domain.FloatingIps;
import dev.unkai.cloud.network.domain.Ip;
import dev.unkai.cloud.network.store.FloatingIp;
import dev.unkai.cloud.network.store.FloatingIpStore;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.NetworkStore;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.PortStore;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The floating addresses as the Compute API's old addresses and server actions show and change them. */
@Component
public class ProxiedFloatingIps {
    private final FloatingIps floatingIps;
    private final FloatingIpStore store;
    private final NetworkStore networks;
    private final PortStore ports;
    private final Ids ids;

    ProxiedFloatingIps(
            FloatingIps floatingIps, FloatingIpStore store, NetworkStore networks, PortStore ports, Ids ids) {
        this.floatingIps = floatingIps;
        this.store = store;
        this.networks = networks;
        this.ports = ports;
        this.ids = ids;
    }

    /**
     * One floating address.
     *
     * @param pool name of the external network
     * @param server id of what it is laid upon, or null
     */
    public record Shown(
            UUID id,
            String address,
            String pool,
            @Nullable String fixedIp,
            @Nullable String server) {}

    /** The project's addresses. */
    public List<Shown> list(Db db, Caller caller) {
        return store.listing.where(db, "r.project_id = ?", List.of(caller.project())).stream()
                .map(one -> shown(db, one))
                .toList();
    }

    public Shown get(Db db, UUID id) {
        return shown(db, find(db, id));
    }

    private FloatingIp find(Db db, UUID id) {
        return store.listing.find(db, id).orElseThrow(() -> Refusal.notFound("Floating IP not found for ID " + id));
    }

    /** Names of the networks that addresses can be had from. */
    public List<String> pools(Db db) {
        return external(db).stream().map(ProxiedFloatingIps::poolName).toList();
    }

    private List<Network> external(Db db) {
        return networks.listing.where(db, "r.external", List.of());
    }

    private static String poolName(Network network) {
        return network.name().isEmpty() ? network.id().toString() : network.name();
    }

    /** @param pool name or id of an external network; null: the first one */
    public Shown create(Db db, Caller caller, @Nullable String pool) {
        Network network = external(db).stream()
                .filter(one -> pool == null
                        || one.name().equals(pool)
                        || one.id().toString().equals(pool))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("Floating IP pool not found."));
        FloatingIp wanted = new FloatingIp(
                ids.next(), caller.project(), "", network.id(), "", null, null, null, List.of(), Stamp.NEW);
        return shown(db, floatingIps.create(db, caller, wanted, null, null));
    }

    public void delete(Db db, Caller caller, UUID id) {
        floatingIps.delete(db, caller, find(db, id).id());
    }

    /**
     * Lays the address upon a fixed address of the server; from another one it is taken away.
     *
     * @param fixed one of the server's addresses; null: its first IPv4 address
     */
    public void associate(Db db, Caller caller, UUID server, String address, @Nullable String fixed) {
        List<Port> own = ports.ofServer(db, server);
        Port.FixedIp chosen = own.stream()
                .flatMap(port -> port.fixedIps().stream())
                .filter(ip -> fixed == null
                        ? Ip.of(ip.address()).version() == 4
                        : ip.address().equals(AddressText.canonical(fixed)))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(
                        fixed == null
                                ? "No fixed IPs associated to instance"
                                : "Specified fixed address not assigned to instance"));
        UUID port = own.stream()
                .filter(one -> one.fixedIps().contains(chosen))
                .findFirst()
                .orElseThrow()
                .id();
        FloatingIp found = byAddress(db, address).orElseThrow(() -> Refusal.notFound("floating IP not found"));
        try {
            floatingIps.update(db, caller, found.id(), now -> laidUpon(now, port, chosen.address()));
        } catch (Refusal refusal) {
            throw Refusal.invalid("Unable to associate floating IP " + address + " to fixed IP " + chosen.address()
                    + " for instance " + server + ". Error: " + refusal.sentence());
        }
    }

    /** Refuses as not found an unknown address, as a conflict one that is not on this server. */
    public void disassociate(Db db, Caller caller, UUID server, String address) {
        FloatingIp found = byAddress(db, address).orElseThrow(() -> Refusal.notFound("floating IP not found"));
        if (!server.toString().equals(serverOf(db, found))) {
            throw Refusal.conflict("Floating IP " + address + " is not associated with instance " + server + ".");
        }
        floatingIps.update(db, caller, found.id(), now -> laidUpon(now, null, null));
    }

    private Optional<FloatingIp> byAddress(Db db, String address) {
        return store.listing.where(db, "r.ip = ?", List.of(AddressText.canonical(address))).stream()
                .findFirst();
    }

    private @Nullable String serverOf(Db db, FloatingIp floatingIp) {
        UUID port = floatingIp.portId();
        return port == null
                ? null
                : ports.listing.find(db, port).map(Port::deviceId).orElse(null);
    }

    private static FloatingIp laidUpon(FloatingIp now, @Nullable UUID port, @Nullable String fixed) {
        return new FloatingIp(
                now.id(),
                now.project(),
                now.description(),
                now.floatingNetworkId(),
                now.address(),
                port,
                fixed,
                now.routerId(),
                now.tags(),
                now.stamp());
    }

    private Shown shown(Db db, FloatingIp one) {
        String pool = networks.listing
                .find(db, one.floatingNetworkId())
                .map(ProxiedFloatingIps::poolName)
                .orElse(one.floatingNetworkId().toString());
        return new Shown(one.id(), one.address(), pool, one.fixedIp(), serverOf(db, one));
    }
}
