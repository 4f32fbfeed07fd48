package dev.unkai.cloud.compute.reconcile;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.store.ServerProgress;
import dev.unkai.cloud.hosts.Guests;
import dev.unkai.cloud.network.Ports;
import dev.unkai.cloud.placement.Placement;
import dev.unkai.wire.event.CadfEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * A new server whose host fell silent before it said that it knows of it gets another host. The first cannot have started
 * it, nor will it: a guest is held back until its host is known to know of it (hosts.Guests). All others stay.
 */
@Component
class Withdrawals {
    private static final Logger log = LoggerFactory.getLogger(Withdrawals.class);

    private final Guests guests;
    private final Placement placement;
    private final Ports ports;
    private final ServerProgress progress;
    private final Clock clock;

    Withdrawals(Guests guests, Placement placement, Ports ports, ServerProgress progress, Clock clock) {
        this.guests = guests;
        this.placement = placement;
        this.ports = ports;
        this.progress = progress;
        this.clock = clock;
    }

    /** With the server locked; true when it was taken back and is to be placed anew. */
    boolean withdrawn(Db db, Server server, UUID host) {
        if (server.observed().launchedAt() != null
                || server.desired().goal() == Goal.DELETED
                || !guests.unacknowledged(db, server.id(), host)) {
            return false;
        }
        Instant now = clock.instant();
        guests.withdraw(db, server.id(), host);
        placement.release(db, server.id(), host);
        ports.bind(db, server.id(), null);
        progress.unplaced(db, server.id(), now);
        log.warn("Server {} is taken back from silent host {}, which never knew of it", server.id(), host);
        db.record(CadfEvent.bySystem(
                        "cloud",
                        "unplace",
                        new CadfEvent.Target(
                                server.id().toString(),
                                "compute/server",
                                server.naming().name(),
                                server.projectId()),
                        now,
                        server.origin().requestId())
                .with(Map.of("host", host.toString())));
        db.wake("server");
        return true;
    }
}
