package dev.unkai.cloud.hosts.console;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.hosts.console.SessionRows.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who looked at which console, from when until when. */
final class VisitRows {
    private VisitRows() {}

    /** How a visit came to its end. */
    enum End {
        /** By who looked, or by the guest. */
        LEFT,
        /** It was not allowed any more. */
        ENDED,
        /** A process or the machine died, or the line. */
        LOST;

        String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * One look at a console.
     *
     * @param closedAt null while it is open
     */
    record Visit(
            UUID id,
            UUID server,
            String project,
            String kind,
            String user,
            String userName,
            String address,
            String agent,
            String request,
            Instant openedAt,
            @Nullable Instant closedAt,
            @Nullable String ended) {
        private static Visit of(ResultSet row, int number) throws SQLException {
            OffsetDateTime closed = row.getObject("closed_at", OffsetDateTime.class);
            return new Visit(
                    row.getObject("id", UUID.class),
                    row.getObject("server_id", UUID.class),
                    row.getString("project_id"),
                    row.getString("kind"),
                    row.getString("user_id"),
                    row.getString("user_name"),
                    row.getString("address"),
                    row.getString("agent"),
                    row.getString("request_id"),
                    row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                    closed == null ? null : closed.toInstant(),
                    row.getString("ended"));
        }
    }

    static void begin(Db db, Session session, Place from) {
        db.sql("""
                insert into console_visit (id, server_id, project_id, kind, user_id, user_name, address, agent, request_id)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
                .params(
                        session.id(),
                        session.server(),
                        session.project(),
                        session.kind(),
                        session.user(),
                        session.userName(),
                        from.address().toString(),
                        from.agent(),
                        session.request())
                .update();
    }

    /** Notes why an open visit will end, before it has. */
    static void barred(Db db, UUID id) {
        db.sql("update console_visit set ended = 'ended' where id = ? and closed_at is null")
                .param(id)
                .update();
    }

    /** Ends the visit; empty when it has ended before, so that its end is told once. */
    static Optional<Visit> end(Db db, UUID id) {
        return db.sql("""
                update console_visit set closed_at = now(), ended = coalesce(ended, 'left')
                 where id = ? and closed_at is null returning *
                """).param(id).query(Visit::of).optional();
    }

    /** Ends the visits of sessions that are no more: those were last known to be open a minute before they expired. */
    static List<Visit> endLost(Db db) {
        return db.sql("""
                with lost as (
                    select v.id from console_visit v
                     where v.closed_at is null and not exists (select from console_session s where s.id = v.id and s.expires_at >= now())
                       for update of v skip locked)
                update console_visit v
                   set ended = coalesce(v.ended, 'lost'),
                       closed_at = greatest(v.opened_at, coalesce(
                           (select s.expires_at from console_session s where s.id = v.id), now()) - interval '1 minute')
                  from lost where v.id = lost.id returning v.*
                """).query(Visit::of).list();
    }

    static void forgetOld(Db db) {
        db.sql("delete from console_visit where closed_at < now() - interval '1 year'")
                .update();
    }

    /**
     * Those of the server, newest first.
     *
     * @param after of the last one seen, or null
     */
    static List<Visit> of(Db db, UUID server, @Nullable UUID after, int limit) {
        return db.sql("""
                select * from console_visit
                 where server_id = :server
                   and (:after::uuid is null
                        or (opened_at, id) < (select opened_at, id from console_visit where id = :after::uuid and server_id = :server))
                 order by opened_at desc, id desc limit :limit
                """)
                .param("server", server)
                .param("after", after)
                .param("limit", limit)
                .query(Visit::of)
                .list();
    }
}
