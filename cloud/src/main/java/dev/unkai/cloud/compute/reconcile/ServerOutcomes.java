package dev.unkai.cloud.compute.reconcile;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.Migration;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.Server.Sight;
import dev.unkai.cloud.compute.store.InstanceActions;
import dev.unkai.cloud.compute.store.ServerProgress;
import dev.unkai.cloud.hosts.Guests;
import dev.unkai.cloud.network.Ports;
import dev.unkai.cloud.placement.Placement;
import dev.unkai.wire.event.CadfEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** How goals end: reached, failed, late, deleted. Each is written with its event and closes what was under way. */
@Component
class ServerOutcomes {
    private static final Logger log = LoggerFactory.getLogger(ServerOutcomes.class);

    private final ServerProgress progress;
    private final InstanceActions actions;
    private final Placement placement;
    private final Ports ports;
    private final Clock clock;

    ServerOutcomes(ServerProgress progress, InstanceActions actions, Placement placement, Ports ports, Clock clock) {
        this.progress = progress;
        this.actions = actions;
        this.placement = placement;
        this.ports = ports;
        this.clock = clock;
    }

    /** The server is as desired. */
    void reached(Db db, Server server, Guests.Observation seen, Sight sight) {
        Instant now = clock.instant();
        progress.settled(db, server.id(), sight, now, seen.since());
        actions.finish(db, server.id(), server.observed().hostName(), null, now);
        record(db, server, "state/" + Expectation.of(server).word(), null, now);
    }

    /** Something stands in the way; the sentence is for the customer. Told once for as long as it stays the same. */
    void failed(Db db, Server server, int code, String sentence) {
        Server.Fault known = server.observed().fault();
        if (known != null && known.message().equals(sentence)) {
            return;
        }
        Instant now = clock.instant();
        progress.fault(db, server.id(), new Server.Fault(code, sentence, now));
        actions.finish(db, server.id(), server.observed().hostName(), sentence, now);
        record(db, server, "state/error", new Failure("Fault", sentence), now);
        log.warn("Server {} is in trouble: {}", server.id(), sentence);
    }

    /** What was asked for cannot be; the server goes on as before. The sentence is for the customer. */
    void givenUp(Db db, Server server, String sentence) {
        Instant now = clock.instant();
        actions.finish(db, server.id(), server.observed().hostName(), sentence, now);
        record(db, server, "state/unchanged", new Failure("GivenUp", sentence), now);
        log.warn("Server {} stays as it is: {}", server.id(), sentence);
    }

    /** An image of its disk is stored. */
    void imaged(Db db, Server server, UUID image) {
        db.record(event(db, server, "image/stored", clock.instant()).with(Map.of("image", image.toString())));
    }

    /** Another host has it now. */
    void moved(Db db, Server server, Migration.Place from, Migration.Place to) {
        db.record(event(db, server, "move", clock.instant()).with(Map.of("from", from.name(), "to", to.name())));
    }

    /** It is kept as an image only. */
    void offloaded(Db db, Server server) {
        Instant now = clock.instant();
        UUID host = server.observed().hostId();
        if (host != null) {
            placement.release(db, server.id(), host);
        }
        ports.bind(db, server.id(), null);
        progress.offloaded(db, server.id(), now);
        actions.finish(db, server.id(), server.observed().hostName(), null, now);
        record(db, server, "state/offloaded", null, now);
    }

    /** What is left of it at a host is to go, and all hosts know: the next look is at the deadline, which is told once. */
    void awaitsLeaving(Db db, Server server, Guests.@Nullable Observation seen) {
        if (progress.deadlinePassed(db, server.id())) {
            late(db, server, seen);
        }
        progress.waits(db, server.id());
    }

    /** The goal is not reached in time: an alarm for the operator, a sentence for the customer. The work goes on. */
    void late(Db db, Server server, Guests.@Nullable Observation seen) {
        String goal = server.desired().goal() == Goal.ACTIVE
                ? "running"
                : Expectation.of(server).word();
        String reason = seen == null || seen.state() == Guests.State.UNKNOWN
                ? "its host does not answer"
                : seen.fault().isEmpty() ? "its host is still at work" : seen.fault();
        log.error(
                "ALARM server {} on host {} is overdue: it should be {}, but {}",
                server.id(),
                server.observed().hostName(),
                goal,
                reason);
        Instant now = clock.instant();
        if (server.observed().fault() == null) {
            String sentence = "The server could not be " + goal + " in time: " + reason + ". This is tried further.";
            progress.fault(db, server.id(), new Server.Fault(500, sentence, now));
            actions.finish(db, server.id(), server.observed().hostName(), sentence, now);
        }
        record(db, server, "alarm", new Failure("Overdue", reason), now);
    }

    /** The guest powered itself off: that is the customer's wish as much as a stop by the API. */
    void stoppedByGuest(Db db, Server server, Guests.Observation seen) {
        Instant now = clock.instant();
        progress.settled(db, server.id(), Sight.STOPPED, now, seen.since());
        actions.finish(db, server.id(), server.observed().hostName(), null, now);
        record(db, server, "stop", null, now);
    }

    /** Nothing of it is left at any host: its ports and its room are free again. */
    void deleted(Db db, Server server) {
        Instant now = clock.instant();
        // The host before the ports, as when it is placed: transactions that meet here must not wait for each other.
        placement.release(db, server.id());
        ports.release(db, server.id());
        progress.terminated(db, server.id(), now);
        actions.finish(db, server.id(), server.observed().hostName(), null, now);
        record(db, server, "state/deleted", null, now);
    }

    private record Failure(String code, String sentence) {}

    private void record(Db db, Server server, String action, @Nullable Failure failure, Instant at) {
        CadfEvent event = event(db, server, action, at);
        db.record(failure == null ? event : event.failed(failure.code(), Objects.requireNonNull(failure.sentence())));
    }

    private CadfEvent event(Db db, Server server, String action, Instant at) {
        CadfEvent.Target target = new CadfEvent.Target(
                server.id().toString(), "compute/server", server.naming().name(), server.projectId());
        String request =
                progress.newestRequest(db, server.id()).orElse(server.origin().requestId());
        return CadfEvent.bySystem("cloud", action, target, at, request);
    }
}
