package dev.unkai.cloud.hosts;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A host that is to take no new guests for a time, by an operator's word. Those that it has go on. */
@Component
public class Maintenance {
    private final Transactions transactions;
    private final Clock clock;

    Maintenance(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @param reason for people; may be empty. Throws Refusal when there is no such host. */
    public void begin(Caller caller, UUID host, String reason) {
        set(caller, host, reason);
    }

    /** The host takes guests again. */
    public void end(Caller caller, UUID host) {
        set(caller, host, null);
    }

    private void set(Caller caller, UUID host, @Nullable String reason) {
        transactions.doAsCaller(caller, db -> {
            String name = db.sql("""
                    update host set maintenance = :on, maintenance_reason = :reason where id = :id returning name
                    """)
                    .param("on", reason != null)
                    .param("reason", reason)
                    .param("id", host)
                    .query(String.class)
                    .optional()
                    .orElseThrow(() -> Refusal.notFound("There is no such host."));
            CadfEvent event = CadfEvent.by(
                    caller,
                    reason == null ? "maintenance/end" : "maintenance/begin",
                    new CadfEvent.Target(host.toString(), "compute/host", name, null),
                    clock.instant());
            db.record(reason == null || reason.isEmpty() ? event : event.with(Map.of("reason", reason)));
            // Servers that found no room may find it now.
            db.wake("server");
        });
    }
}
