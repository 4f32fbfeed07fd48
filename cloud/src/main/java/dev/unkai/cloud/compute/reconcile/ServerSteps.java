package dev.unkai.cloud.compute.reconcile;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.store.ServerProgress;
import dev.unkai.cloud.compute.store.ServerProgress.Group;
import dev.unkai.cloud.hosts.Guests;
import dev.unkai.cloud.hosts.Guests.Planned;
import dev.unkai.cloud.image.Images;
import dev.unkai.cloud.image.Images.BootImage;
import dev.unkai.cloud.network.Ports;
import dev.unkai.cloud.placement.Demand;
import dev.unkai.cloud.placement.Demand.Company;
import dev.unkai.cloud.placement.Demand.Wish;
import dev.unkai.cloud.placement.Placed;
import dev.unkai.cloud.placement.Placement;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The next step for one server, in the transaction that holds its lock: find it a host, tell the host what is wanted,
 * take it away. If the process dies in a step, nothing of the step has happened.
 */
@Component
class ServerSteps {
    private final ServerProgress progress;
    private final ServerOutcomes outcomes;
    private final Placement placement;
    private final Guests guests;
    private final Ports ports;
    private final Images images;
    private final Clock clock;

    ServerSteps(
            ServerProgress progress,
            ServerOutcomes outcomes,
            Placement placement,
            Guests guests,
            Ports ports,
            Images images,
            Clock clock) {
        this.progress = progress;
        this.outcomes = outcomes;
        this.placement = placement;
        this.guests = guests;
        this.ports = ports;
        this.images = images;
        this.clock = clock;
    }

    void next(Db db, Server server) {
        // A server gets its host and its guest in one transaction: without the one there is not the other.
        Optional<Planned> planned =
                server.observed().hostId() == null ? Optional.empty() : guests.planned(db, server.id());
        if (server.desired().goal() == Goal.DELETED) {
            delete(db, server, planned);
        } else if (planned.isEmpty()) {
            place(db, server);
        } else if (planned.get().generation() < server.desired().generation()) {
            tell(db, server);
        } else {
            watch(db, server, planned.get());
        }
    }

    /** Puts the newest wish into the plan of the host that has the guest. */
    void tell(Db db, Server server) {
        String request = request(db, server);
        guests.change(db, server.id(), guest -> GuestSpecs.desire(guest, server, request));
        progress.expects(db, server.id(), Patience.goal(server));
    }

    private void delete(Db db, Server server, Optional<Planned> planned) {
        if (planned.isEmpty()) {
            outcomes.deleted(db, server);
        } else if (!planned.get().removing()) {
            guests.remove(db, server.id());
            progress.expects(db, server.id(), Patience.goal(server));
        } else {
            watch(db, server, planned.get());
        }
    }

    private void place(Db db, Server server) {
        UUID imageId = server.boot().imageId();
        BootImage image;
        try {
            if (imageId == null) {
                throw Refusal.invalid("The server has no image to boot from.");
            }
            image = images.forBoot(db, imageId);
        } catch (Refusal refusal) {
            outcomes.failed(db, server, refusal.kind().status(), refusal.sentence());
            progress.considered(db, server.id(), null);
            return;
        }
        switch (placement.place(db, demand(db, server, image))) {
            case Placed.On on -> start(db, server, image, on);
            case Placed.Nowhere nowhere -> {
                outcomes.failed(db, server, 500, nowhere.sentence());
                progress.considered(db, server.id(), null);
            }
            case Placed.Later later -> {
                Instant giveUp = server.updatedAt().plus(Patience.SEARCH);
                if (clock.instant().isBefore(giveUp)) {
                    progress.considered(db, server.id(), Patience.NEXT_SEARCH);
                } else {
                    outcomes.failed(db, server, 500, later.sentence());
                    progress.considered(db, server.id(), null);
                }
            }
        }
    }

    private void start(Db db, Server server, BootImage image, Placed.On on) {
        String request = request(db, server);
        ports.bind(db, server.id(), on.host());
        guests.put(db, on.host(), GuestSpecs.of(server, on.zone(), image, ports.of(db, server.id()), request));
        progress.placed(db, server.id(), on.host(), on.hostName(), on.zone(), clock.instant(), Patience.goal(server));
    }

    private Demand demand(Db db, Server server, BootImage image) {
        return new Demand(
                server.id(),
                server.projectId(),
                server.size().vcpus(),
                server.size().ramMb(),
                server.size().diskGb() + server.size().ephemeralGb(),
                server.wishes().zone(),
                server.wishes().host(),
                GuestSpecs.bootsByUefi(image),
                company(db, server));
    }

    private Company company(Db db, Server server) {
        UUID id = server.wishes().groupId();
        if (id == null) {
            return Company.NONE;
        }
        Group group = progress.group(db, id, server.id());
        Wish wish = switch (group.policy()) {
            case "affinity" -> Wish.TOGETHER;
            case "anti-affinity" -> Wish.APART;
            case "soft-affinity" -> Wish.RATHER_TOGETHER;
            case "soft-anti-affinity" -> Wish.RATHER_APART;
            default -> Wish.NONE; // the group was deleted meanwhile
        };
        return new Company(wish, group.hosts());
    }

    /** Nothing new is wanted: is the host late, or in trouble for longer than a moment? */
    private void watch(Db db, Server server, Planned planned) {
        Guests.Observation seen = planned.observed();
        if (seen != null && !seen.fault().isEmpty()) {
            outcomes.failed(db, server, 500, seen.fault());
        }
        if (progress.deadlinePassed(db, server.id())) {
            outcomes.late(db, server, seen);
        }
        progress.waits(db, server.id());
    }

    private String request(Db db, Server server) {
        if (server.desired().generation() == 1) {
            return server.origin().requestId();
        }
        return progress.newestRequest(db, server.id()).orElse(server.origin().requestId());
    }
}
