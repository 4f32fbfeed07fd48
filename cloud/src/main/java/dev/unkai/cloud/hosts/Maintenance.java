package dev.unkai.cloud.hosts;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A host that is to take no new guests for a time, by an operator's word. Those that it has stay and go on, or go to other hosts. */
@Component
public class Maintenance {
    private final Transactions transactions;
    private final Drains drains;
    private final Clock clock;

    Maintenance(Transactions transactions, Drains drains, Clock clock) {
        this.transactions = transactions;
        this.drains = drains;
        this.clock = clock;
    }

    /** What becomes of the guests that the host has. */
    public enum Guests {
        /** They stay there. A drain under way ends; moves that have begun go on. */
        STAY,
        /** They go to other hosts. */
        LEAVE,
        /** What was said of them before holds. */
        AS_BEFORE
    }

    /** @param reason for people; may be empty. Throws Refusal when there is no such host. */
    public void begin(Caller caller, UUID host, String reason, Guests guests) {
        transactions.doAsCaller(caller, db -> {
            String before = reason(db, host);
            String name = set(db, host, reason);
            record(db, caller, "maintenance/begin", host, name, reason, maintenance(before, reason));
            switch (guests) {
                case LEAVE -> {
                    if (drains.begin(db, host, caller.user())) {
                        record(db, caller, "drain/begin", host, name, reason, Changes.NONE);
                    }
                }
                case STAY -> endDrain(db, caller, host, name);
                case AS_BEFORE -> {
                    // a drain goes on as it is
                }
            }
        });
    }

    /** The host takes guests again. */
    public void end(Caller caller, UUID host) {
        transactions.doAsCaller(caller, db -> {
            String before = reason(db, host);
            String name = set(db, host, null);
            endDrain(db, caller, host, name);
            record(db, caller, "maintenance/end", host, name, "", maintenance(before, null));
        });
    }

    private void endDrain(Db db, Caller caller, UUID host, String name) {
        if (drains.end(db, host)) {
            record(db, caller, "drain/end", host, name, "", Changes.NONE);
        }
    }

    /** Why the host is in maintenance; empty where no reason was given; null where it is not. */
    private static @Nullable String reason(Db db, UUID host) {
        return db.sql("select coalesce(maintenance_reason, '') from host where id = ? and maintenance")
                .param(host)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private static Changes maintenance(@Nullable String before, @Nullable String after) {
        return Changes.of("maintenance", before != null, after != null)
                .and(Changes.of("maintenance_reason", before, after));
    }

    private static String set(Db db, UUID host, @Nullable String reason) {
        String name = db.sql("""
                update host set maintenance = :on, maintenance_reason = :reason where id = :id returning name
                """)
                .param("on", reason != null)
                .param("reason", reason)
                .param("id", host)
                .query(String.class)
                .optional()
                .orElseThrow(() -> Refusal.notFound("There is no such host."));
        // Servers that found no room may find it now.
        db.wake("server");
        return name;
    }

    private void record(Db db, Caller caller, String action, UUID host, String name, String reason, Changes changes) {
        CadfEvent event = CadfEvent.by(
                        caller,
                        action,
                        new CadfEvent.Target(host.toString(), "compute/host", name, null),
                        clock.instant())
                .with(changes);
        db.record(reason.isEmpty() ? event : event.with(Map.of("reason", reason)));
    }
}
