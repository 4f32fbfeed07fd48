package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.compute.ServerInterfaces;
import dev.unkai.cloud.compute.Servers;
import dev.unkai.cloud.network.ProxiedFloatingIps;
import dev.unkai.wire.token.Caller;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The actions on addresses, which ended with 2.43: the Network API does it since. */
@Component
class AddressActions {
    static final int LAST = 43;

    private final Transactions transactions;
    private final Servers servers;
    private final ServerInterfaces interfaces;
    private final ProxiedFloatingIps floatingIps;

    AddressActions(
            Transactions transactions, Servers servers, ServerInterfaces interfaces, ProxiedFloatingIps floatingIps) {
        this.interfaces = interfaces;
        this.transactions = transactions;
        this.servers = servers;
        this.floatingIps = floatingIps;
    }

    void addFloatingIp(Caller caller, UUID server, Fields action) {
        String address = action.text("address", Text.IP);
        String fixed = action.optionalText("fixed_address", Text.IP);
        action.end();
        servers.find(caller, server);
        transactions.doAsCaller(caller, db -> floatingIps.associate(db, caller, server, address, fixed));
    }

    void addFixedIp(Caller caller, UUID server, Fields action) {
        // Any text or number that names a network.
        JsonNode id = action.raw("networkId");
        if (id == null) {
            throw action.missing("networkId");
        }
        action.end();
        String network = id.asString("");
        if (!Text.isUuid(network)) {
            throw Refusal.invalid("The networkId is the id of a network that the server is on.");
        }
        interfaces.addAddress(caller, server, UUID.fromString(network));
    }

    void removeFixedIp(Caller caller, UUID server, Fields action) {
        String address = action.text("address", Text.IP);
        action.end();
        interfaces.removeAddress(caller, server, address);
    }

    void removeFloatingIp(Caller caller, UUID server, Fields action) {
        String address = action.text("address", Text.IP);
        action.end();
        servers.find(caller, server);
        transactions.doAsCaller(caller, db -> floatingIps.disassociate(db, caller, server, address));
    }
}
