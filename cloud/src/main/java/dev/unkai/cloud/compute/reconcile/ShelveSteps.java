package dev.unkai.cloud.compute.reconcile;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.store.ServerDisks;
import dev.unkai.cloud.compute.store.ServerDisks.ServerDisk;
import dev.unkai.cloud.compute.store.ServerProgress;
import dev.unkai.cloud.hosts.Guests;
import dev.unkai.cloud.hosts.Guests.Place;
import dev.unkai.cloud.hosts.Guests.Planned;
import dev.unkai.cloud.image.Snapshots;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The reconciler's part of shelving: taking the guest off its host once it is an image, and forgetting the image once it is back. */
@Component
class ShelveSteps {
    private final Guests guests;
    private final ServerDisks disks;
    private final ServerProgress progress;
    private final ServerOutcomes outcomes;
    private final Snapshots snapshots;
    private final boolean offloadsAtOnce;

    /** @param offloadsAtOnce whether a shelved server gives its host's room back by itself */
    ShelveSteps(
            Guests guests,
            ServerDisks disks,
            ServerProgress progress,
            ServerOutcomes outcomes,
            Snapshots snapshots,
            @Value("${unkai.compute.shelved-offload:true}") boolean offloadsAtOnce) {
        this.guests = guests;
        this.disks = disks;
        this.progress = progress;
        this.outcomes = outcomes;
        this.snapshots = snapshots;
        this.offloadsAtOnce = offloadsAtOnce;
    }

    /** What a server that is stored as an image is to be. */
    Goal stored() {
        return offloadsAtOnce ? Goal.SHELVED_OFFLOADED : Goal.SHELVED;
    }

    void offload(Db db, Server server) {
        List<Place> places = guests.places(db, server.id());
        if (places.isEmpty()) {
            if (server.observed().settled() == Goal.SHELVED_OFFLOADED
                    && server.observed().hostId() == null) {
                progress.considered(db, server.id(), null);
            } else {
                outcomes.offloaded(db, server);
            }
        } else if (places.stream().allMatch(Place::removing)) {
            outcomes.awaitsLeaving(
                    db,
                    server,
                    guests.planned(db, server.id()).map(Planned::observed).orElse(null));
        } else {
            guests.remove(db, server.id());
            progress.expects(db, server.id(), Patience.goal(server));
        }
    }

    /** The server has reached its goal; {@code server} is as it was before that. */
    void reached(Db db, Server server) {
        Goal was = server.observed().settled();
        if (server.desired().goal() == Goal.ACTIVE && (was == Goal.SHELVED || was == Goal.SHELVED_OFFLOADED)) {
            forgetImage(db, server);
        }
    }

    /** The image that the server is kept as is not needed any more. */
    void forgetImage(Db db, Server server) {
        ServerDisk disk = disks.of(db, server.id());
        UUID image = disk.shelvedImage();
        if (image != null) {
            snapshots.discard(db, image);
            disks.save(db, server.id(), server.projectId(), disk.shelvedAs(null));
        }
    }
}
