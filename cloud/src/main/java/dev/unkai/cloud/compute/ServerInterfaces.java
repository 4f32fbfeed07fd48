package dev.unkai.cloud.compute;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.compute.ServerState.Vm;
import dev.unkai.cloud.compute.store.NicTags;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.network.Ports;
import dev.unkai.cloud.network.Ports.NicRequest;
import dev.unkai.cloud.network.Ports.ServerPort;
import dev.unkai.cloud.network.ProxiedAddresses;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Network interfaces of servers that exist. The port is made or freed here, so that the network knows at once; the host
 * plugs it in or out by its next plan, while the guest runs.
 */
@Component
public class ServerInterfaces {
    private static final Vm[] PLUGGABLE = {Vm.ACTIVE, Vm.PAUSED, Vm.STOPPED};

    private final Transactions transactions;
    private final Operations operations;
    private final ServerStore store;
    private final Ports ports;
    private final NicTags nicTags;
    private final ProxiedAddresses addresses;
    private final Clock clock;

    ServerInterfaces(
            Transactions transactions,
            Operations operations,
            ServerStore store,
            Ports ports,
            NicTags nicTags,
            ProxiedAddresses addresses,
            Clock clock) {
        this.addresses = addresses;
        this.transactions = transactions;
        this.operations = operations;
        this.store = store;
        this.ports = ports;
        this.nicTags = nicTags;
        this.clock = clock;
    }

    /**
     * Adds an interface: a port that exists, or a new one on a network; without either on the project's only network.
     *
     * @throws dev.unkai.base.Refusal not found, in use, no address left, over quota
     */
    public ServerPort attach(Caller caller, UUID id, NicRequest nic) {
        return transactions.asCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            operations.require(server, "attach_interface", PLUGGABLE);
            ServerPort port = ports.attach(
                    db,
                    caller,
                    id,
                    server.naming().hostname(),
                    server.observed().hostId(),
                    nic);
            if (nic.tag() != null) {
                nicTags.tag(db, id, port.id(), server.projectId(), nic.tag());
            }
            change(db, caller, server, "attach_interface", Changes.of("port_id", null, port.id()));
            return port;
        });
    }

    /** Takes the interface with this port away; a port that was made for the server is deleted. */
    public void detach(Caller caller, UUID id, UUID port) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            operations.require(server, "detach_interface", PLUGGABLE);
            ports.detach(db, caller, id, port);
            nicTags.forget(db, id, port);
            change(db, caller, server, "detach_interface", Changes.of("port_id", port, null));
        });
    }

    /** One more address on an interface that the server has on the network; refuses when it has none there. */
    public void addAddress(Caller caller, UUID id, UUID network) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            addresses.add(db, caller, id, network);
            change(db, caller, server, "add_fixed_ip", Changes.of("address_on_network", null, network));
        });
    }

    /** Takes an address away from the interface that has it; refuses when none has. */
    public void removeAddress(Caller caller, UUID id, String address) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            addresses.remove(db, caller, id, address);
            change(db, caller, server, "remove_fixed_ip", Changes.of("address", address, null));
        });
    }

    /** The tags of the server's interfaces by port; one without is left out. */
    public Map<UUID, String> tags(Caller caller, UUID id) {
        return transactions.asCaller(caller, db -> nicTags.of(db, id));
    }

    private void change(Db db, Caller caller, Server server, String action, Changes changes) {
        Instant now = clock.instant();
        store.desire(db, server.id(), server.desired().goal(), now);
        operations.begin(db, caller, server, action, "compute_" + action, now, changes);
    }
}
