package dev.unkai.cloud.network.domain;

import dev.unkai.base.data.Db;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Records changes of network resources as events, in the transaction of the change. */
@Component
public class Trail {
    private final Clock clock;

    public Trail(Clock clock) {
        this.clock = clock;
    }

    /** What Unkai itself did, such as freeing the ports of a server that is gone. */
    public void recordOwn(Db db, String action, String type, Object id, String name, String project) {
        db.record(CadfEvent.bySystem(
                "cloud",
                action,
                new CadfEvent.Target(id.toString(), "network/" + type, name, project),
                clock.instant(),
                null));
    }

    /** @param type the last part of the target's type, such as {@code router} */
    public void record(Db db, Caller caller, String action, String type, Object id, String name, String project) {
        db.record(CadfEvent.by(
                caller,
                action,
                new CadfEvent.Target(id.toString(), "network/" + type, name, project),
                clock.instant()));
    }

    public void record(
            Db db,
            Caller caller,
            String action,
            String type,
            Object id,
            String name,
            String project,
            Map<String, String> facts) {
        db.record(CadfEvent.by(
                        caller,
                        action,
                        new CadfEvent.Target(id.toString(), "network/" + type, name, project),
                        clock.instant())
                .with(facts));
    }
}
