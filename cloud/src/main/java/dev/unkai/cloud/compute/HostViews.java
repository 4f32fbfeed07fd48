package dev.unkai.cloud.compute;

import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.compute.store.ServerSearch;
import dev.unkai.cloud.hosts.Hosts;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The machine room as the Compute API shows it: zones to everybody, hosts to the provider. */
@Component
public class HostViews {
    private final Transactions transactions;
    private final Hosts hosts;

    HostViews(Transactions transactions, Hosts hosts) {
        this.transactions = transactions;
        this.hosts = hosts;
    }

    public List<Hosts.Zone> zones(Caller caller) {
        return transactions.asCaller(caller, hosts::zones);
    }

    public List<Hosts.Host> list(Caller caller) {
        return transactions.asCaller(caller, hosts::list);
    }

    /** Living servers by the host that they are on. */
    public Map<UUID, List<Server>> servers(Caller caller) {
        return transactions.asCaller(
                caller,
                db -> new ServerSearch()
                        .where("s.host_id is not null").page(null, Integer.MAX_VALUE).run(db).stream()
                                .collect(Collectors.groupingBy(server -> java.util.Objects.requireNonNull(
                                        server.observed().hostId()))));
    }
}
