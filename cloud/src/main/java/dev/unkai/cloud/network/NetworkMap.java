package dev.unkai.cloud.network;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.store.FloatingIp;
import dev.unkai.cloud.network.store.FloatingIpStore;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.NetworkStore;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.PortStore;
import dev.unkai.cloud.network.store.Router;
import dev.unkai.cloud.network.store.RouterStore;
import dev.unkai.cloud.network.store.Subnet;
import dev.unkai.cloud.network.store.SubnetStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a project has of networks, with how it hangs together, in one reading. */
@Component
public class NetworkMap {
    private final NetworkStore networks;
    private final SubnetStore subnets;
    private final RouterStore routers;
    private final PortStore ports;
    private final FloatingIpStore floatingIps;

    NetworkMap(
            NetworkStore networks,
            SubnetStore subnets,
            RouterStore routers,
            PortStore ports,
            FloatingIpStore floatingIps) {
        this.networks = networks;
        this.subnets = subnets;
        this.routers = routers;
        this.ports = ports;
        this.floatingIps = floatingIps;
    }

    public record Whole(
            List<NetworkNode> networks,
            List<SubnetNode> subnets,
            List<RouterNode> routers,
            List<PortNode> ports,
            List<FloatingAddressNode> floatingAddresses) {}

    /** @param own whether it is the project's; others are shared with it, or external */
    public record NetworkNode(UUID id, String name, String status, boolean own, boolean shared, boolean external) {}

    public record SubnetNode(
            UUID id,
            UUID networkId,
            String name,
            int ipVersion,
            String cidr,
            @Nullable String gateway) {}

    /** @param externalNetworkId where its gateway is, or null; its addresses there are {@code externalAddresses} */
    public record RouterNode(
            UUID id, String name, String status, @Nullable UUID externalNetworkId, List<String> externalAddresses) {}

    /**
     * Where something is plugged in.
     *
     * @param serverId the server, or null
     * @param routerId the router, or null
     */
    public record PortNode(
            UUID id,
            UUID networkId,
            String name,
            String status,
            String macAddress,
            List<String> addresses,
            @Nullable UUID serverId,
            @Nullable UUID routerId) {}

    public record FloatingAddressNode(
            UUID id,
            String address,
            UUID networkId,
            @Nullable UUID portId,
            @Nullable String fixedAddress,
            @Nullable UUID routerId) {}

    /** All that is the project's, and of others' only the networks that it has something on or may use. */
    public Whole of(Db db, String project) {
        List<Port> plugged = ports.listing.where(db, "r.project_id = ?", List.of(project));
        List<Router> joined = routers.listing.where(db, "r.project_id = ?", List.of(project));
        List<FloatingIp> outer = floatingIps.listing.where(db, "r.project_id = ?", List.of(project));
        Set<UUID> used = new HashSet<>();
        plugged.forEach(port -> used.add(port.networkId()));
        outer.forEach(address -> used.add(address.floatingNetworkId()));
        joined.stream()
                .flatMap(router -> Stream.ofNullable(router.gateway()))
                .forEach(gateway -> used.add(gateway.networkId()));
        List<Network> shown = networks.listing.where(
                db,
                "r.project_id = ? or r.shared or r.external or r.id = any(?::uuid[])",
                List.of(project, used.stream().map(UUID::toString).toArray(String[]::new)));
        List<Subnet> ranges = subnets.listing.where(db, "r.network_id = any(?::uuid[])", List.<Object>of((Object)
                shown.stream().map(network -> network.id().toString()).toArray(String[]::new)));
        return new Whole(
                shown.stream().map(network -> node(network, project)).toList(),
                ranges.stream().map(NetworkMap::node).toList(),
                joined.stream().map(NetworkMap::node).toList(),
                plugged.stream().map(NetworkMap::node).toList(),
                outer.stream().map(NetworkMap::node).toList());
    }

    private static NetworkNode node(Network network, String project) {
        return new NetworkNode(
                network.id(),
                network.name(),
                network.adminStateUp() ? "ACTIVE" : "DOWN",
                network.project().equals(project),
                network.shared(),
                network.external());
    }

    private static SubnetNode node(Subnet subnet) {
        return new SubnetNode(
                subnet.id(), subnet.networkId(), subnet.name(), subnet.version(), subnet.cidr(), subnet.gateway());
    }

    private static RouterNode node(Router router) {
        Router.@Nullable Gateway gateway = router.gateway();
        return new RouterNode(
                router.id(),
                router.name(),
                router.adminStateUp() ? "ACTIVE" : "DOWN",
                gateway == null ? null : gateway.networkId(),
                gateway == null
                        ? List.of()
                        : gateway.addresses().stream()
                                .map(Port.FixedIp::address)
                                .toList());
    }

    private static PortNode node(Port port) {
        return new PortNode(
                port.id(),
                port.networkId(),
                port.name(),
                port.up() ? "ACTIVE" : "DOWN",
                port.mac(),
                port.fixedIps().stream().map(Port.FixedIp::address).toList(),
                port.serverId(),
                port.ofRouter() ? UUID.fromString(port.deviceId()) : null);
    }

    private static FloatingAddressNode node(FloatingIp address) {
        return new FloatingAddressNode(
                address.id(),
                address.address(),
                address.floatingNetworkId(),
                address.portId(),
                address.fixedIp(),
                address.routerId());
    }
}
