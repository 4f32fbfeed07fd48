package dev.unkai.cloud.compute.reconcile;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.store.ServerProgress;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Servers that are not as desired → their next step, one server at a time. Several processes share the servers by row
 * locks; one server's unforeseen failure does not hold the others up.
 */
@Component
class ServerReconciler implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(ServerReconciler.class);

    private final Transactions transactions;
    private final ServerProgress progress;
    private final ServerSteps steps;

    ServerReconciler(Transactions transactions, ServerProgress progress, ServerSteps steps) {
        this.transactions = transactions;
        this.progress = progress;
        this.steps = steps;
    }

    @Override
    public String name() {
        return "servers";
    }

    @Override
    public String channel() {
        return "server";
    }

    /** A step is mostly waiting: for statements, and for the disk when it commits. */
    @Override
    public int workers() {
        return 3;
    }

    @Override
    public boolean step() {
        AtomicReference<@Nullable UUID> at = new AtomicReference<>();
        try {
            return transactions.asSystem(db -> {
                var next = progress.next(db);
                next.map(Server::id).ifPresent(at::set);
                next.ifPresent(server -> steps.next(db, server));
                return next.isPresent();
            });
        } catch (RuntimeException e) {
            UUID server = at.get();
            if (server == null || isPassing(e)) {
                throw e; // the loop tries again soon: nothing has happened to any server
            }
            log.error(
                    "ALARM a step for server {} failed; it is tried again in {} s",
                    server,
                    Patience.RETRY.toSeconds(),
                    e);
            transactions.doAsSystem(db -> progress.considered(db, server, Patience.RETRY));
            return true;
        }
    }

    /** Trouble of the database, not of one server. */
    static boolean isPassing(RuntimeException e) {
        return e instanceof TransientDataAccessException
                || e instanceof DataAccessResourceFailureException
                || e instanceof TransactionException;
    }
}
