package dev.unkai.cloud.compute.reconcile;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.store.MetadataChanges;
import dev.unkai.cloud.compute.store.MetadataChanges.Change;
import dev.unkai.cloud.compute.store.NicTags;
import dev.unkai.cloud.compute.store.ServerProgress;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.hosts.Guests;
import dev.unkai.cloud.hosts.Guests.Place;
import dev.unkai.cloud.hosts.Guests.Role;
import dev.unkai.cloud.network.Ports;
import dev.unkai.wire.node.Guest;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What a guest's metadata service says → what is so now. The guest's generation stays: nothing of it is to be done anew, and a host that is
 * away makes nobody wait.
 */
@Component
class MetadataReconciler implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(MetadataReconciler.class);

    private final Transactions transactions;
    private final MetadataChanges changes;
    private final ServerProgress progress;
    private final ServerStore servers;
    private final Guests guests;
    private final Ports ports;
    private final NicTags nicTags;

    MetadataReconciler(
            Transactions transactions,
            MetadataChanges changes,
            ServerProgress progress,
            ServerStore servers,
            Guests guests,
            Ports ports,
            NicTags nicTags) {
        this.transactions = transactions;
        this.changes = changes;
        this.progress = progress;
        this.servers = servers;
        this.guests = guests;
        this.ports = ports;
        this.nicTags = nicTags;
    }

    @Override
    public String name() {
        return "metadata";
    }

    @Override
    public String channel() {
        return MetadataChanges.CHANNEL;
    }

    @Override
    public boolean step() {
        AtomicReference<@Nullable Change> at = new AtomicReference<>();
        try {
            return transactions.asSystem(db -> {
                var next = changes.take(db);
                next.ifPresent(at::set);
                // First the lock, then the look: whatever is committed until here is told.
                next.flatMap(change -> progress.lock(db, change.serverId())).ifPresent(server -> tell(db, server));
                return next.isPresent();
            });
        } catch (RuntimeException e) {
            Change change = at.get();
            if (change == null || ServerReconciler.isPassing(e)) {
                throw e;
            }
            log.error("ALARM the metadata of server {} could not be brought up to date", change.serverId(), e);
            transactions.doAsSystem(db -> changes.postpone(db, change, Patience.RETRY));
            return true;
        }
    }

    /** Wherever the guest is or may come to be: one that is not placed yet is told when it is. */
    private void tell(Db db, Server server) {
        Wiring wiring = Wiring.of(db, ports, nicTags, server.id());
        String password = servers.guestPassword(db, server.id()).orElse("");
        for (Place place : guests.places(db, server.id())) {
            if (!place.removing() && place.role() != Role.LEAVING) {
                Guest planned = guests.spec(db, server.id(), place.hostId());
                Guest present = PresentMetadata.of(planned, server, password, wiring);
                if (!present.equals(planned)) {
                    guests.put(db, place.hostId(), present, place.role());
                }
            }
        }
    }
}
