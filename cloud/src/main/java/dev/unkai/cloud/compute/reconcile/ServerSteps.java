package dev.unkai.cloud.compute.reconcile;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.store.NicTags;
import dev.unkai.cloud.compute.store.ServerDisks;
import dev.unkai.cloud.compute.store.ServerDisks.ServerDisk;
import dev.unkai.cloud.compute.store.ServerProgress;
import dev.unkai.cloud.hosts.Captures;
import dev.unkai.cloud.hosts.Captures.Capture;
import dev.unkai.cloud.hosts.Guests;
import dev.unkai.cloud.hosts.Guests.Place;
import dev.unkai.cloud.hosts.Guests.Planned;
import dev.unkai.cloud.image.Images;
import dev.unkai.cloud.image.Images.BootImage;
import dev.unkai.cloud.network.Ports;
import dev.unkai.wire.node.Guest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/**
 * The next step for one server, in the transaction that holds its lock: find it a host, tell the host what is wanted,
 * take it away. If the process dies in a step, nothing of the step has happened.
 */
@Component
class ServerSteps {
    private final ServerProgress progress;
    private final ServerOutcomes outcomes;
    private final ServerPlacing placing;
    private final ServerCaptures imaging;
    private final ResizeSteps resizes;
    private final ShelveSteps shelves;
    private final MoveSteps moves;
    private final Guests guests;
    private final Captures captures;
    private final ServerDisks disks;
    private final RescueSpecs rescues;
    private final Ports ports;
    private final NicTags nicTags;
    private final Images images;

    ServerSteps(
            ServerProgress progress,
            ServerOutcomes outcomes,
            ServerPlacing placing,
            ServerCaptures imaging,
            ResizeSteps resizes,
            ShelveSteps shelves,
            MoveSteps moves,
            Guests guests,
            Captures captures,
            ServerDisks disks,
            RescueSpecs rescues,
            Ports ports,
            NicTags nicTags,
            Images images) {
        this.progress = progress;
        this.outcomes = outcomes;
        this.placing = placing;
        this.imaging = imaging;
        this.resizes = resizes;
        this.shelves = shelves;
        this.moves = moves;
        this.guests = guests;
        this.captures = captures;
        this.disks = disks;
        this.rescues = rescues;
        this.ports = ports;
        this.nicTags = nicTags;
        this.images = images;
    }

    void next(Db db, Server server) {
        // A server gets its host and its guest in one transaction: without the one there is not the other.
        Optional<Planned> planned =
                server.observed().hostId() == null ? Optional.empty() : guests.planned(db, server.id());
        if (server.desired().goal() == Goal.DELETED) {
            delete(db, server, planned);
        } else if (server.desired().goal() == Goal.SHELVED_OFFLOADED) {
            shelves.offload(db, server);
        } else {
            switch (moves.next(db, server)) {
                case ALL -> ordinary(db, server, planned);
                case TELL -> tell(db, progress.lock(db, server.id()).orElseThrow());
                case NOTHING -> {
                    // it is on its way
                }
            }
        }
    }

    private void ordinary(Db db, Server server, Optional<Planned> planned) {
        if (planned.isEmpty()) {
            placing.place(db, server);
        } else if (planned.get().generation() < server.desired().generation()) {
            tell(db, server);
        } else {
            watch(db, server, planned.get());
        }
    }

    /** Puts the newest wish into the plan of the host that has the guest. */
    void tell(Db db, Server server) {
        ServerDisk disk = disks.of(db, server.id());
        Optional<UUID> anew = anew(db, server, disk);
        if (anew.isPresent()) {
            rebuild(db, server, disk, anew.get());
            return;
        }
        String request = progress.request(db, server);
        List<Capture> wanted = captures.of(db, server.id());
        Wiring plugged = Wiring.of(db, ports, nicTags, server.id());
        UnaryOperator<Guest.Builder> rescued;
        try {
            rescued = rescues.of(db, server);
        } catch (Refusal refusal) { // its image was deleted since it was asked for
            outcomes.failed(db, server, refusal.kind().status(), refusal.sentence());
            progress.considered(db, server.id(), null);
            return;
        }
        guests.change(
                db,
                server.id(),
                guest -> rescued.apply(
                        GuestSpecs.plug(GuestSpecs.desire(guest, server, disk, wanted, request), plugged)));
        progress.expects(db, server.id(), Patience.goal(server));
    }

    /** The host of a guest that is to have a new disk from its image, which the plan does not say yet. */
    private Optional<UUID> anew(Db db, Server server, ServerDisk disk) {
        if (disk.edition() == 0 || disk.copyOf() != null) {
            return Optional.empty();
        }
        return guests.planned(db, server.id())
                .map(Planned::hostId)
                .filter(host -> guests.spec(db, server.id(), host).getDisk().getEdition() < disk.edition());
    }

    private void rebuild(Db db, Server server, ServerDisk disk, UUID host) {
        BootImage image;
        try {
            image = images.forBoot(db, Objects.requireNonNull(server.boot().imageId()));
        } catch (Refusal refusal) { // deleted since it was asked for
            outcomes.failed(db, server, refusal.kind().status(), refusal.sentence());
            progress.considered(db, server.id(), null);
            return;
        }
        String zone = Objects.requireNonNullElse(server.observed().zone(), "");
        guests.put(
                db,
                host,
                GuestSpecs.of(
                        server,
                        zone,
                        image,
                        Wiring.of(db, ports, nicTags, server.id()),
                        disk,
                        captures.of(db, server.id()),
                        progress.request(db, server)));
        progress.expects(db, server.id(), Patience.goal(server));
    }

    private void delete(Db db, Server server, Optional<Planned> planned) {
        List<Place> places = guests.places(db, server.id());
        if (places.isEmpty()) {
            ended(db, server);
        } else if (!places.stream().allMatch(Place::removing)) {
            guests.remove(db, server.id());
            progress.expects(db, server.id(), Patience.goal(server));
        } else if (planned.isPresent()) {
            watch(db, server, planned.get());
        } else {
            outcomes.awaitsLeaving(db, server, null);
        }
    }

    /** Nothing of a server that is to be deleted is left at any host. */
    void ended(Db db, Server server) {
        imaging.deleted(db, server);
        shelves.forgetImage(db, server);
        resizes.deleted(db, server);
        outcomes.deleted(db, server);
    }

    /** Nothing new is wanted: is the host late, or in trouble for longer than a moment? */
    private void watch(Db db, Server server, Planned planned) {
        Guests.Observation seen = planned.observed();
        if (seen != null && !seen.fault().isEmpty()) {
            outcomes.failed(db, server, 500, seen.fault());
        }
        if (progress.deadlinePassed(db, server.id())) {
            if (imaging.late(db, server)) {
                return; // what is wanted instead is still to be told
            }
            outcomes.late(db, server, seen);
        }
        progress.waits(db, server.id());
    }
}
