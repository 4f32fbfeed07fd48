package dev.unkai.cloud.compute;

import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Tells the history what was done to a server, in the transaction that did it. */
@Component
class ServerEvents {
    void record(Db db, Caller caller, String action, Server server, Instant at) {
        record(db, caller, action, server, at, Changes.NONE);
    }

    void record(Db db, Caller caller, String action, Server server, Instant at, Changes changes) {
        CadfEvent.Target target = new CadfEvent.Target(
                server.id().toString(), "compute/server", server.naming().name(), server.projectId());
        db.record(CadfEvent.by(caller, action, target, at).with(changes));
    }
}
