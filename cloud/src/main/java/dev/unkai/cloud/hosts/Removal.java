package dev.unkai.cloud.hosts;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** An empty host leaves, by an operator's word or by its own: from then on its certificate is refused. */
@Component
public class Removal {
    private final Transactions transactions;
    private final Clock clock;

    Removal(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** By an operator. Throws Refusal when the host has guests, or is not known. */
    public void remove(Caller caller, UUID host) {
        transactions.doAsCaller(caller, db -> {
            String name = forget(db, host);
            db.record(CadfEvent.by(caller, "delete", target(host, name), clock.instant()));
        });
    }

    /** By the host itself, whose certificate says who it is. */
    public void leave(UUID host) {
        transactions.doAsSystem(db -> {
            String name = forget(db, host);
            db.record(CadfEvent.bySystem("node", "delete", target(host, name), clock.instant(), null));
        });
    }

    private record Known(String name, String zone, int guests) {}

    private String forget(Db db, UUID host) {
        Known known = db.sql("select name, zone, guests from host where id = ?")
                .param(host)
                .query((row, n) -> new Known(row.getString(1), row.getString(2), row.getInt(3)))
                .optional()
                .orElseThrow(() -> Refusal.notFound("There is no such host."));
        if (known.guests() > 0) {
            throw Refusal.conflict("Host " + known.name() + " has " + known.guests()
                    + " guests. Drain it or delete them, and remove it then.");
        }
        db.sql("""
                insert into host_enrolment (host_id, name, zone, address, removed_at) values (:id, :name, :zone, '', :now)
                on conflict (host_id) do update set removed_at = excluded.removed_at
                """)
                .param("id", host)
                .param("name", known.name())
                .param("zone", known.zone())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        db.sql("delete from console_session where host_id = ?").param(host).update();
        // A guest that was placed on it meanwhile holds the row by its claim: the removal fails, and nothing is done.
        int gone = db.sql("delete from host where id = ? and guests = 0")
                .param(host)
                .update();
        if (gone == 0) {
            throw Refusal.conflict("Host " + known.name() + " has just been given a guest. Try again.");
        }
        return known.name();
    }

    private static CadfEvent.Target target(UUID host, String name) {
        return new CadfEvent.Target(host.toString(), "compute/host", name, null);
    }
}
