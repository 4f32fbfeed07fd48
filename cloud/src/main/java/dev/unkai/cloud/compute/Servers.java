package dev.unkai.cloud.compute;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.compute.store.ServerSearch;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.hosts.Hosts;
import dev.unkai.cloud.network.Ports;
import dev.unkai.cloud.network.Ports.Networking;
import dev.unkai.cloud.network.Ports.ServerAddress;
import dev.unkai.wire.token.Caller;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The servers as callers see them. */
@Component
public class Servers {
    private final Transactions transactions;
    private final ServerStore store;
    private final Ports ports;
    private final Hosts hosts;

    Servers(Transactions transactions, ServerStore store, Ports ports, Hosts hosts) {
        this.transactions = transactions;
        this.store = store;
        this.ports = ports;
        this.hosts = hosts;
    }

    /** What to read beside the row itself. */
    public record Depth(boolean userData, boolean hostStatus) {
        public static final Depth PLAIN = new Depth(false, false);
    }

    /** Refuses with not found when it is gone or another project's. */
    public ShownServer show(Caller caller, UUID id, Depth depth) {
        return transactions.asCaller(caller, db -> show(db, id, depth));
    }

    ShownServer show(Db db, UUID id, Depth depth) {
        Server server = (depth.userData() ? store.findWithUserData(db, id) : store.find(db, id))
                .orElseThrow(() -> notFound(id));
        return complete(db, List.of(server), depth.hostStatus()).getFirst();
    }

    /** The bare server. */
    public Server find(Caller caller, UUID id) {
        return transactions.asCaller(caller, db -> find(db, id));
    }

    /** The server if there is one that the caller may see. */
    public Optional<Server> known(Caller caller, UUID id) {
        return transactions.asCaller(caller, db -> store.find(db, id));
    }

    /** Also a deleted server, as long as its row is kept. */
    public Server findEvenGone(Caller caller, UUID id) {
        return transactions.asCaller(caller, db -> store.findEvenGone(db, id).orElseThrow(() -> notFound(id)));
    }

    Server find(Db db, UUID id) {
        return store.find(db, id).orElseThrow(() -> notFound(id));
    }

    /** The interfaces of the server, in their order. */
    public List<Ports.ServerPort> ports(Caller caller, UUID id) {
        return transactions.asCaller(caller, db -> {
            find(db, id);
            return ports.of(db, id);
        });
    }

    static Refusal notFound(Object id) {
        return Refusal.notFound("Instance " + id + " could not be found.");
    }

    /** The page of bare servers that the search finds. */
    public List<Server> list(Caller caller, ServerSearch search) {
        return transactions.asCaller(caller, search::run);
    }

    /** The page with addresses and groups, each read once for all. */
    public List<ShownServer> listShown(Caller caller, ServerSearch search, Depth depth) {
        return transactions.asCaller(caller, db -> complete(db, search.run(db), depth.hostStatus()));
    }

    /** Regular expressions for addresses; nulls: no condition. */
    public record AddressFilter(
            @Nullable String ipv4, @Nullable String ipv6) {}

    /**
     * Like {@link #listShown} for a condition on addresses, which are the network module's: all servers of the search
     * are looked at and the page is cut here.
     */
    public List<ShownServer> listByAddress(
            Caller caller, ServerSearch search, AddressFilter filter, @Nullable UUID after, int limit) {
        return transactions.asCaller(caller, db -> {
            List<ShownServer> all =
                    complete(db, search.page(after, Integer.MAX_VALUE).run(db), false);
            Set<String> wanted = matching(db, all, filter);
            return all.stream()
                    .filter(one -> one.addresses().stream().anyMatch(address -> wanted.contains(address.address())))
                    .limit(limit)
                    .toList();
        });
    }

    private static Set<String> matching(Db db, List<ShownServer> servers, AddressFilter filter) {
        Set<String> wanted = new HashSet<>();
        if (filter.ipv4() != null) {
            wanted.addAll(ServerSearch.matching(db, addresses(servers, 4), filter.ipv4()));
        }
        if (filter.ipv6() != null) {
            wanted.addAll(ServerSearch.matching(db, addresses(servers, 6), filter.ipv6()));
        }
        return wanted;
    }

    private static Set<String> addresses(List<ShownServer> servers, int version) {
        return servers.stream()
                .flatMap(one -> one.addresses().stream())
                .filter(address -> address.version() == version)
                .map(ServerAddress::address)
                .collect(Collectors.toSet());
    }

    private List<ShownServer> complete(Db db, List<Server> servers, boolean withHostStatus) {
        if (servers.isEmpty()) {
            return List.of();
        }
        List<UUID> ids = servers.stream().map(Server::id).toList();
        Map<UUID, Networking> networking = ports.networking(db, ids);
        Map<UUID, String> states = withHostStatus ? hostStates(db) : Map.of();
        List<ShownServer> shown = new ArrayList<>(servers.size());
        for (Server server : servers) {
            UUID host = server.observed().hostId();
            Networking own = networking.getOrDefault(server.id(), Networking.empty());
            shown.add(new ShownServer(
                    server,
                    own.addresses(),
                    own.securityGroups(),
                    !withHostStatus ? null : host == null ? "" : states.getOrDefault(host, "UNKNOWN")));
        }
        return shown;
    }

    private Map<UUID, String> hostStates(Db db) {
        return hosts.list(db).stream().collect(Collectors.toMap(Hosts.Host::id, host -> switch (host.state()
                .toLowerCase(Locale.ROOT)) {
            case "up" -> "UP";
            case "down" -> "DOWN";
            case "maintenance", "draining", "drained" -> "MAINTENANCE";
            default -> "UNKNOWN";
        }));
    }
}
