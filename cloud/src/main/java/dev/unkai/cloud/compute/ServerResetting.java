package dev.unkai.cloud.compute;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.compute.Server.Fault;
import dev.unkai.cloud.compute.store.ServerProgress;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The provider's word on a server's state ({@code os-resetState}), where what was reported does not help. */
@Component
public class ServerResetting {
    private static final int CODE = 500;

    private final Transactions transactions;
    private final Operations operations;
    private final ServerStore store;
    private final ServerProgress progress;
    private final Clock clock;

    ServerResetting(
            Transactions transactions, Operations operations, ServerStore store, ServerProgress progress, Clock clock) {
        this.transactions = transactions;
        this.operations = operations;
        this.store = store;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Nothing is wrong with it, and whatever was under way is given up: it is to run. Its host is told so anew, so that what
     * is shown and what is cannot part.
     */
    public void active(Caller caller, UUID id) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.lock(db, id);
            Instant now = clock.instant();
            store.reset(db, id, now);
            operations.done(
                    db,
                    caller,
                    server,
                    "resetState",
                    now,
                    Changes.of("status", server.state().vm(), "ACTIVE"));
            db.wake("server");
        });
    }

    /** Something is wrong with it, until its provider resets it or it reaches what its customer asks of it next. */
    public void error(Caller caller, UUID id) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.lock(db, id);
            Instant now = clock.instant();
            progress.fault(db, id, new Fault(CODE, "The provider has set this server to the error state.", now));
            operations.done(
                    db,
                    caller,
                    server,
                    "resetState",
                    now,
                    Changes.of("status", server.state().vm(), "ERROR"));
        });
    }
}
