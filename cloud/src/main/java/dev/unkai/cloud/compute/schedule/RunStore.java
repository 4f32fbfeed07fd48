package dev.unkai.cloud.compute.schedule;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.ScheduledOperations.Order;
import dev.unkai.cloud.compute.schedule.ScheduleRun.Result;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code schedule_run}, the newest 500 of each server. */
@Component
class RunStore {
    private static final int KEPT = 500;

    /** How a begun run went on is told by the instance action that it began. */
    private static final String OF_SERVER = """
            select r.*, e.finished_at, e.result as end_result, e.details, e.id as event_id
              from schedule_run r
              left join instance_action a on a.server_id = r.server_id and a.request_id = r.request_id
              left join instance_action_event e on e.action_id = a.id
             where r.server_id = :server and (:schedule::uuid is null or r.schedule_id = :schedule::uuid)
               and (:after::bigint is null or r.id < :after::bigint)
             order by r.id desc limit :limit
            """;

    /** What became of it at once; how it goes on is seen later. */
    enum Begin {
        BEGUN,
        UNNEEDED,
        FAILED,
        MISSED
    }

    void insert(
            Db db,
            Schedule schedule,
            Order order,
            Begin result,
            @Nullable String reason,
            @Nullable UUID image,
            Instant now) {
        db.sql("""
                insert into schedule_run (schedule_id, schedule_name, server_id, project_id, action, due_at, ran_at, result,
                       reason, request_id, image_id)
                values (:schedule, :name, :server, :project, :action, :due, :now, :result, :reason, :request, :image)
                """)
                .param("schedule", schedule.id())
                .param("name", schedule.setting().name())
                .param("server", schedule.serverId())
                .param("project", schedule.projectId())
                .param("action", ScheduleStore.word(order.action()))
                .param("due", ScheduleStore.timestamp(schedule.dueAt()))
                .param("now", ScheduleStore.timestamp(now))
                .param("result", result.name().toLowerCase(Locale.ROOT))
                .param("reason", reason)
                .param("request", order.requestId())
                .param("image", image)
                .update();
        db.sql("""
                delete from schedule_run where server_id = :server and id <= (
                    select id from schedule_run where server_id = :server order by id desc offset :kept limit 1)
                """).param("server", schedule.serverId()).param("kept", KEPT).update();
    }

    /**
     * Newest first.
     *
     * @param schedule null: of all the server's schedules, also of deleted ones
     * @param after only those older than this one; null: from the newest
     */
    List<ScheduleRun> of(Db db, UUID server, @Nullable UUID schedule, @Nullable Long after, int limit) {
        return db.sql(OF_SERVER)
                .param("server", server)
                .param("schedule", schedule)
                .param("after", after)
                .param("limit", limit)
                .query(RunStore::read)
                .list();
    }

    /** The latest time of the schedule that has counted. */
    Optional<Instant> newestTime(Db db, UUID schedule) {
        return db.sql("select due_at from schedule_run where schedule_id = ? order by due_at desc limit 1")
                .param(schedule)
                .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional();
    }

    private static ScheduleRun read(ResultSet row, int number) throws SQLException {
        Result result = switch (Begin.valueOf(row.getString("result").toUpperCase(Locale.ROOT))) {
            case UNNEEDED -> Result.UNNEEDED;
            case FAILED -> Result.FAILED;
            case MISSED -> Result.MISSED;
            case BEGUN -> end(row);
        };
        String reason = row.getString("reason");
        return new ScheduleRun(
                row.getLong("id"),
                row.getObject("schedule_id", UUID.class),
                row.getString("schedule_name"),
                ScheduleStore.action(row.getString("action")),
                row.getObject("due_at", OffsetDateTime.class).toInstant(),
                row.getObject("ran_at", OffsetDateTime.class).toInstant(),
                result,
                reason == null && result == Result.FAILED ? row.getString("details") : reason,
                row.getString("request_id"),
                row.getObject("image_id", UUID.class));
    }

    private static Result end(ResultSet row) throws SQLException {
        if (row.getObject("event_id") == null) {
            return Result.DONE;
        }
        if (row.getObject("finished_at") == null) {
            return Result.RUNNING;
        }
        return "Error".equals(row.getString("end_result")) ? Result.FAILED : Result.DONE;
    }
}
