package dev.unkai.cloud.network.domain;

import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Records changes of network resources as events, in the transaction of the change. */
@Component
public class Trail {
    private final Clock clock;

    public Trail(Clock clock) {
        this.clock = clock;
    }

    /** What Unkai itself did, such as freeing the ports of a server that is gone. */
    public void recordOwn(Db db, String action, String type, Object id, String name, String project, Changes changes) {
        db.record(CadfEvent.bySystem(
                        "cloud",
                        action,
                        new CadfEvent.Target(id.toString(), "network/" + type, name, project),
                        clock.instant(),
                        null)
                .with(changes));
    }

    /**
     * @param type the last part of the target's type, such as {@code router}
     * @param changes what of it is different now
     */
    public void record(
            Db db, Caller caller, String action, String type, Object id, String name, String project, Changes changes) {
        db.record(CadfEvent.by(
                        caller,
                        action,
                        new CadfEvent.Target(id.toString(), "network/" + type, name, project),
                        clock.instant())
                .with(changes));
    }

    /**
     * An operator puts something on a thing of another project, as nobody else may: the history of the thing's owner says so too.
     *
     * @param owner the thing's project
     * @param project that of what is put there
     */
    public void recordUse(Db db, Caller caller, String type, Object id, String name, String owner, String project) {
        if (!owner.equals(project) && !owner.equals(caller.project())) {
            record(db, caller, "use", type, id, name, owner, Changes.NONE);
        }
    }
}
