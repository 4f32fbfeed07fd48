package dev.unkai.cloud.compute.reconcile;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.store.NicTags;
import dev.unkai.cloud.compute.store.ServerDisks;
import dev.unkai.cloud.compute.store.ServerDisks.ServerDisk;
import dev.unkai.cloud.compute.store.ServerProgress;
import dev.unkai.cloud.compute.store.ServerProgress.Group;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.hosts.Guests;
import dev.unkai.cloud.hosts.Guests.Place;
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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds a host for a server and puts its guest into the plan there, in one transaction. */
@Component
class ServerPlacing {
    private final ServerProgress progress;
    private final ServerStore servers;
    private final ServerDisks disks;
    private final ServerOutcomes outcomes;
    private final Placement placement;
    private final Guests guests;
    private final Ports ports;
    private final NicTags nicTags;
    private final Images images;
    private final Clock clock;

    ServerPlacing(
            ServerProgress progress,
            ServerStore servers,
            ServerDisks disks,
            ServerOutcomes outcomes,
            Placement placement,
            Guests guests,
            Ports ports,
            NicTags nicTags,
            Images images,
            Clock clock) {
        this.progress = progress;
        this.servers = servers;
        this.disks = disks;
        this.outcomes = outcomes;
        this.placement = placement;
        this.guests = guests;
        this.ports = ports;
        this.nicTags = nicTags;
        this.images = images;
        this.clock = clock;
    }

    /** Gives a server that has none a host. */
    void place(Db db, Server server) {
        ServerDisk disk = disks.of(db, server.id());
        UUID imageId = disk.shelvedImage() == null ? server.boot().imageId() : disk.shelvedImage();
        BootImage image;
        try {
            if (imageId == null) {
                throw Refusal.invalid("The server has no image to boot from.");
            }
            image = images.forBoot(db, imageId);
        } catch (Refusal refusal) {
            nowhere(db, server, refusal.kind().status(), refusal.sentence());
            return;
        }
        // one that comes back from its image may still have something of it where it was before it last moved
        Set<UUID> leaving = disk.shelvedImage() == null
                ? Set.of()
                : guests.places(db, server.id()).stream().map(Place::hostId).collect(Collectors.toSet());
        switch (placement.place(db, demand(db, server, image), leaving)) {
            case Placed.On on -> start(db, server, image, disk, on);
            case Placed.Nowhere nowhere -> nowhere(db, server, 500, nowhere.sentence());
            case Placed.Later later -> {
                Instant giveUp = server.updatedAt().plus(Patience.SEARCH);
                if (clock.instant().isBefore(giveUp)) {
                    progress.considered(db, server.id(), Patience.NEXT_SEARCH);
                } else {
                    nowhere(db, server, 500, later.sentence());
                }
            }
        }
    }

    /** A shelved server stays shelved; a new one is in error. */
    private void nowhere(Db db, Server server, int code, String sentence) {
        if (server.observed().settled() == Goal.SHELVED_OFFLOADED) {
            servers.aim(db, server.id(), Goal.SHELVED_OFFLOADED, null, clock.instant());
            outcomes.givenUp(db, server, sentence);
        } else {
            outcomes.failed(db, server, code, sentence);
            servers.work(db, server.id(), null, clock.instant()); // it is over: its owner may ask again
        }
        progress.considered(db, server.id(), null);
    }

    private void start(Db db, Server server, BootImage image, ServerDisk disk, Placed.On on) {
        String request = progress.request(db, server);
        ports.bind(db, server.id(), on.host());
        guests.put(
                db,
                on.host(),
                GuestSpecs.of(
                        server,
                        on.zone(),
                        image,
                        Wiring.of(db, ports, nicTags, server.id()),
                        disk,
                        List.of(),
                        request));
        progress.placed(db, server.id(), on.host(), on.hostName(), on.zone(), clock.instant(), Patience.goal(server));
    }

    private Demand demand(Db db, Server server, BootImage image) {
        return demand(db, server, server.size(), server.wishes().host(), GuestSpecs.bootsByUefi(image));
    }

    /** What a server would need of a host in this size; {@code host} is its name, null when any will do. */
    Demand demand(Db db, Server server, Server.Size size, @Nullable String host, boolean uefi) {
        return new Demand(
                server.id(),
                server.projectId(),
                size.vcpus(),
                size.ramMb(),
                size.claimedDiskGb(),
                server.wishes().zone(),
                host,
                uefi,
                !server.boot().drives().of(size).isEmpty(),
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
}
