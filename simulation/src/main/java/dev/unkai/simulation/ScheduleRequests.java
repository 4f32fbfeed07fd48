package dev.unkai.simulation;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.compute.ScheduledOperations.Action;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.schedule.Schedule;
import dev.unkai.cloud.compute.schedule.ServerSchedules;
import dev.unkai.cloud.compute.schedule.Timetable;
import dev.unkai.simulation.Requests.Request;
import dev.unkai.wire.token.Caller;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What customers ask of their servers' schedules: times soon enough to come, and the same again each day. */
final class ScheduleRequests {
    private static final int SOON_SECONDS = 90;
    private static final List<String> ZONES = List.of("UTC", "Asia/Tokyo", "Europe/Berlin");

    private final World world;

    ScheduleRequests(World world) {
        this.world = world;
    }

    List<Request> all() {
        Set<Goal> any = EnumSet.allOf(Goal.class);
        return List.of(
                request("schedule", 6, any, this::create),
                request("change a schedule", 3, any, this::change),
                request("drop a schedule", 2, any, this::drop));
    }

    private static Request request(String name, int weight, Set<Goal> from, Requests.Deed deed) {
        return new Request(name, weight, from, false, (server, before) -> before, deed);
    }

    private void create(CloudProcess process, Caller caller, Known server) {
        Schedule.Setting setting = setting(server);
        Schedule made = process.part(ServerSchedules.class).create(caller, server.id, setting);
        remember(server, made, 0);
    }

    private void change(CloudProcess process, Caller caller, Known server) {
        UUID id = one(server);
        if (id == null) {
            return;
        }
        Schedule.Setting setting = setting(server);
        certainly(server, id, () -> {
            Schedule made = process.part(ServerSchedules.class).change(caller, server.id, id, setting);
            int before = world.database()
                    .ask("select id from schedule_run where schedule_id = '" + id + "'")
                    .size();
            remember(server, made, before);
        });
    }

    private void drop(CloudProcess process, Caller caller, Known server) {
        UUID id = one(server);
        if (id != null) {
            certainly(server, id, () -> process.part(ServerSchedules.class).delete(caller, server.id, id));
        }
    }

    private @Nullable UUID one(Known server) {
        List<UUID> ids = List.copyOf(server.schedules.keySet());
        return ids.isEmpty() ? null : world.chance().of(ids);
    }

    /** Without an answer nobody knows what holds of the schedule; a refusal leaves it as it was. */
    private static void certainly(Known server, UUID id, Runnable deed) {
        KnownSchedule before = server.schedules.remove(id);
        try {
            deed.run();
        } catch (Refusal refusal) {
            if (before != null && refusal.kind() != Refusal.Kind.NOT_FOUND) {
                server.schedules.put(id, before);
            }
            throw refusal;
        }
    }

    private static void remember(Known server, Schedule made, int before) {
        Instant due = made.dueAt();
        if (due != null) {
            server.schedules.put(made.id(), new KnownSchedule(made.setting().timetable(), due, before));
        }
    }

    private Schedule.Setting setting(Known server) {
        Action action = world.chance().of(List.of(Action.values()));
        server.scheduled |= action == Action.START || action == Action.STOP;
        ZonedDateTime then = world.time()
                .plusSeconds(world.chance().between(1, SOON_SECONDS))
                .truncatedTo(ChronoUnit.SECONDS)
                .atZone(ZoneId.of(world.chance().of(ZONES)));
        boolean daily = world.chance().happens(0.7);
        Timetable timetable = new Timetable(
                daily ? EnumSet.allOf(DayOfWeek.class) : Set.of(),
                daily ? null : then.toLocalDate(),
                then.toLocalTime(),
                then.getZone());
        Integer keep = action == Action.SNAPSHOT ? world.chance().between(1, 2) : null;
        return new Schedule.Setting(
                "hours", action, timetable, keep, world.chance().happens(0.9));
    }
}
