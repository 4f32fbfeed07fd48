package dev.unkai.cloud.compute.schedule;

import static java.util.Objects.requireNonNull;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.compute.ScheduledOperations;
import dev.unkai.cloud.compute.ScheduledOperations.Order;
import dev.unkai.cloud.compute.ScheduledOperations.Outcome;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.ServerState;
import dev.unkai.cloud.compute.schedule.RunStore.Begin;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Schedules whose time has come → the server told, the time noted, the next one set, all in one transaction: so each time
 * counts exactly once, however many processes run and whenever one dies. A time that is found more than the grace after
 * it was due is noted as missed; a server that is busy is tried again until then.
 */
@Component
class DueSchedules implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(DueSchedules.class);
    private static final Duration BUSY = Duration.ofSeconds(10);
    private static final Duration TROUBLE = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final ScheduleStore store;
    private final RunStore runs;
    private final ScheduledOperations operations;
    private final Ids ids;
    private final Clock clock;
    private final Duration grace;

    DueSchedules(
            Transactions transactions,
            ScheduleStore store,
            RunStore runs,
            ScheduledOperations operations,
            Ids ids,
            Clock clock,
            @Value("${unkai.compute.schedule-grace:15m}") Duration grace) {
        this.transactions = transactions;
        this.store = store;
        this.runs = runs;
        this.operations = operations;
        this.ids = ids;
        this.clock = clock;
        this.grace = grace;
    }

    @Override
    public String name() {
        return "due schedules";
    }

    @Override
    public String channel() {
        return ServerSchedules.CHANNEL;
    }

    @Override
    public boolean step() {
        AtomicReference<@Nullable UUID> at = new AtomicReference<>();
        try {
            return transactions.asSystem(db -> {
                Optional<Schedule> next = store.due(db, clock.instant());
                next.map(Schedule::id).ifPresent(at::set);
                next.ifPresent(schedule -> act(db, schedule));
                return next.isPresent();
            });
        } catch (RuntimeException e) {
            UUID schedule = at.get();
            if (schedule == null || isPassing(e)) {
                throw e; // the loop tries again soon: nothing has happened to any server
            }
            log.error("ALARM schedule {} could not act; it is tried again in {} s", schedule, TROUBLE.toSeconds(), e);
            transactions.doAsSystem(db -> store.postpone(db, schedule, clock.instant(), TROUBLE));
            return true;
        }
    }

    private void act(Db db, Schedule schedule) {
        Server server = operations.lock(db, schedule.serverId()).orElse(null);
        if (server == null) {
            store.delete(db, schedule.id());
            return;
        }
        Instant now = clock.instant();
        Instant due = requireNonNull(schedule.dueAt());
        Schedule.Setting setting = schedule.setting();
        Integer keep = setting.keep();
        Order order = new Order(
                schedule.id(),
                setting.name(),
                schedule.userId(),
                "req-" + ids.next(),
                setting.action(),
                keep == null ? 0 : keep);
        if (due.plus(grace).isBefore(now)) {
            refuse(db, schedule, server, order, Begin.MISSED, "The service was not running at that time.", now);
            return;
        }
        try {
            switch (operations.perform(db, server, order, now)) {
                case Outcome.Begun(UUID image) -> end(db, schedule, order, Begin.BEGUN, null, image, now);
                case Outcome.Unneeded() -> end(db, schedule, order, Begin.UNNEEDED, null, null, now);
                case Outcome.Busy() -> busy(db, schedule, server, order, due, now);
            }
        } catch (Refusal refusal) {
            refuse(db, schedule, server, order, Begin.FAILED, refusal.sentence(), now);
        }
    }

    /** Tries again a little later; the last time just before the grace ends. */
    private void busy(Db db, Schedule schedule, Server server, Order order, Instant due, Instant now) {
        if (now.plus(BUSY).isBefore(due.plus(grace))) {
            store.postpone(db, schedule.id(), now, BUSY);
        } else {
            ServerState.Task task = server.state().task();
            refuse(
                    db,
                    schedule,
                    server,
                    order,
                    Begin.FAILED,
                    "The server was busy (" + (task == null ? "" : task.wireName()) + ") for " + grace.toMinutes()
                            + " minutes.",
                    now);
        }
    }

    private void refuse(
            Db db, Schedule schedule, Server server, Order order, Begin result, String reason, Instant now) {
        operations.refused(db, server, order, result == Begin.MISSED ? "Missed" : "Conflict", reason, now);
        end(db, schedule, order, result, reason, null, now);
    }

    private void end(
            Db db,
            Schedule schedule,
            Order order,
            Begin result,
            @Nullable String reason,
            @Nullable UUID image,
            Instant now) {
        runs.insert(db, schedule, order, result, reason, image, now);
        Instant due = requireNonNull(schedule.dueAt());
        // From the time it was due, not from now: so clocks of two processes that differ never make it act twice or not
        // at all.
        store.moveOn(db, schedule.id(), schedule.setting().timetable().next(due).orElse(null));
    }

    /** Trouble of the database, not of one schedule. */
    private static boolean isPassing(RuntimeException e) {
        return e instanceof TransientDataAccessException
                || e instanceof DataAccessResourceFailureException
                || e instanceof TransactionException;
    }
}
