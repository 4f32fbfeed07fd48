package dev.unkai.cloud.breakglass;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.breakglass.BreakGlassCase.OfHost;
import dev.unkai.cloud.breakglass.BreakGlassCase.OfProject;
import dev.unkai.cloud.breakglass.BreakGlassCase.Person;
import dev.unkai.cloud.breakglass.BreakGlassCase.State;
import dev.unkai.cloud.breakglass.BreakGlassCase.Subject;
import dev.unkai.wire.token.BreakGlassWord.Grant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code break_glass}. What the time says of a row is asked of the database each time. */
@Component
class BreakGlassStore {
    static final String SELECT = """
            select b.*, case
                     when not granted and decided_by is not null then 'declined'
                     when not granted and requested_at < now() - interval '1 day' then 'lapsed'
                     when not granted then 'requested'
                     when ends_at > now() then 'running'
                     when reviewed_by is null then 'review_due'
                     else 'reviewed' end as state
              from break_glass b
            """;

    List<BreakGlassCase> list(Db db) {
        return db.sql(SELECT + " order by requested_at desc, id limit 500")
                .query(BreakGlassStore::read)
                .list();
    }

    /** Taken for a change, so that of two decisions one comes first. */
    Optional<BreakGlassCase> held(Db db, UUID id) {
        return db.sql(SELECT + " where id = ? for update")
                .param(id)
                .query(BreakGlassStore::read)
                .optional();
    }

    /** What somebody holds for the project at this moment. */
    Optional<BreakGlassCase> running(Db db, String user, String project) {
        return db.sql(SELECT + """
                         where requested_by = ? and project_id = ? and granted and ends_at > now()
                         order by ends_at desc limit 1
                        """)
                .param(user)
                .param(project)
                .query(BreakGlassStore::read)
                .optional();
    }

    /** What somebody holds at this moment, for whatever project: those for hosts open no accounts. */
    List<Grant> runningOf(Db db, String user) {
        return db.sql("""
                        select id, requested_by, project_id, ticket, ends_at from break_glass
                         where requested_by = ? and project_id is not null and granted and ends_at > now()
                         order by ends_at desc limit 20
                        """)
                .param(user)
                .query((row, _) -> new Grant(
                        row.getString("id"),
                        row.getString("requested_by"),
                        row.getString("project_id"),
                        row.getString("ticket"),
                        row.getTimestamp("ends_at").toInstant()))
                .list();
    }

    /** What runs for the project and was asked for or approved by the user. */
    Optional<BreakGlassCase> covering(Db db, String user, String project) {
        return db.sql(SELECT + """
                         where (requested_by = :user or decided_by = :user) and project_id = :project and granted
                           and ends_at > now() order by ends_at desc limit 1
                        """)
                .param("user", user)
                .param("project", project)
                .query(BreakGlassStore::read)
                .optional();
    }

    void insert(Db db, UUID id, Subject subject, String reason, String ticket, int minutes, Person by) {
        db.sql("""
                        insert into break_glass
                            (id, project_id, host_id, host_name, reason, ticket, minutes, requested_by, requested_name)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(id)
                .param(subject instanceof OfProject(String project) ? project : null)
                .param(subject instanceof OfHost host ? host.id() : null)
                .param(subject instanceof OfHost host ? host.name() : null)
                .param(reason)
                .param(ticket)
                .param(minutes)
                .param(by.id())
                .param(by.name())
                .update();
    }

    void decide(Db db, UUID id, Person by, boolean granted) {
        db.sql("""
                        update break_glass
                           set decided_by = :by, decided_name = :name, decided_at = now(), granted = :granted,
                               ends_at = case when :granted then now() + make_interval(mins => minutes) end
                         where id = :id
                        """)
                .param("by", by.id())
                .param("name", by.name())
                .param("granted", granted)
                .param("id", id)
                .update();
    }

    void end(Db db, UUID id, Person by) {
        db.sql("update break_glass set ends_at = now(), ended_by = ?, ended_name = ?, end_recorded = true where id = ?")
                .param(by.id())
                .param(by.name())
                .param(id)
                .update();
    }

    void review(Db db, UUID id, Person by, String note) {
        db.sql("""
                        update break_glass
                           set reviewed_by = ?, reviewed_name = ?, reviewed_at = now(), review_note = ? where id = ?
                        """).param(by.id()).param(by.name()).param(note).param(id).update();
    }

    /** Those that have ended by themselves and of which the history does not say so, marked as said. */
    List<BreakGlassCase> endedUnsaid(Db db) {
        List<UUID> ids = db.sql("""
                        update break_glass set end_recorded = true
                         where granted and not end_recorded and ends_at <= now() returning id
                        """).query(UUID.class).list();
        return ids.stream().flatMap(id -> held(db, id).stream()).toList();
    }

    /** Those whose review has been due since {@code after}, once in an hour; marked as told. */
    List<BreakGlassCase> overdue(Db db, java.time.Duration after) {
        List<UUID> ids = db.sql("""
                        update break_glass set alarmed_at = now()
                         where granted and reviewed_by is null and ends_at <= now() - make_interval(secs => ?)
                           and (alarmed_at is null or alarmed_at < now() - interval '1 hour') returning id
                        """).param(after.toSeconds()).query(UUID.class).list();
        return ids.stream().flatMap(id -> held(db, id).stream()).toList();
    }

    static BreakGlassCase read(ResultSet row, int number) throws SQLException {
        return new BreakGlassCase(
                row.getObject("id", UUID.class),
                subject(row),
                row.getString("reason"),
                row.getString("ticket"),
                row.getInt("minutes"),
                new Person(row.getString("requested_by"), row.getString("requested_name")),
                row.getTimestamp("requested_at").toInstant(),
                person(row, "decided"),
                time(row, "decided_at"),
                time(row, "ends_at"),
                person(row, "ended"),
                person(row, "reviewed"),
                time(row, "reviewed_at"),
                row.getString("review_note"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)));
    }

    private static Subject subject(ResultSet row) throws SQLException {
        UUID host = row.getObject("host_id", UUID.class);
        return host == null ? new OfProject(row.getString("project_id")) : new OfHost(host, row.getString("host_name"));
    }

    private static @Nullable Person person(ResultSet row, String what) throws SQLException {
        String id = row.getString(what + "_by");
        return id == null ? null : new Person(id, row.getString(what + "_name"));
    }

    private static @Nullable Instant time(ResultSet row, String name) throws SQLException {
        Timestamp value = row.getTimestamp(name);
        return value == null ? null : value.toInstant();
    }
}
