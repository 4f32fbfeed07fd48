package dev.unkai.cloud.compute.reconcile;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.DrainGuest.Obstacle;
import dev.unkai.cloud.compute.Obstacles;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.ServerMoving;
import dev.unkai.cloud.compute.ServerState;
import dev.unkai.cloud.compute.store.DrainStore;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.hosts.Drains.Drain;
import dev.unkai.cloud.hosts.Guests;
import dev.unkai.cloud.hosts.Guests.Place;
import dev.unkai.cloud.placement.Placed;
import dev.unkai.cloud.placement.Placement;
import dev.unkai.wire.node.Firmware;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The next step in emptying one host: see what is there, write down how tries ended, begin at most one more move. Each move is an ordinary
 * one and goes its own way from then on, so nothing is lost wherever a process dies.
 */
@Component
class DrainSteps {
    /** Of servers that cannot go, so many are looked at in one step. */
    private static final int MOST = 20;

    /** Seconds until one that cannot go is looked at again. */
    private static final int LOOK_AGAIN = 10;

    /** Seconds until one whose move failed is tried again: twice as many after each further failure, up to the latest. */
    private static final int TRY_AGAIN = 10;

    private static final int LATEST = 600;

    private final DrainStore store;
    private final ServerStore servers;
    private final ServerMoving moving;
    private final ServerPlacing placing;
    private final Placement placement;
    private final Guests guests;
    private final int atOnce;

    /**
     * @param atOnce how many servers of one host may be on their way at a time. One by default: it has the whole line for its memory,
     *     and stands still the shorter for it
     */
    DrainSteps(
            DrainStore store,
            ServerStore servers,
            ServerMoving moving,
            ServerPlacing placing,
            Placement placement,
            Guests guests,
            @Value("${unkai.drain.at-once:1}") int atOnce) {
        this.store = store;
        this.servers = servers;
        this.moving = moving;
        this.placing = placing;
        this.placement = placement;
        this.guests = guests;
        this.atOnce = atOnce;
    }

    /** What came of a step. */
    enum Step {
        /** One more is on its way. */
        BEGUN,
        /** Nothing can be done now. */
        WAITS,
        /** Nothing of any guest is there. */
        EMPTY
    }

    Step next(Db db, Drain drain) {
        store.survey(db, drain.id(), drain.hostId());
        store.conclude(db, drain.id(), TRY_AGAIN, LATEST);
        if (store.isEmpty(db, drain.hostId())) {
            return Step.EMPTY;
        }
        if (store.moving(db, drain.id()) >= atOnce) {
            return Step.WAITS;
        }
        for (UUID id : store.candidates(db, drain.id(), MOST)) {
            Optional<Server> server = servers.tryLock(db, id);
            if (server.isEmpty()) {
                continue; // somebody changes it this very moment
            }
            Optional<Obstacle> obstacle = obstacle(db, drain, server.get());
            if (obstacle.isPresent()) {
                store.stuck(db, drain.id(), id, obstacle.get(), LOOK_AGAIN);
                continue;
            }
            try {
                store.begun(db, drain.id(), id, moving.forDrain(db, server.get(), drain.id()));
                return Step.BEGUN;
            } catch (Refusal refusal) {
                store.stuck(db, drain.id(), id, Obstacles.of("busy", refusal.sentence()), LOOK_AGAIN);
            }
        }
        return Step.WAITS;
    }

    private Optional<Obstacle> obstacle(Db db, Drain drain, Server server) {
        Optional<Obstacle> own = ofState(server.state());
        if (own.isPresent()) {
            return own;
        }
        if (!drain.hostUp()) {
            return Optional.of(Obstacles.of("silent", "The host's node does not answer."));
        }
        Set<UUID> taken =
                guests.places(db, server.id()).stream().map(Place::hostId).collect(Collectors.toSet());
        if (!taken.contains(drain.hostId())) {
            return Optional.of(Obstacles.of("busy", "The server is leaving the host already."));
        }
        boolean uefi = guests.spec(db, server.id(), drain.hostId()).getFirmware() == Firmware.UEFI;
        return switch (placement.look(db, placing.demand(db, server, server.size(), null, uefi), taken)) {
            case Placed.On _ -> Optional.empty();
            case Placed.Nowhere nowhere -> Optional.of(Obstacles.of(nowhere.shortage(), nowhere.found()));
            case Placed.Later _ ->
                Optional.of(Obstacles.of("later", "The hosts that could take the server do not answer at present."));
        };
    }

    private static Optional<Obstacle> ofState(ServerState state) {
        if (state.task() != null) {
            return Optional.of(Obstacles.of(
                    "busy",
                    "Another operation on the server is under way ("
                            + state.task().wireName() + ")."));
        }
        return switch (state.vm()) {
            case ACTIVE, PAUSED, STOPPED, SOFT_DELETED, DELETED -> Optional.empty();
            case BUILDING -> Optional.of(Obstacles.of("building", "The server is being made."));
            case SUSPENDED -> Optional.of(Obstacles.of("suspended", "The server is suspended."));
            case RESCUED -> Optional.of(Obstacles.of("rescued", "The server is in rescue mode."));
            case RESIZED ->
                Optional.of(Obstacles.of("resized", "The server's resize or move waits to be confirmed or reverted."));
            case SHELVED, SHELVED_OFFLOADED -> Optional.of(Obstacles.of("shelved", "The server is being shelved."));
            case ERROR -> Optional.of(Obstacles.of("error", "The server has a fault."));
        };
    }
}
