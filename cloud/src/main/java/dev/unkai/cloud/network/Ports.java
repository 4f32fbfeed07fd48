package dev.unkai.cloud.network;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.network.domain.Ip;
import dev.unkai.cloud.network.domain.Networks;
import dev.unkai.cloud.network.domain.PortAllocation;
import dev.unkai.cloud.network.domain.PortWish;
import dev.unkai.cloud.network.domain.PortWish.AddressWish;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.domain.SecurityGroups;
import dev.unkai.cloud.network.domain.Trail;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.OvnMarks;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.PortPlaces;
import dev.unkai.cloud.network.store.PortStore;
import dev.unkai.cloud.network.store.ServerPorts;
import dev.unkai.wire.token.Caller;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The ports as servers use them. Every call runs in the caller's transaction and only changes rows. */
@Component
public class Ports {
    private static final String OWNER = "compute:nova";

    private final PortAllocation allocation;
    private final PortStore store;
    private final ServerPorts serverPorts;
    private final PortPlaces places;
    private final Networks networks;
    private final SecurityGroups groups;
    private final OvnMarks marks;
    private final Trail trail;
    private final Ids ids;

    public Ports(
            PortAllocation allocation,
            PortStore store,
            ServerPorts serverPorts,
            PortPlaces places,
            Networks networks,
            SecurityGroups groups,
            OvnMarks marks,
            Trail trail,
            Ids ids) {
        this.allocation = allocation;
        this.store = store;
        this.serverPorts = serverPorts;
        this.places = places;
        this.networks = networks;
        this.groups = groups;
        this.marks = marks;
        this.trail = trail;
        this.ids = ids;
    }

    /** One network interface that a new server asks for: a port that exists, or a network and perhaps an address on it. */
    public record NicRequest(
            @Nullable UUID networkId,
            @Nullable UUID portId,
            @Nullable String fixedIp,
            @Nullable String tag) {}

    /** One address of a port. */
    public record FixedIp(
            UUID subnetId,
            String address,
            String cidr,
            int version,
            @Nullable String gateway,
            List<String> nameservers) {}

    /** A server's interface with all that a host and a guest need to know. */
    public record ServerPort(
            UUID id,
            UUID networkId,
            String networkName,
            String mac,
            int mtu,
            boolean portSecurity,
            List<FixedIp> fixedIps,
            String status) {}

    /**
     * What a server's view shows of its ports.
     *
     * @param addresses in the order of its interfaces, floating ones after the fixed
     * @param securityGroups names, sorted
     */
    public record Networking(List<ServerAddress> addresses, List<String> securityGroups) {
        public static Networking empty() {
            return new Networking(new ArrayList<>(), new ArrayList<>());
        }
    }

    /** One address as the compute API shows it; {@code type} is {@code fixed} or {@code floating}. */
    public record ServerAddress(
            UUID portId, String networkName, String address, int version, String type, String mac) {}

    /**
     * Makes or takes the ports of a new server, in the order asked. An empty list means: the project's only network
     * (Refusal conflict with a sentence when there are several), or none when there is no network.
     *
     * @param securityGroups names or ids for ports made here; empty means the project's default group
     * @throws Refusal not found, in use, no address left, over quota
     */
    public List<ServerPort> allocate(
            Db db, Caller caller, UUID serverId, List<NicRequest> nics, List<String> securityGroups) {
        return allocate(db, caller, serverId, "", nics, securityGroups);
    }

    /**
     * Like {@link #allocate(Db, Caller, UUID, List, List)}; the ports get a name by which their neighbours find the server.
     *
     * @param hostname a label of the DNS, or empty for none; a port that the customer named keeps its name
     */
    public List<ServerPort> allocate(
            Db db, Caller caller, UUID serverId, String hostname, List<NicRequest> nics, List<String> securityGroups) {
        List<UUID> chosenGroups =
                securityGroups.isEmpty() ? null : groups.resolve(db, caller.project(), securityGroups);
        List<NicRequest> wanted = nics.isEmpty() ? onlyNetwork(db, caller) : nics;
        int index = 0;
        for (NicRequest nic : wanted) {
            UUID portId = nic.portId();
            if (portId != null) {
                adopt(db, caller, serverId, hostname, portId, index++);
            } else {
                make(db, caller, serverId, hostname, nic, chosenGroups, index++);
            }
        }
        return of(db, serverId);
    }

    /**
     * Makes or takes one more port for a server that has been allocated its first; without network and port one on the
     * project's only network.
     *
     * @param hostname a label of the DNS, or empty for none
     * @param hostId where the server is, or null when it is nowhere
     * @throws Refusal not found, in use, no address left, over quota
     */
    public ServerPort attach(
            Db db, Caller caller, UUID serverId, String hostname, @Nullable UUID hostId, NicRequest nic) {
        boolean any = nic.networkId() == null && nic.portId() == null;
        List<NicRequest> wanted = any ? onlyNetwork(db, caller) : List.of(nic);
        if (wanted.isEmpty()) {
            throw Refusal.invalid(
                    "No specific network was requested and none are available for project " + caller.project() + ".");
        }
        List<Port> before = store.ofServer(db, serverId);
        int index = before.isEmpty() ? 0 : before.getLast().deviceIndex() + 1;
        UUID portId = wanted.getFirst().portId();
        if (portId != null) {
            adopt(db, caller, serverId, hostname, portId, index);
        } else {
            make(db, caller, serverId, hostname, wanted.getFirst(), null, index);
        }
        if (hostId != null) {
            bind(db, serverId, hostId);
        }
        return of(db, serverId).getLast();
    }

    /**
     * Takes one port from the server: deletes it if it was made for it, frees it otherwise.
     *
     * @throws Refusal not found, when the server has no such port
     */
    public void detach(Db db, Caller caller, UUID serverId, UUID portId) {
        Port port = store.ofServer(db, serverId).stream()
                .filter(one -> one.id().equals(portId))
                .findFirst()
                .orElseThrow(() -> Refusals.notFound("Port", portId));
        if (port.ownedByDevice()) {
            allocation.remove(db, List.of(portId));
            trail.record(db, caller, "delete", "port", portId, port.name(), port.project(), Changes.gone(port));
        } else {
            Port free = port.pluggedInto(null, "", 0, false);
            store.update(db, free);
            marks.raise(db, Kind.PORT, portId);
            trail.record(
                    db, caller, "update", "port", portId, port.name(), port.project(), Changes.between(port, free));
        }
    }

    /** Puts the server's ports on a host (OVN chassis = host id), or takes them off with null. */
    public void bind(Db db, UUID serverId, @Nullable UUID hostId) {
        marks.raise(db, Kind.PORT, places.bind(db, serverId, hostId));
    }

    /**
     * Lets the server's ports be on a further host too: the guest is being brought there while it runs, and from the moment that it
     * wakes up there (it says so by RARP) its packets are there. {@link #bind} makes it the only one; with null it is given up.
     */
    public void expect(Db db, UUID serverId, @Nullable UUID hostId) {
        marks.raise(db, Kind.PORT, places.next(db, serverId, hostId));
    }

    /** Deletes the ports made for the server and frees those that the customer brought. */
    public void release(Db db, UUID serverId) {
        List<UUID> made = new ArrayList<>();
        for (Port port : store.ofServer(db, serverId)) {
            if (port.ownedByDevice()) {
                made.add(port.id());
                trail.recordOwn(db, "delete", "port", port.id(), port.name(), port.project(), Changes.gone(port));
            } else {
                Port free = port.named("").pluggedInto(null, "", 0, false);
                store.update(db, free);
                marks.raise(db, Kind.PORT, port.id());
                trail.recordOwn(
                        db, "update", "port", port.id(), port.name(), port.project(), Changes.between(port, free));
            }
        }
        if (!made.isEmpty()) {
            allocation.remove(db, made);
        }
    }

    /** The server's ports in interface order. */
    public List<ServerPort> of(Db db, UUID serverId) {
        return serverPorts.of(db, serverId);
    }

    /** What to show of many servers, in one query; servers without ports are left out. */
    public Map<UUID, Networking> networking(Db db, Collection<UUID> serverIds) {
        return serverPorts.networking(db, serverIds);
    }

    /** Adds a security group, by name or id, to all ports of the server. */
    public void addSecurityGroup(Db db, Caller caller, UUID serverId, String group) {
        UUID id = groups.resolve(db, caller.project(), group);
        for (Port port : store.ofServer(db, serverId)) {
            if (port.portSecurity() && !port.securityGroups().contains(id)) {
                List<UUID> more = new ArrayList<>(port.securityGroups());
                more.add(id);
                regroup(db, port, more);
            }
        }
    }

    /** Removes a security group, by name or id, from all ports of the server. */
    public void removeSecurityGroup(Db db, Caller caller, UUID serverId, String group) {
        UUID id = groups.resolve(db, caller.project(), group);
        boolean found = false;
        for (Port port : store.ofServer(db, serverId)) {
            if (port.securityGroups().contains(id)) {
                found = true;
                regroup(
                        db,
                        port,
                        port.securityGroups().stream()
                                .filter(one -> !one.equals(id))
                                .toList());
            }
        }
        if (!found) {
            throw Refusal.notFound("Security group " + group + " is not on any port of server " + serverId + ".");
        }
    }

    private List<NicRequest> onlyNetwork(Db db, Caller caller) {
        List<UUID> own = serverPorts.networksFor(db, caller.project());
        if (own.size() > 1) {
            throw Refusal.conflict("Multiple possible networks found, use a Network ID to be more specific.");
        }
        return own.stream().map(id -> new NicRequest(id, null, null, null)).toList();
    }

    private void make(
            Db db,
            Caller caller,
            UUID serverId,
            String hostname,
            NicRequest nic,
            @Nullable List<UUID> chosenGroups,
            int index) {
        UUID networkId = nic.networkId();
        if (networkId == null) {
            throw Refusal.invalid("A network interface needs a network or a port.");
        }
        Network network = networks.get(db, networkId);
        if (network.subnets().isEmpty() && serverPorts.subnetCount(db, networkId) == 0) {
            throw Refusal.invalid("Network " + networkId + " requires a subnet in order to boot instances on.");
        }
        String fixed = nic.fixedIp();
        if (fixed != null && Ip.parse(fixed).isEmpty()) {
            throw Refusal.invalid("The fixed address '" + fixed + "' is not an IP address.");
        }
        Port blank =
                PortAllocation.blank(ids.next(), caller.project(), networkId, "", serverId.toString(), OWNER, null);
        allocation.create(
                db,
                caller,
                new PortWish(
                        blank.named(hostname).pluggedInto(serverId, OWNER, index, true),
                        null,
                        fixed == null ? null : List.of(new AddressWish(null, fixed)),
                        network.portSecurity() ? chosenGroups : List.of(),
                        null));
    }

    private void adopt(Db db, Caller caller, UUID serverId, String hostname, UUID portId, int index) {
        Port port = allocation.get(db, portId);
        if (!port.project().equals(caller.project()) || !store.lock(db, portId)) {
            throw Refusals.notFound("Port", portId);
        }
        if (!allocation.get(db, portId).deviceId().isEmpty()) {
            throw Refusals.conflict("PortInUse", "Port " + portId + " is still in use.");
        }
        Port named = port.extras().dnsName().isEmpty() ? port.named(hostname) : port;
        Port plugged = named.pluggedInto(serverId, OWNER, index, false);
        store.update(db, plugged);
        marks.raise(db, Kind.PORT, portId);
        trail.record(db, caller, "update", "port", portId, port.name(), port.project(), Changes.between(port, plugged));
    }

    private void regroup(Db db, Port port, List<UUID> securityGroups) {
        store.update(db, port.inGroups(port.portSecurity(), securityGroups));
        marks.raise(db, Kind.PORT, port.id());
    }
}
