package dev.unkai.cloud.compute.schedule;

import com.zaxxer.hikari.HikariDataSource;
import dev.unkai.base.Ids;
import dev.unkai.base.data.DatabaseAccess;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.compute.ScheduledOperations;
import dev.unkai.cloud.hosts.FaultyPool;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.ApplicationContext;

/** The reconciler of schedules as another process has it: on connections of its own, which can be made to break. */
public final class DueSite implements AutoCloseable {
    private final HikariDataSource pool;
    private final FaultyPool faulty;
    private final DueSchedules reconciler;

    public DueSite(ApplicationContext cloud, DatabaseAccess system, Duration grace) {
        pool = system.pool("schedules", 2);
        faulty = new FaultyPool(pool);
        reconciler = new DueSchedules(
                new Transactions(pool, faulty.dataSource(), new Wakeups()),
                cloud.getBean(ScheduleStore.class),
                cloud.getBean(RunStore.class),
                cloud.getBean(ScheduledOperations.class),
                Ids.random(),
                cloud.getBean(Clock.class),
                grace);
    }

    public Reconciler reconciler() {
        return reconciler;
    }

    public FaultyPool faulty() {
        return faulty;
    }

    @Override
    public void close() {
        pool.close();
    }
}
