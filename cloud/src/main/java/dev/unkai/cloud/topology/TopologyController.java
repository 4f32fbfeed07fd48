package dev.unkai.cloud.topology;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.compute.ServerOutlines;
import dev.unkai.cloud.network.NetworkMap;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Everything that is needed to draw a project's networks, in one document read at one instant. */
@RestController
@ServiceApi
final class TopologyController {
    private static final int MOST_SERVERS = 5_000;

    private final Transactions transactions;
    private final NetworkMap networks;
    private final ServerOutlines servers;

    TopologyController(Transactions transactions, NetworkMap networks, ServerOutlines servers) {
        this.transactions = transactions;
        this.networks = networks;
        this.servers = servers;
    }

    /**
     * Nodes by kind; lines follow from their ids: a subnet lies on a network, a port plugs a server or a router into one, a router has its
     * gateway on an external one, a floating address leads to a port.
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Topology(
            String projectId,
            List<NetworkMap.NetworkNode> networks,
            List<NetworkMap.SubnetNode> subnets,
            List<NetworkMap.RouterNode> routers,
            List<NetworkMap.PortNode> ports,
            List<NetworkMap.FloatingAddressNode> floatingAddresses,
            List<ServerOutlines.Outline> servers) {}

    /** The project's networks, routers, ports, addresses and servers. */
    @Allow("topology:show")
    @GetMapping("/service/v1/topology")
    Topology show(Caller caller) {
        return transactions.asCaller(caller, db -> {
            NetworkMap.Whole whole = networks.of(db, caller.project());
            return new Topology(
                    caller.project(),
                    whole.networks(),
                    whole.subnets(),
                    whole.routers(),
                    whole.ports(),
                    whole.floatingAddresses(),
                    servers.of(db, caller.project(), MOST_SERVERS));
        });
    }
}
