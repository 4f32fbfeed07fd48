package dev.unkai.cloud.compute;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.ServerRebuilding.Given;
import dev.unkai.cloud.compute.ServerState.Task;
import dev.unkai.cloud.compute.ServerState.Vm;
import dev.unkai.cloud.compute.store.ServerDisks;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.hosts.Hosts;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Servers put away as an image, so that they take no room on a host, and brought back. */
@Component
public class ServerShelving {
    private final Transactions transactions;
    private final Operations operations;
    private final ServerStore store;
    private final ServerDisks disks;
    private final ServerImaging imaging;
    private final Hosts hosts;
    private final Clock clock;

    ServerShelving(
            Transactions transactions,
            Operations operations,
            ServerStore store,
            ServerDisks disks,
            ServerImaging imaging,
            Hosts hosts,
            Clock clock) {
        this.transactions = transactions;
        this.operations = operations;
        this.store = store;
        this.disks = disks;
        this.imaging = imaging;
        this.hosts = hosts;
        this.clock = clock;
    }

    /** Stops the server and keeps it as an image. */
    public void shelve(Caller caller, UUID id) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            operations.require(server, "shelve", Vm.ACTIVE, Vm.STOPPED, Vm.PAUSED, Vm.SUSPENDED);
            Instant now = clock.instant();
            UUID image = imaging.announce(
                    db,
                    caller.user(),
                    server,
                    server.naming().name() + "-shelved",
                    Map.of("image_type", "snapshot"),
                    null,
                    now);
            disks.save(db, id, server.projectId(), disks.of(db, id).shelvedAs(image));
            store.rest(db, id, server.state().vm() == Vm.STOPPED);
            store.aim(db, id, Goal.SHELVED, Task.SHELVING, now);
            operations.begin(db, caller, server, "shelve", "compute_shelve_instance", now);
        });
    }

    /** Takes a shelved server off its host; only the image is left. */
    public void offload(Caller caller, UUID id) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            operations.require(server, "shelveOffload", Vm.SHELVED);
            Instant now = clock.instant();
            store.aim(db, id, Goal.SHELVED_OFFLOADED, Task.SHELVING_OFFLOADING, now);
            operations.begin(db, caller, server, "shelveOffload", "compute_shelve_offload_instance", now);
        });
    }

    /**
     * Where a server is to come back.
     *
     * @param zone to which it is bound from then on; given as null: to none
     * @param host this one and no other, this time; null: any that fits
     */
    public record Place(Given<String> zone, @Nullable String host) {
        public static final Place ANY = new Place(Given.not(), null);

        boolean isChosen() {
            return zone.given() || host != null;
        }
    }

    /** Brings the server back, on its host or, when it was taken off, where it is told to or on any that fits. */
    public void unshelve(Caller caller, UUID id, Place place) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            operations.require(server, "unshelve", Vm.SHELVED, Vm.SHELVED_OFFLOADED);
            boolean off = server.state().vm() == Vm.SHELVED_OFFLOADED;
            if (place.isChosen() && !off) {
                throw Refusal.conflict("Specifying an availability zone or a host is only allowed for instances in"
                        + " shelved_offloaded state, instance " + id + " is in shelved state.");
            }
            if (off) {
                String zone = place.zone().or(server.wishes().zone());
                check(db, place, zone);
                // A host that was chosen once, when it was made, binds it no more.
                store.wishPlace(db, id, zone, place.host());
            }
            Instant now = clock.instant();
            store.aim(db, id, Goal.ACTIVE, Task.UNSHELVING, now);
            operations.begin(db, caller, server, "unshelve", "compute_unshelve_instance", now);
        });
    }

    private void check(Db db, Place place, @Nullable String zone) {
        if (place.zone().value() != null
                && hosts.zones(db).stream()
                        .noneMatch(one -> one.available() && one.name().equals(zone))) {
            throw Refusal.invalid("The requested availability zone is not available");
        }
        if (place.host() == null) {
            return;
        }
        Hosts.Host host = hosts.list(db).stream()
                .filter(one -> one.name().equals(place.host()))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("Compute host " + place.host() + " could not be found."));
        if (zone != null && !host.zone().equals(zone)) {
            throw Refusal.conflict("Host \"" + host.name() + "\" is not in the availability zone \"" + zone + "\".");
        }
    }
}
