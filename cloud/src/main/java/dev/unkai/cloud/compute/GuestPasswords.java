package dev.unkai.cloud.compute;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.compute.store.MetadataChanges;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.hosts.PasswordObserver;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What guests leave at their metadata service as their administrators' passwords. A guest leaves one, which stays until its owner clears it: so who
 * comes into the guest later cannot put his own in its place.
 */
@Component
public class GuestPasswords implements PasswordObserver {
    private final Transactions transactions;
    private final ServerStore store;
    private final ServerEvents events;
    private final MetadataChanges told;
    private final Clock clock;

    GuestPasswords(
            Transactions transactions, ServerStore store, ServerEvents events, MetadataChanges told, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.events = events;
        this.told = told;
        this.clock = clock;
    }

    @Override
    public boolean left(Db db, UUID guest, String password) {
        Optional<Server> locked = store.lock(db, guest);
        if (locked.isEmpty() || store.guestPassword(db, guest).isPresent()) {
            return false;
        }
        Server server = locked.get();
        store.guestPassword(db, guest, password);
        told.changed(db, guest, server.projectId());
        CadfEvent.Target target = new CadfEvent.Target(
                guest.toString(), "compute/server", server.naming().name(), server.projectId());
        db.record(CadfEvent.bySystem("cloud", "update/password", target, clock.instant(), null));
        return true;
    }

    /** As the guest left it; empty: it has not. */
    public String of(Caller caller, UUID id) {
        return transactions.asCaller(caller, db -> {
            if (store.find(db, id).isEmpty()) {
                throw Servers.notFound(id);
            }
            return store.guestPassword(db, id).orElse("");
        });
    }

    /** Forgets it; the guest may leave another one then. */
    public void clear(Caller caller, UUID id) {
        transactions.doAsCaller(caller, db -> {
            Server server = store.lock(db, id).orElseThrow(() -> Servers.notFound(id));
            if (store.guestPassword(db, id).isEmpty()) {
                return;
            }
            Instant now = clock.instant();
            store.guestPassword(db, id, null);
            told.changed(db, id, server.projectId());
            events.record(db, caller, "delete/password", server, now, Changes.NONE);
        });
    }
}
