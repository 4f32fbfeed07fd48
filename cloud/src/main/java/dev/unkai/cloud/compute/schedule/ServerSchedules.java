package dev.unkai.cloud.compute.schedule;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.schedule.Schedule.Setting;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** A server's schedules as its customer manages them. */
@Component
public class ServerSchedules {
    /** The channel of the reconciler that acts. */
    static final String CHANNEL = "server_schedule";

    private final Transactions transactions;
    private final ServerStore servers;
    private final ScheduleStore store;
    private final RunStore runs;
    private final Ids ids;
    private final Clock clock;
    private final int most;

    ServerSchedules(
            Transactions transactions,
            ServerStore servers,
            ScheduleStore store,
            RunStore runs,
            Ids ids,
            Clock clock,
            @Value("${unkai.compute.schedules-per-server:20}") int most) {
        this.transactions = transactions;
        this.servers = servers;
        this.store = store;
        this.runs = runs;
        this.ids = ids;
        this.clock = clock;
        this.most = most;
    }

    /** How many schedules a server can have. */
    public int most() {
        return most;
    }

    /** Oldest first. */
    public List<Schedule> list(Caller caller, UUID server) {
        return transactions.asCaller(caller, db -> {
            existing(db, server);
            return store.of(db, server);
        });
    }

    public Schedule show(Caller caller, UUID server, UUID id) {
        return transactions.asCaller(caller, db -> store.find(db, server, id).orElseThrow(() -> notFound(id)));
    }

    public Schedule create(Caller caller, UUID server, Setting setting) {
        return transactions.asCaller(caller, db -> {
            // Locked, so that two at once cannot pass the limit together.
            Server found = servers.lock(db, server).orElseThrow(() -> noServer(server));
            if (store.count(db, server) >= most) {
                throw Refusal.overQuota(
                        "A server can have at most " + most + " schedules. Delete one that is no longer needed first.");
            }
            Instant now = now();
            Schedule schedule = new Schedule(
                    ids.next(), server, found.projectId(), caller.user(), setting, due(setting, now), now, now);
            store.insert(db, schedule);
            record(db, caller, "create", schedule, now, Changes.made(setting));
            db.wake(CHANNEL);
            return schedule;
        });
    }

    /** Sets all of it anew; times between the old and the new setting are not made up for. */
    public Schedule change(Caller caller, UUID server, UUID id, Setting setting) {
        return transactions.asCaller(caller, db -> {
            Schedule old = store.lock(db, server, id).orElseThrow(() -> notFound(id));
            Instant now = now();
            // A process whose clock goes before ours may have acted at a time that is still to come here: it has
            // counted.
            Instant after = runs.newestTime(db, id).filter(now::isBefore).orElse(now);
            Instant due = due(setting, after);
            store.change(db, id, setting, due, now);
            Schedule changed =
                    new Schedule(id, server, old.projectId(), old.userId(), setting, due, old.createdAt(), now);
            record(db, caller, "update", changed, now, Changes.between(old.setting(), setting));
            db.wake(CHANNEL);
            return changed;
        });
    }

    public void delete(Caller caller, UUID server, UUID id) {
        transactions.doAsCaller(caller, db -> {
            Schedule schedule = store.lock(db, server, id).orElseThrow(() -> notFound(id));
            store.delete(db, id);
            record(db, caller, "delete", schedule, clock.instant(), Changes.gone(schedule.setting()));
        });
    }

    /** What the server's schedules did, newest first; see {@link RunStore#of}. */
    public List<ScheduleRun> runs(
            Caller caller, UUID server, @Nullable UUID schedule, @Nullable Long after, int limit) {
        return transactions.asCaller(caller, db -> {
            existing(db, server);
            return runs.of(db, server, schedule, after, limit);
        });
    }

    /** As the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private @Nullable Instant due(Setting setting, Instant now) {
        Instant next = setting.timetable().next(now).orElse(null);
        if (next == null) {
            throw Refusal.invalid("The date and time are over: choose one that is still to come.");
        }
        return setting.enabled() ? next : null;
    }

    private void existing(Db db, UUID server) {
        if (servers.find(db, server).isEmpty()) {
            throw noServer(server);
        }
    }

    private static void record(Db db, Caller caller, String action, Schedule schedule, Instant now, Changes changes) {
        Timetable timetable = schedule.setting().timetable();
        CadfEvent.Target target = new CadfEvent.Target(
                schedule.id().toString(), "compute/schedule", schedule.setting().name(), schedule.projectId());
        db.record(CadfEvent.by(caller, action, target, now)
                .with(Map.of(
                        "server", schedule.serverId().toString(),
                        "does", ScheduleStore.word(schedule.setting().action()),
                        "days",
                                timetable.date() == null
                                        ? timetable.days().stream()
                                                .sorted()
                                                .toList()
                                                .toString()
                                        : timetable.date().toString(),
                        "time", timetable.time() + " " + timetable.zone(),
                        "enabled", String.valueOf(schedule.setting().enabled())))
                .with(changes));
    }

    private static Refusal noServer(UUID server) {
        return Refusal.notFound("Instance " + server + " could not be found.");
    }

    private static Refusal notFound(UUID id) {
        return Refusal.notFound("Schedule " + id + " could not be found.");
    }
}
