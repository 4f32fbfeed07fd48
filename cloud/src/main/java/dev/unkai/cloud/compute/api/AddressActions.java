package dev.unkai.cloud.compute.api;

import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.compute.Servers;
import dev.unkai.cloud.network.ProxiedFloatingIps;
import dev.unkai.wire.token.Caller;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The actions addFloatingIp and removeFloatingIp, which ended with 2.43. */
@Component
class AddressActions {
    static final int LAST = 43;

    private final Transactions transactions;
    private final Servers servers;
    private final ProxiedFloatingIps floatingIps;

    AddressActions(Transactions transactions, Servers servers, ProxiedFloatingIps floatingIps) {
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

    void removeFloatingIp(Caller caller, UUID server, Fields action) {
        String address = action.text("address", Text.IP);
        action.end();
        servers.find(caller, server);
        transactions.doAsCaller(caller, db -> floatingIps.disassociate(db, caller, server, address));
    }
}
