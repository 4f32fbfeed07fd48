package dev.unkai.base.data;

import com.zaxxer.hikari.HikariDataSource;
import dev.unkai.base.access.Reach;
import dev.unkai.base.access.Scoped;
import dev.unkai.base.event.RecordGuard;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The only way to the database. A caller's work runs as the request role, and row-level security sees the caller's
 * reach; a reconciler's work runs as the system role. Whatever the function throws rolls everything back.
 */
public final class Transactions {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final JdbcClient apiJdbc;
    private final JdbcClient systemJdbc;
    private final TransactionTemplate api;
    private final TransactionTemplate system;
    private final ProjectTurns turns;
    private final Wakeups wakeups;
    private final RecordGuard guard;

    public Transactions(DataSource apiPool, DataSource systemPool, Wakeups wakeups) {
        this(apiPool, systemPool, wakeups, RecordGuard.NONE);
    }

    /** @param guard looks at what callers' work records */
    public Transactions(DataSource apiPool, DataSource systemPool, Wakeups wakeups, RecordGuard guard) {
        this.apiJdbc = JdbcClient.create(apiPool);
        this.systemJdbc = JdbcClient.create(systemPool);
        this.api = new TransactionTemplate(new DataSourceTransactionManager(apiPool));
        this.system = new TransactionTemplate(new DataSourceTransactionManager(systemPool));
        int connections = apiPool instanceof HikariDataSource pool ? pool.getMaximumPoolSize() : 2;
        this.turns = new ProjectTurns(Math.max(1, connections / 2), PATIENCE);
        this.wakeups = wakeups;
        this.guard = guard;
    }

    /** Runs the work in one transaction of the request role, limited to what the caller may reach, when it is its project's turn. */
    public <T extends @Nullable Object> T asCaller(Scoped caller, Function<Db, T> work) {
        Reach reach = caller.reach();
        return reach instanceof Reach.Project(String project)
                        && !TransactionSynchronizationManager.isActualTransactionActive()
                ? turns.take(project, () -> guarded(caller, reach, work))
                : guarded(caller, reach, work);
    }

    private <T extends @Nullable Object> T guarded(Scoped caller, Reach reach, Function<Db, T> work) {
        try {
            return run(api, apiJdbc, reach, caller, work);
        } catch (Db.Barred barred) {
            // Rolled back; what was tried is recorded apart from it.
            doAsSystem(db -> db.record(barred.refused().attempt()));
            throw barred.refused().refusal();
        }
    }

    /** Like {@link #asCaller} for work that answers nothing. */
    public void doAsCaller(Scoped caller, Consumer<Db> work) {
        this.<@Nullable Void>asCaller(caller, db -> {
            work.accept(db);
            return null;
        });
    }

    /** Runs the work in one transaction of the system role, which sees all rows. For reconcilers and start-up only. */
    public <T extends @Nullable Object> T asSystem(Function<Db, T> work) {
        return run(system, systemJdbc, null, null, work);
    }

    /** Like {@link #asSystem} for work that answers nothing. */
    public void doAsSystem(Consumer<Db> work) {
        this.<@Nullable Void>asSystem(db -> {
            work.accept(db);
            return null;
        });
    }

    private <T extends @Nullable Object> T run(
            TransactionTemplate template,
            JdbcClient jdbc,
            @Nullable Reach reach,
            @Nullable Scoped caller,
            Function<Db, T> work) {
        try {
            return attempt(template, jdbc, reach, caller, work);
        } catch (DataAccessException failure) {
            throw DatabaseRefusal.of(failure)
                    .<RuntimeException>map(refusal -> refusal)
                    .orElse(failure);
        }
    }

    @SuppressWarnings("NullAway") // TransactionTemplate passes the function's own null through
    private <T extends @Nullable Object> T attempt(
            TransactionTemplate template,
            JdbcClient jdbc,
            @Nullable Reach reach,
            @Nullable Scoped caller,
            Function<Db, T> work) {
        Db db = new Db(jdbc, reach, caller, guard);
        T result = template.execute(status -> {
            if (reach != null) {
                limit(jdbc, reach);
            }
            if (caller != null && caller.looksOnly()) {
                jdbc.sql("set transaction read only").update();
            }
            T answer = work.apply(db);
            db.finish(wakeups::payload);
            return answer;
        });
        db.wakes().forEach(wake -> wakeups.wake(wake.channel(), wake.detail()));
        return result;
    }

    private static void limit(JdbcClient jdbc, Reach reach) {
        String project = reach instanceof Reach.Project one ? one.id() : "";
        String breadth = reach instanceof Reach.Provider ? "provider" : "project";
        jdbc.sql("select set_config('unkai.project', ?, true), set_config('unkai.reach', ?, true)")
                .param(project)
                .param(breadth)
                .query()
                .singleRow();
    }
}
