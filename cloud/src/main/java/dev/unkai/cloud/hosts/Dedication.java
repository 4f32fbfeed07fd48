package dev.unkai.cloud.hosts;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** An empty host becomes one customer's own, or everybody's again, by an operator's word. */
@Component
public class Dedication {
    private final Transactions transactions;
    private final Clock clock;

    Dedication(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @param project whose the host is to be; null: everybody's. Throws Refusal while the host has guests. */
    public void set(Caller caller, UUID host, @Nullable String project) {
        transactions.doAsCaller(caller, db -> {
            String before = owner(db, host);
            String name = change(db, host, project);
            // The history of each customer says so too, and names nobody else's.
            if (before != null) {
                record(db, caller, "undedicate", host, name, before, Changes.of("dedicated_to", before, null));
            }
            if (project != null || before == null) {
                String action = project == null ? "undedicate" : "dedicate";
                record(db, caller, action, host, name, project, Changes.of("dedicated_to", null, project));
            }
            db.wake("server");
        });
    }

    private void record(
            Db db, Caller caller, String action, UUID host, String name, @Nullable String project, Changes changes) {
        CadfEvent.Target target = new CadfEvent.Target(host.toString(), "compute/host", name, project);
        db.record(CadfEvent.by(caller, action, target, clock.instant()).with(changes));
    }

    private static @Nullable String owner(Db db, UUID host) {
        return db.sql("select project_id from host where id = ? and project_id is not null")
                .param(host)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private static String change(Db db, UUID host, @Nullable String project) {
        // Whether it is empty is asked in the update itself: a claim takes the same row.
        return db.sql("update host set project_id = ? where id = ? and guests = 0 returning name")
                .param(project)
                .param(host)
                .query(String.class)
                .optional()
                .orElseThrow(() -> {
                    boolean known = db.sql("select exists (select 1 from host where id = ?)")
                            .param(host)
                            .query(Boolean.class)
                            .single();
                    return known
                            ? Refusal.conflict("The host has guests. Drain it first: only an empty host changes hands.")
                            : Refusal.notFound("There is no such host.");
                });
    }
}
