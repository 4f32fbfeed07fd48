package dev.unkai.cloud.compute.schedule;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.ScheduledOperations.Action;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code server_schedule}. */
@Component
class ScheduleStore {
    private static final String COLUMNS = """
            select id, server_id, project_id, user_id, name, action, days, date, time, zone, keep, enabled, due_at,
                   created_at, updated_at
              from server_schedule s
            """;

    /** A server's times are acted on in their order, so one that is due waits for an earlier one of its server. */
    private static final String DUE = COLUMNS + """
             where try_at <= ?
               and not exists (select 1 from server_schedule earlier
                                where earlier.server_id = s.server_id and (earlier.due_at, earlier.id) < (s.due_at, s.id))
             order by try_at limit 1 for update skip locked
            """;

    void insert(Db db, Schedule schedule) {
        db.sql("""
                insert into server_schedule (id, server_id, project_id, user_id, name, action, days, date, time, zone, keep,
                       enabled, due_at, try_at, created_at, updated_at)
                values (:id, :server, :project, :user, :name, :action, :days, :date, :time, :zone, :keep, :enabled, :due, :due,
                       :created, :created)
                """)
                .param("id", schedule.id())
                .param("server", schedule.serverId())
                .param("project", schedule.projectId())
                .param("user", schedule.userId())
                .param("name", schedule.setting().name())
                .param("action", word(schedule.setting().action()))
                .param("days", days(schedule.setting().timetable()))
                .param("date", schedule.setting().timetable().date())
                .param("time", schedule.setting().timetable().time())
                .param("zone", schedule.setting().timetable().zone().getId())
                .param("keep", schedule.setting().keep())
                .param("enabled", schedule.setting().enabled())
                .param("due", timestamp(schedule.dueAt()))
                .param("created", timestamp(schedule.createdAt()))
                .update();
    }

    void change(Db db, UUID id, Schedule.Setting setting, @Nullable Instant dueAt, Instant now) {
        db.sql("""
                update server_schedule set name = :name, action = :action, days = :days, date = :date, time = :time,
                       zone = :zone, keep = :keep, enabled = :enabled, due_at = :due, try_at = :due, updated_at = :now
                 where id = :id
                """)
                .param("id", id)
                .param("name", setting.name())
                .param("action", word(setting.action()))
                .param("days", days(setting.timetable()))
                .param("date", setting.timetable().date())
                .param("time", setting.timetable().time())
                .param("zone", setting.timetable().zone().getId())
                .param("keep", setting.keep())
                .param("enabled", setting.enabled())
                .param("due", timestamp(dueAt))
                .param("now", timestamp(now))
                .update();
    }

    void delete(Db db, UUID id) {
        db.sql("delete from server_schedule where id = ?").param(id).update();
    }

    List<Schedule> of(Db db, UUID server) {
        return db.sql(COLUMNS + " where server_id = ? order by created_at, id")
                .param(server)
                .query(ScheduleStore::read)
                .list();
    }

    int count(Db db, UUID server) {
        return db.sql("select count(*) from server_schedule where server_id = ?")
                .param(server)
                .query(Integer.class)
                .single();
    }

    Optional<Schedule> find(Db db, UUID server, UUID id) {
        return db.sql(COLUMNS + " where server_id = ? and id = ?")
                .params(server, id)
                .query(ScheduleStore::read)
                .optional();
    }

    /** Like {@link #find}, and it neither acts nor changes before this transaction ends. */
    Optional<Schedule> lock(Db db, UUID server, UUID id) {
        return db.sql(COLUMNS + " where server_id = ? and id = ? for update")
                .params(server, id)
                .query(ScheduleStore::read)
                .optional();
    }

    /** One whose time has come, locked; others that another process holds are passed over. */
    Optional<Schedule> due(Db db, Instant now) {
        return db.sql(DUE).param(timestamp(now)).query(ScheduleStore::read).optional();
    }

    /** This time is dealt with; null: there is no further one. */
    void moveOn(Db db, UUID id, @Nullable Instant next) {
        db.sql("update server_schedule set due_at = :next, try_at = :next where id = :id")
                .param("next", timestamp(next))
                .param("id", id)
                .update();
    }

    void postpone(Db db, UUID id, Instant now, Duration pause) {
        db.sql("update server_schedule set try_at = ? where id = ? and due_at is not null")
                .param(timestamp(now.plus(pause)))
                .param(id)
                .update();
    }

    private static Schedule read(ResultSet row, int number) throws SQLException {
        Timetable timetable = new Timetable(
                days(row.getArray("days")),
                row.getObject("date", LocalDate.class),
                row.getObject("time", LocalTime.class),
                ZoneId.of(row.getString("zone")));
        OffsetDateTime due = row.getObject("due_at", OffsetDateTime.class);
        return new Schedule(
                row.getObject("id", UUID.class),
                row.getObject("server_id", UUID.class),
                row.getString("project_id"),
                row.getString("user_id"),
                new Schedule.Setting(
                        row.getString("name"),
                        action(row.getString("action")),
                        timetable,
                        row.getObject("keep", Integer.class),
                        row.getBoolean("enabled")),
                due == null ? null : due.toInstant(),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    static String word(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }

    static Action action(String word) {
        return Action.valueOf(word.toUpperCase(Locale.ROOT));
    }

    static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Integer[] days(Timetable timetable) {
        return timetable.days().stream().map(DayOfWeek::getValue).sorted().toArray(Integer[]::new);
    }

    private static Set<DayOfWeek> days(Array numbers) throws SQLException {
        return Arrays.stream((Integer[]) numbers.getArray()).map(DayOfWeek::of).collect(Collectors.toSet());
    }
}
