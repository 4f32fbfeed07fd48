package dev.unkai.cloud.compute.reconcile;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.Migration;
import dev.unkai.cloud.compute.Migration.Status;
import dev.unkai.cloud.compute.Migration.Type;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.ServerState.Task;
import dev.unkai.cloud.compute.store.MigrationStore;
import dev.unkai.cloud.compute.store.ServerDisks;
import dev.unkai.cloud.compute.store.ServerProgress;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.hosts.Guests;
import dev.unkai.cloud.hosts.Guests.Place;
import dev.unkai.cloud.hosts.Guests.Planned;
import dev.unkai.cloud.hosts.Guests.Role;
import dev.unkai.cloud.network.Ports;
import dev.unkai.cloud.placement.Placed;
import dev.unkai.cloud.placement.Placement;
import dev.unkai.wire.node.Arrival;
import dev.unkai.wire.node.ArrivalReport;
import dev.unkai.wire.node.Departure;
import dev.unkai.wire.node.DepartureReport;
import dev.unkai.wire.node.Firmware;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.Power;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Moves of servers from host to host, running or stopped. The guest stands in both hosts' plans: the target makes room and says so, the
 * source learns where to bring it, and once the source says that it has gone, one transaction makes it the target's, with its claim
 * and its ports. Until then it is the source's, whatever happens; the source's word alone decides, so it never runs at both.
 */
@Component
class MoveSteps {
    private static final long GIB = 1L << 30;

    private final MigrationStore migrations;
    private final ServerStore servers;
    private final ServerProgress progress;
    private final ServerDisks disks;
    private final ServerOutcomes outcomes;
    private final ServerPlacing placing;
    private final ResizeSteps resizes;
    private final Placement placement;
    private final Guests guests;
    private final Ports ports;
    private final Clock clock;

    MoveSteps(
            MigrationStore migrations,
            ServerStore servers,
            ServerProgress progress,
            ServerDisks disks,
            ServerOutcomes outcomes,
            ServerPlacing placing,
            ResizeSteps resizes,
            Placement placement,
            Guests guests,
            Ports ports,
            Clock clock) {
        this.migrations = migrations;
        this.servers = servers;
        this.progress = progress;
        this.disks = disks;
        this.outcomes = outcomes;
        this.placing = placing;
        this.resizes = resizes;
        this.placement = placement;
        this.guests = guests;
        this.ports = ports;
        this.clock = clock;
    }

    /** What is left to do for a server after a step of its move. */
    enum Left {
        /** It is on no move. */
        ALL,
        /** Its host is to be told what is wanted now. */
        TELL,
        NOTHING
    }

    Left next(Db db, Server server) {
        Task work = server.desired().work();
        if (work != Task.MIGRATING
                && work != Task.RESIZE_REVERTING
                && server.desired().goal() != Goal.RESIZED) {
            return Left.ALL;
        }
        Optional<Migration> open = migrations.open(db, server.id());
        if (open.isEmpty()) {
            return Left.ALL;
        }
        Migration migration = open.get();
        return switch (migration.status()) {
            case QUEUED -> begin(db, server, migration);
            case PREPARING, RUNNING -> goOn(db, server, migration);
            case MIGRATING -> isElsewhere(db, server, migration) ? Left.ALL : goOn(db, server, migration);
            case REVERTING -> revert(db, server, migration);
            case POST_MIGRATING, COMPLETED, FINISHED, CONFIRMING, CONFIRMED, REVERTED, CANCELLING, CANCELLED, ERROR ->
                Left.ALL;
        };
    }

    /** Whether the guest itself is not at the migration's source any more, or was never to leave it. */
    private boolean isElsewhere(Db db, Server server, Migration migration) {
        Migration.Place target = migration.target();
        return target == null
                || target.id().equals(migration.source().id())
                || guests.planned(db, server.id())
                        .map(planned ->
                                !planned.hostId().equals(migration.source().id()))
                        .orElse(true);
    }

    /** Whether the server is on its way, so that it is not as desired yet. */
    boolean holds(Db db, Server server) {
        if (server.desired().work() != Task.MIGRATING && server.desired().goal() != Goal.RESIZED) {
            return false;
        }
        return migrations
                .open(db, server.id())
                .filter(migration -> switch (migration.status()) {
                    case QUEUED, PREPARING, RUNNING -> true;
                    case MIGRATING -> !isElsewhere(db, server, migration);
                    default -> false;
                })
                .isPresent();
    }

    private Left begin(Db db, Server server, Migration migration) {
        if (migration.type() == Type.RESIZE && resizes.inPlace(db, server, migration)) {
            return Left.TELL;
        }
        UUID source = migration.source().id();
        Guest here = guests.spec(db, server.id(), source);
        Set<UUID> taken =
                guests.places(db, server.id()).stream().map(Place::hostId).collect(Collectors.toSet());
        Placed placed = placement.place(
                db,
                placing.demand(
                        db, server, migration.newSize(), migration.wantedHost(), here.getFirmware() == Firmware.UEFI),
                taken);
        return switch (placed) {
            case Placed.On on -> {
                prepare(db, server, migration, here, on);
                yield Left.NOTHING;
            }
            case Placed.Nowhere nowhere -> giveUp(db, server, migration, nowhere.sentence());
            case Placed.Later later -> {
                if (clock.instant().isBefore(migration.createdAt().plus(Patience.SEARCH))) {
                    progress.considered(db, server.id(), Patience.NEXT_SEARCH);
                    yield Left.NOTHING;
                }
                yield giveUp(db, server, migration, later.sentence());
            }
        };
    }

    /** What the server is to be when it stays where it is. */
    private static Goal goalAtSource(Server server, Migration migration) {
        return migration.endsByItself() ? server.desired().goal() : migration.ran() ? Goal.ACTIVE : Goal.STOPPED;
    }

    private Left giveUp(Db db, Server server, Migration migration, String reason) {
        String sentence = "No valid host was found. " + reason;
        Instant now = clock.instant();
        migrations.fail(db, migration.id(), Status.ERROR, sentence, now);
        servers.aim(db, server.id(), goalAtSource(server, migration), null, now);
        outcomes.givenUp(db, server, sentence);
        return Left.TELL;
    }

    /** The target makes room: the guest is in its plan, to be brought. */
    private void prepare(Db db, Server server, Migration migration, Guest here, Placed.On on) {
        guests.put(
                db,
                on.host(),
                here.toBuilder()
                        .clearDeparture()
                        .clearCaptures()
                        .clearReturned()
                        .setGeneration(server.desired().generation())
                        .setVcpus(migration.newSize().vcpus())
                        .setMemoryMib(migration.newSize().ramMb())
                        .setDisk(here.getDisk().toBuilder()
                                .clearCopyOf()
                                .clearKept()
                                .setSizeGib(migration.newSize().diskGb()))
                        .clearLocalDisks()
                        .addAllLocalDisks(LocalDiskSpecs.moved(here, server, migration.newSize()))
                        .setArrival(Arrival.newBuilder()
                                .setAttempt(migration.uuid().toString())
                                .setSourceHostId(migration.source().id().toString())
                                .setDiskBytes(here.getDisk().getSizeGib() * GIB))
                        .build(),
                Role.ARRIVING);
        Status status = migration.type() == Type.LIVE_MIGRATION ? Status.PREPARING : Status.MIGRATING;
        migrations.target(db, migration.id(), new Migration.Place(on.host(), on.hostName()), status, clock.instant());
        if (status == Status.PREPARING) {
            ports.expect(db, server.id(), on.host());
        } else if (!migration.endsByItself()) {
            servers.work(db, server.id(), Task.RESIZE_MIGRATING, clock.instant());
        }
        progress.expects(db, server.id(), Patience.MOVE);
    }

    private Left goOn(Db db, Server server, Migration migration) {
        if (migration.forceComplete()) {
            guests.change(
                    db,
                    server.id(),
                    guest -> guest.hasDeparture()
                            ? guest.setGeneration(server.desired().generation())
                                    .setDeparture(
                                            guest.getDeparture().toBuilder().setForceComplete(true))
                            : guest);
        }
        if (progress.deadlinePassed(db, server.id())) {
            cancel(db, server, migration, "The move was not over in time.");
            return Left.TELL;
        }
        progress.waits(db, server.id());
        return Left.NOTHING;
    }

    /** A host says how the move goes on. */
    void reported(Db db, Server server, UUID host, GuestReport report) {
        Optional<Migration> open = migrations.open(db, server.id());
        if (open.isEmpty() || server.desired().goal() == Goal.DELETED) {
            return;
        }
        Migration migration = open.get();
        String attempt = migration.uuid().toString();
        Migration.Place target = migration.target();
        if (target == null || isElsewhere(db, server, migration)) {
            return;
        }
        if (report.hasArrival()
                && host.equals(target.id())
                && report.getArrival().getAttempt().equals(attempt)
                && !report.getArrival().getEndpoint().isEmpty()) {
            ready(db, server, migration, target, report.getArrival());
        }
        if (report.hasDeparture()
                && host.equals(migration.source().id())
                && report.getDeparture().getAttempt().equals(attempt)) {
            departing(db, server, migration, target, report.getDeparture());
        }
    }

    /** The target waits: the source learns where to bring the guest. */
    private void ready(Db db, Server server, Migration migration, Migration.Place target, ArrivalReport arrival) {
        boolean live = migration.type() == Type.LIVE_MIGRATION;
        boolean waits = live ? migration.status() == Status.PREPARING : migration.status() == Status.MIGRATING;
        Guest here = guests.spec(db, server.id(), migration.source().id());
        boolean known = here.hasDeparture()
                && here.getDeparture().getEndpoint().equals(arrival.getEndpoint())
                && here.getDeparture().getAttempt().equals(arrival.getAttempt());
        // after a restart the target's node waits at another port
        if (known || !waits && migration.status() != Status.RUNNING) {
            return;
        }
        guests.change(
                db,
                server.id(),
                guest -> guest.setGeneration(server.desired().generation())
                        .setPower(migration.endsByItself() ? guest.getPower() : Power.OFF)
                        .setDeparture(Departure.newBuilder()
                                .setAttempt(arrival.getAttempt())
                                .setTargetHostId(target.id().toString())
                                .setEndpoint(arrival.getEndpoint())
                                .setDirectory(arrival.getDirectory())
                                .setForceComplete(migration.forceComplete())));
        if (live) {
            migrations.status(db, migration.id(), Status.RUNNING, clock.instant());
        }
    }

    private void departing(Db db, Server server, Migration migration, Migration.Place target, DepartureReport way) {
        Instant now = clock.instant();
        if (way.getTotalBytes() > 0) {
            migrations.progress(db, migration.id(), progressOf(way), now);
        }
        if (way.getDeparted()) {
            arrived(db, server, migration, target, now);
        } else if (!way.getFailure().isEmpty() && migration.status() != Status.CANCELLING) {
            cancel(db, server, migration, way.getFailure());
            db.wake("server");
        }
    }

    private static Migration.Progress progressOf(DepartureReport way) {
        return new Migration.Progress(
                way.getMemoryTotalBytes(),
                way.getMemoryDoneBytes(),
                way.getMemoryRemainingBytes(),
                Math.max(0, way.getTotalBytes() - way.getMemoryTotalBytes()),
                Math.max(0, way.getDoneBytes() - way.getMemoryDoneBytes()),
                Math.max(0, way.getRemainingBytes() - way.getMemoryRemainingBytes()),
                // 0: nobody saw how long, or it stood still all the time
                way.getDeparted() && way.getDowntimeMillis() > 0 ? way.getDowntimeMillis() : null);
    }

    /** The source has let it go: host, claim and ports are the target's, in one transaction. */
    private void arrived(Db db, Server server, Migration migration, Migration.Place target, Instant now) {
        boolean over = migration.endsByItself();
        UUID source = migration.source().id();
        if (guests.planned(db, server.id(), target.id()).isEmpty()) {
            return; // only after somebody took it out by hand: the guest is where nobody looks for it
        }
        guests.turn(db, server.id(), source, over ? Role.LEAVING : Role.KEPT, target.id());
        progress.moved(db, server.id(), target.id(), target.name(), now);
        outcomes.moved(db, server, migration.source(), target);
        ports.bind(db, server.id(), target.id());
        if (over) {
            boolean live = migration.type() == Type.LIVE_MIGRATION;
            migrations.status(db, migration.id(), live ? Status.COMPLETED : Status.CONFIRMED, now);
            servers.aim(db, server.id(), server.desired().goal(), Task.MIGRATING, now);
            guests.remove(db, server.id(), source);
        } else {
            migrations.status(db, migration.id(), Status.MIGRATING, now); // also of one that was given up too late
            servers.resize(db, server.id(), migration.newSize(), now);
            servers.aim(db, server.id(), Goal.RESIZED, Task.RESIZE_FINISH, now);
        }
        Server moved = progress.lock(db, server.id()).orElseThrow();
        guests.put(
                db,
                target.id(),
                GuestSpecs.desire(
                                guests.spec(db, server.id(), target.id()).toBuilder(),
                                moved,
                                disks.of(db, server.id()),
                                List.of(),
                                progress.request(db, moved))
                        .build());
        progress.expects(db, server.id(), Patience.goal(moved));
    }

    /** The guest is to stay at its source. It may have gone all the same: the target keeps it until the source says that it has it. */
    private void cancel(Db db, Server server, Migration migration, String sentence) {
        Instant now = clock.instant();
        migrations.fail(db, migration.id(), Status.CANCELLING, sentence, now);
        // nothing else is asked of it before its source has it for certain
        Task work = migration.endsByItself() ? Task.MIGRATING : Task.RESIZE_MIGRATING;
        servers.aim(db, server.id(), goalAtSource(server, migration), work, now);
        outcomes.givenUp(db, server, sentence);
    }

    /** The server has reached its goal at the host that has it; {@code server} is as it was before that. */
    void reached(Db db, Server server) {
        migrations
                .open(db, server.id())
                .filter(migration -> migration.endsByItself() || migration.status() == Status.CANCELLING)
                .ifPresent(migration -> {
                    Migration.Place target = migration.target();
                    if (target != null && !isElsewhere(db, server, migration)) {
                        guests.remove(db, server.id(), target.id());
                        ports.expect(db, server.id(), null);
                    }
                    migrations.status(
                            db,
                            migration.id(),
                            migration.failure() == null ? Status.CANCELLED : Status.ERROR,
                            clock.instant());
                });
    }

    /** Back to the source: first nothing of the guest may be left at the target. */
    private Left revert(Db db, Server server, Migration migration) {
        Migration.Place target = migration.target();
        UUID source = migration.source().id();
        boolean atSource = guests.planned(db, server.id())
                .map(planned -> planned.hostId().equals(source))
                .orElse(false);
        if (target == null || target.id().equals(source) || atSource) {
            return Left.ALL;
        }
        List<Place> places = guests.places(db, server.id());
        if (places.stream().noneMatch(place -> place.hostId().equals(target.id()))) {
            comeBack(db, server, migration);
        } else if (places.stream().anyMatch(place -> place.hostId().equals(target.id()) && !place.removing())) {
            guests.remove(db, server.id(), target.id());
            progress.expects(db, server.id(), Patience.MOVE);
        } else {
            Guests.Observation seen = guests.planned(db, server.id(), target.id())
                    .map(Planned::observed)
                    .orElse(null);
            outcomes.awaitsLeaving(db, server, seen);
        }
        return Left.NOTHING;
    }

    private void comeBack(Db db, Server server, Migration migration) {
        UUID source = migration.source().id();
        Guest.Builder kept = guests.spec(db, server.id(), source).toBuilder()
                .setReturned(migration.uuid().toString());
        guests.put(
                db,
                source,
                GuestSpecs.desire(kept, server, disks.of(db, server.id()), List.of(), progress.request(db, server))
                        .build(),
                Role.MAIN);
        progress.moved(db, server.id(), source, migration.source().name(), clock.instant());
        outcomes.moved(db, server, Objects.requireNonNull(migration.target()), migration.source());
        ports.bind(db, server.id(), source);
        progress.expects(db, server.id(), Patience.goal(server));
    }

    /** Nothing of the guest is left at a host that is not the only one it was at. */
    void left(Db db, Server server, UUID host) {
        placement.release(db, server.id(), host);
        if (server.desired().work() == Task.RESIZE_REVERTING) {
            migrations.open(db, server.id()).ifPresent(migration -> revert(db, server, migration));
        }
    }
}
