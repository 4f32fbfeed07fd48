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
import java.time.Clock;
import java.time.Duration;
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
    private final Clock clock;

    ServerSightings(
            ServerProgress progress, ServerStore servers, ServerOutcomes outcomes, ServerSteps steps, Clock clock) {
        this.progress = progress;
        this.servers = servers;
        this.outcomes = outcomes;
        this.steps = steps;
        this.clock = clock;
    }

    @Override
    public void lock(Db db, UUID server) {
        db.sql("select 1 from server where id = ? for update")
                .param(server)
                .query()
                .listOfRows();
    }

    @Override
    public void observed(Db db, UUID id, Guests.Observation seen) {
        progress.lock(db, id).ifPresent(server -> observed(db, server, seen));
    }

    private void observed(Db db, Server server, Guests.Observation seen) {
        if (isReached(server, seen)) {
            outcomes.reached(db, server, seen, sight(server, seen));
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
                && (seen.state() == Expectation.of(server.desired().goal()).state()
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
                && Expectation.of(server.desired().goal()).state() != State.STOPPED;
    }

    private void stopToo(Db db, Server server, Guests.Observation seen) {
        servers.desire(db, server.id(), Goal.STOPPED, clock.instant());
        outcomes.stoppedByGuest(db, server, seen);
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
            case PREPARING, FAULTY ->
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
    public void gone(Db db, UUID id) {
        progress.lock(db, id).ifPresent(server -> outcomes.deleted(db, server));
    }
}
