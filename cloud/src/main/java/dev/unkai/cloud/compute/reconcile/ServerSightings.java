package dev.unkai.cloud.compute.reconcile;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.Server.Sight;
import dev.unkai.cloud.compute.store.ServerProgress;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.hosts.GuestObserver;
import dev.unkai.cloud.hosts.Guests;
import dev.unkai.cloud.hosts.Guests.State;
import dev.unkai.wire.node.GuestReport;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What hosts report of guests → what servers are seen to be, in the report's own transaction, so that a status is never
 * later than its cause by more than one commit.
 */
@Component
class ServerSightings implements GuestObserver {
    private final ServerProgress progress;
    private final ServerStore servers;
    private final ServerOutcomes outcomes;
    private final ServerSteps steps;
    private final ServerCaptures captures;
    private final ResizeSteps resizes;
    private final ShelveSteps shelves;
    private final MoveSteps moves;
    private final Guests guests;
    private final Withdrawals withdrawals;
    private final Clock clock;

    ServerSightings(
            ServerProgress progress,
            ServerStore servers,
            ServerOutcomes outcomes,
            ServerSteps steps,
            ServerCaptures captures,
            ResizeSteps resizes,
            ShelveSteps shelves,
            MoveSteps moves,
            Guests guests,
            Withdrawals withdrawals,
            Clock clock) {
        this.progress = progress;
        this.servers = servers;
        this.outcomes = outcomes;
        this.steps = steps;
        this.captures = captures;
        this.resizes = resizes;
        this.shelves = shelves;
        this.moves = moves;
        this.guests = guests;
        this.withdrawals = withdrawals;
        this.clock = clock;
    }

    @Override
    public void lock(Db db, Collection<UUID> servers) {
        db.sql("select 1 from server where id = any(?) order by id for update")
                .param(servers.toArray(UUID[]::new))
                .query()
                .listOfRows();
    }

    @Override
    public void observed(Db db, UUID id, Guests.Observation seen) {
        progress.lock(db, id).ifPresent(server -> observed(db, server, seen));
    }

    private void observed(Db db, Server server, Guests.Observation seen) {
        if (seen.state() == State.UNKNOWN && withdrawals.withdrawn(db, server, seen.hostId())) {
            return;
        }
        if (isReached(server, seen) && !captures.holds(db, server) && !moves.holds(db, server)) {
            outcomes.reached(db, server, seen, sight(server, seen));
            resizes.reached(db, server);
            moves.reached(db, server);
            shelves.reached(db, server);
            return;
        }
        if (isStoppedByGuest(server, seen)) {
            stopToo(db, server, seen);
            return;
        }
        Sight sight = sight(server, seen);
        String step = server.observed().launchedAt() == null ? buildStep(seen.state()) : null;
        if (sight != server.observed().sight()
                || !Objects.equals(step, server.observed().buildStep())) {
            progress.seen(db, server.id(), sight, step, clock.instant());
        }
        if (!seen.fault().isEmpty()) {
            // Most troubles pass in a moment; the reconciler looks again and calls it a fault then.
            progress.lookAgain(db, server.id(), server.observed().fault() == null ? Patience.FAULT : Duration.ZERO);
            db.wake("server");
        }
    }

    private static boolean isReached(Server server, Guests.Observation seen) {
        return seen.generation() >= server.desired().generation()
                && seen.fault().isEmpty()
                && server.desired().goal() != Goal.DELETED
                && server.desired().goal() != Goal.SHELVED_OFFLOADED
                && (seen.state() == Expectation.of(server).state()
                        || seen.stoppedByGuest()
                                && outlastsPower(server.desired().goal()));
    }

    /** A rescued or resized server is so too when its guest switches itself off: the customer still has to end it. */
    private static boolean outlastsPower(Goal goal) {
        return goal == Goal.RESCUED || goal == Goal.RESIZED;
    }

    private static boolean isStoppedByGuest(Server server, Guests.Observation seen) {
        return seen.stoppedByGuest()
                && seen.state() == State.STOPPED
                && seen.generation() >= server.desired().generation()
                && Expectation.of(server).state() != State.STOPPED;
    }

    private void stopToo(Db db, Server server, Guests.Observation seen) {
        servers.desire(db, server.id(), Goal.STOPPED, clock.instant());
        outcomes.stoppedByGuest(db, server, seen);
        // It did come to what was asked of it, and ended then: what was confirmed, reverted or unshelved is over, too.
        resizes.reached(db, server);
        shelves.reached(db, server);
        progress.lock(db, server.id()).ifPresent(stopped -> steps.tell(db, stopped));
    }

    private static Sight sight(Server server, Guests.Observation seen) {
        return switch (seen.state()) {
            case RUNNING -> Sight.RUNNING;
            case PAUSED -> Sight.PAUSED;
            case SUSPENDED -> Sight.SUSPENDED;
            case STOPPED -> Sight.STOPPED;
            case UNKNOWN -> server.observed().sight() == Sight.NONE ? Sight.NONE : Sight.UNKNOWN;
            // It is being made or mended; what was seen before is the best that is known.
            case PREPARING, FAULTY, ARRIVING, DEPARTED ->
                server.observed().sight() == Sight.UNKNOWN
                        ? Sight.STOPPED
                        : server.observed().sight();
            case ABSENT -> Sight.NONE;
        };
    }

    private static @Nullable String buildStep(State state) {
        return state == State.PREPARING ? "block_device_mapping" : "spawning";
    }

    @Override
    public void aside(Db db, UUID id, Guests.Observation seen) {
        // What follows from it comes with the report of its move.
    }

    @Override
    public void moving(Db db, UUID id, UUID host, GuestReport report) {
        progress.lock(db, id).ifPresent(server -> moves.reported(db, server, host, report));
    }

    /** What is left of it at a host that it was at before may take as long as it likes. */
    private void offloaded(Db db, Server server, UUID host) {
        if (host.equals(server.observed().hostId())) {
            outcomes.offloaded(db, server);
        } else {
            moves.left(db, server, host);
        }
    }

    @Override
    public void gone(Db db, UUID id, UUID host) {
        progress.lock(db, id).ifPresent(server -> {
            if (server.desired().goal() == Goal.SHELVED_OFFLOADED) {
                offloaded(db, server, host);
            } else if (!guests.places(db, id).isEmpty()) {
                moves.left(db, server, host);
            } else if (server.desired().goal() == Goal.DELETED) {
                steps.ended(db, server);
            } else {
                db.wake("server"); // asked back before its host had let it go: the reconciler finds it a host
            }
        });
    }
}
