package dev.unkai.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether each time of a schedule has counted exactly once: acted on, or noted as missed. */
final class ScheduleTimes {
    private final World world;

    ScheduleTimes(World world) {
        this.world = world;
    }

    void check(List<String> gaps, Known server) {
        server.schedules.forEach((id, schedule) -> {
            List<String> due =
                    world.database().ask("select " + epoch("due_at") + " from server_schedule where id = '" + id + "'");
            List<String> counted = world.database()
                    .ask("select " + epoch("due_at") + " from schedule_run where schedule_id = '" + id
                            + "' order by id offset " + schedule.before());
            List<String> times = new ArrayList<>();
            Optional<Instant> next = Optional.of(schedule.first());
            while (next.isPresent() && !next.get().isAfter(world.time())) {
                times.add(String.valueOf(next.get().toEpochMilli()));
                next = schedule.timetable().next(next.get());
            }
            // A server that is deleted takes its schedules with it, sooner or later.
            if (!due.isEmpty()
                    && (!counted.equals(times)
                            || !due.getFirst()
                                    .equals(next.map(Instant::toEpochMilli)
                                            .map(String::valueOf)
                                            .orElse("null")))) {
                gaps.add("schedule " + id + " of server " + server.id + " was due at " + times + " and then " + next
                        + ", but counted at " + counted + " and is due at " + due);
            } else if (due.isEmpty() && !server.isDeleted() && !server.mayBeGone()) {
                gaps.add("schedule " + id + " of server " + server.id + " is not there");
            }
        });
    }

    private static String epoch(String column) {
        return "(extract(epoch from " + column + ") * 1000)::bigint";
    }
}
