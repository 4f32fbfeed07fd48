package dev.unkai.cloud.compute;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.Server.RebootKind;
import dev.unkai.cloud.compute.ServerState.Task;
import dev.unkai.cloud.compute.ServerState.Vm;
import dev.unkai.cloud.compute.store.MetadataChanges;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.network.Ports;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Changes of existing servers: each writes what should be, the action and the event, and wakes the reconciler. */
@Component
public class ServerChanges {
    private final Transactions transactions;
    private final Servers servers;
    private final ServerStore store;
    private final Operations operations;
    private final Quotas quotas;
    private final Ports ports;
    private final ServerEvents events;
    private final MetadataChanges told;
    private final Clock clock;

    ServerChanges(
            Transactions transactions,
            Servers servers,
            ServerStore store,
            Operations operations,
            Quotas quotas,
            Ports ports,
            ServerEvents events,
            MetadataChanges told,
            Clock clock) {
        this.transactions = transactions;
        this.servers = servers;
        this.store = store;
        this.operations = operations;
        this.quotas = quotas;
        this.ports = ports;
        this.events = events;
        this.told = told;
        this.clock = clock;
    }

    /** New texts for a server; null: as it was. An empty description stands for none when {@code descriptionGiven}. */
    public record Description(
            @Nullable String name,
            @Nullable String hostname,
            boolean descriptionGiven,
            @Nullable String description,
            @Nullable String ipv4,
            @Nullable String ipv6,
            @Nullable String diskConfig) {}

    /** Changes the texts and answers the server as it is then. */
    public ShownServer describe(Caller caller, UUID id, Description change, Servers.Depth depth) {
        return transactions.asCaller(caller, db -> {
            Server server = operations.lock(db, id);
            Server.Naming old = server.naming();
            Server.Naming naming = new Server.Naming(
                    change.name() == null ? old.name() : change.name(),
                    change.hostname() == null ? old.hostname() : change.hostname(),
                    change.descriptionGiven() ? change.description() : old.description());
            Server.Access access = new Server.Access(
                    change.ipv4() == null ? server.access().ipv4() : change.ipv4(),
                    change.ipv6() == null ? server.access().ipv6() : change.ipv6());
            Instant now = clock.instant();
            String disk = change.diskConfig() == null ? server.boot().diskConfig() : change.diskConfig();
            store.describe(db, id, naming, access, disk, now);
            if (!naming.equals(old)) {
                told.changed(db, id, server.projectId());
            }
            Changes changes = Changes.between(old, naming)
                    .and(Changes.between(server.access(), access))
                    .and(Changes.of("disk_config", server.boot().diskConfig(), disk));
            events.record(db, caller, "update", server, now, changes);
            return servers.show(db, id, depth);
        });
    }

    public void start(Caller caller, UUID id) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            operations.require(server, "start", Set.of(Vm.STOPPED), Set.of());
            Instant now = clock.instant();
            store.desire(db, id, Goal.ACTIVE, now);
            operations.begin(db, caller, server, "start", "compute_start_instance", now);
        });
    }

    public void stop(Caller caller, UUID id) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            operations.require(server, "stop", Set.of(Vm.ACTIVE, Vm.ERROR), Set.of());
            Instant now = clock.instant();
            store.desire(db, id, Goal.STOPPED, now);
            operations.begin(db, caller, server, "stop", "compute_stop_instance", now);
        });
    }

    /** A soft reboot asks the guest, a hard one cuts its power; a hard one also starts a server that is off. */
    public void reboot(Caller caller, UUID id, RebootKind kind) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            switch (kind) {
                case SOFT -> operations.require(server, "reboot", Set.of(Vm.ACTIVE), Set.of());
                case HARD ->
                    operations.require(
                            server,
                            "reboot",
                            Set.of(Vm.ACTIVE, Vm.STOPPED, Vm.PAUSED, Vm.SUSPENDED, Vm.ERROR),
                            Set.of(
                                    Task.REBOOTING,
                                    Task.REBOOTING_HARD,
                                    Task.PAUSING,
                                    Task.UNPAUSING,
                                    Task.SUSPENDING,
                                    Task.RESUMING));
            }
            Instant now = clock.instant();
            boolean start =
                    server.observed().launchedAt() == null || server.desired().goal() == Goal.STOPPED;
            store.reboot(db, id, kind, start, now);
            operations.begin(db, caller, server, "reboot", "compute_reboot_instance", now);
        });
    }

    /** Only unlocked servers are changed by customers; the provider's lock is opened by the provider only. */
    public void lock(Caller caller, UUID id, @Nullable String reason) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.lock(db, id);
            boolean owner = server.projectId().equals(caller.project());
            Instant now = clock.instant();
            Server.Lock lock = server.lock() == null || caller.isAdmin()
                    ? new Server.Lock(owner ? "owner" : "admin", reason)
                    : server.lock();
            store.lock(db, id, lock, now);
            operations.done(db, caller, server, "lock", now, locks(server.lock(), lock));
        });
    }

    public void unlock(Caller caller, UUID id) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.lock(db, id);
            if (server.lock() != null && server.lock().by().equals("admin") && !caller.isAdmin()) {
                throw new Refusal(
                        Refusal.Kind.FORBIDDEN,
                        "LockedByAdmin",
                        "The provider locked this server. Ask the provider to unlock it.");
            }
            Instant now = clock.instant();
            store.lock(db, id, null, now);
            operations.done(db, caller, server, "unlock", now, locks(server.lock(), null));
        });
    }

    private static Changes locks(Server.@Nullable Lock before, Server.@Nullable Lock after) {
        return Changes.of("lock", before, after);
    }

    /** Changes the metadata and answers it as it is then. */
    public Map<String, String> metadata(Caller caller, UUID id, UnaryOperator<Map<String, String>> change) {
        return transactions.asCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            Map<String, String> metadata = change.apply(new LinkedHashMap<>(server.metadata()));
            quotas.checkMetadata(db, server.projectId(), server.userId(), metadata.size());
            Instant now = clock.instant();
            store.metadata(db, id, metadata, now);
            told.changed(db, id, server.projectId());
            events.record(db, caller, "update", server, now, Changes.of("metadata", server.metadata(), metadata));
            return metadata;
        });
    }

    /** Changes the tags and answers them as they are then. */
    public List<String> tags(Caller caller, UUID id, UnaryOperator<List<String>> change) {
        return transactions.asCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            List<String> tags =
                    change.apply(server.tags()).stream().distinct().sorted().toList();
            if (tags.size() > 50) {
                throw Refusal.invalid("A server can have at most 50 tags.");
            }
            if (!tags.equals(server.tags())) {
                Instant now = clock.instant();
                store.tags(db, id, tags, now);
                events.record(db, caller, "update", server, now, Changes.of("tags", server.tags(), tags));
            }
            return tags;
        });
    }

    public void addSecurityGroup(Caller caller, UUID id, String group) {
        changeGroups(caller, id, group, true);
    }

    public void removeSecurityGroup(Caller caller, UUID id, String group) {
        changeGroups(caller, id, group, false);
    }

    private void changeGroups(Caller caller, UUID id, String group, boolean add) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            if (add) {
                ports.addSecurityGroup(db, caller, id, group);
            } else {
                ports.removeSecurityGroup(db, caller, id, group);
            }
            told.changed(db, id, server.projectId());
            Changes changes = Changes.of("security_groups", add ? null : group, add ? group : null);
            events.record(db, caller, "update", server, clock.instant(), changes);
        });
    }
}
