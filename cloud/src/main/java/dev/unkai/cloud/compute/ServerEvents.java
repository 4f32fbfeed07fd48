package dev.unkai.cloud.compute;

import dev.unkai.base.data.Db;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Tells the history what was done to a server, in the transaction that did it. */
@Component
class ServerEvents {
    void record(Db db, Caller caller, String action, Server server, Instant at) {
        record(db, caller, action, server, at, Map.of());
    }

    void record(Db db, Caller caller, String action, Server server, Instant at, Map<String, String> facts) {
        CadfEvent.Target target = new CadfEvent.Target(
                server.id().toString(), "compute/server", server.naming().name(), server.projectId());
        CadfEvent event = CadfEvent.by(caller, action, target, at);
        db.record(facts.isEmpty() ? event : event.with(facts));
    }
}
