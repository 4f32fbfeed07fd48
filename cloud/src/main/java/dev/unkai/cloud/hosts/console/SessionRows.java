package dev.unkai.cloud.hosts.console;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.hosts.Guests;
import dev.unkai.wire.token.TokenClaims;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The console sessions in the database. Tokens are stored as hashes only. */
final class SessionRows {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SessionRows() {}

    /**
     * A session that a token opens.
     *
     * @param bearer of the token that it was asked for with; null when no person looks
     */
    record Session(
            UUID id,
            UUID server,
            UUID host,
            String project,
            String kind,
            String user,
            String userName,
            String request,
            @Nullable TokenClaims bearer) {
        private static Session of(ResultSet row, int number) throws SQLException {
            return new Session(
                    row.getObject("id", UUID.class),
                    row.getObject("server_id", UUID.class),
                    row.getObject("host_id", UUID.class),
                    row.getString("project_id"),
                    row.getString("kind"),
                    row.getString("user_id"),
                    row.getString("user_name"),
                    row.getString("request_id"),
                    bearer(row.getString("bearer")));
        }

        private static @Nullable TokenClaims bearer(@Nullable String json) {
            return json == null ? null : JSON.readValue(json, TokenClaims.class);
        }
    }

    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-256
        }
    }

    /** Stores a session that waits for its token, for ten minutes. */
    static void offer(Db db, Session session, String token) {
        db.sql("""
                insert into console_session (id, server_id, host_id, project_id, kind, token_hash, user_id, user_name,
                       request_id, bearer, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, now() + interval '10 minutes')
                """)
                .param(session.id)
                .param(session.server)
                .param(session.host)
                .param(session.project)
                .param(session.kind)
                .param(hash(token))
                .param(session.user)
                .param(session.userName)
                .param(session.request)
                .param(JSON.writeValueAsString(session.bearer))
                .update();
    }

    /** The session that the token would open now. */
    static Optional<Session> peek(Db db, String token) {
        return db.sql("select * from console_session where token_hash = ? and opened_at is null and expires_at > now()")
                .param(hash(token))
                .query(Session::of)
                .optional();
    }

    /** Uses the token up: the session is in the host's plan from now on. False when somebody else was faster. */
    static boolean open(Db db, Session session) {
        int opened = db.sql("""
                update console_session set opened_at = now(), expires_at = now() + interval '1 minute'
                 where id = ? and opened_at is null and expires_at > now()
                """).param(session.id).update();
        if (opened == 1) {
            tellHost(db, session.host);
        }
        return opened == 1;
    }

    /** Puts a session whose kind is for an answer here, not for a person, into the host's plan at once. */
    static void ask(Db db, Session session, int lines) {
        db.sql("""
                insert into console_session (id, server_id, host_id, project_id, kind, log_lines, user_id, user_name,
                       request_id, expires_at, opened_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, now() + interval '10 seconds', now())
                """)
                .param(session.id)
                .param(session.server)
                .param(session.host)
                .param(session.project)
                .param(session.kind)
                .param(lines)
                .param(session.user)
                .param(session.userName)
                .param(session.request)
                .update();
        tellHost(db, session.host);
    }

    static void close(Db db, UUID id) {
        db.sql("delete from console_session where id = ? returning host_id")
                .param(id)
                .query(UUID.class)
                .optional()
                .ifPresent(host -> tellHost(db, host));
    }

    static void prolong(Db db, Collection<UUID> ids) {
        db.sql("""
                update console_session set expires_at = now() + interval '1 minute'
                 where id = any(?) and opened_at is not null and kind not in ('LOG', 'COUNTERS')
                """).param(ids.toArray(UUID[]::new)).update();
    }

    /** Deletes what has expired; an opened session leaves its host's plan. */
    static boolean expire(Db db) {
        var hosts = db.sql("""
                delete from console_session where id in (
                    select id from console_session where expires_at < now() for update skip locked)
                returning host_id
                """).query(UUID.class).list();
        hosts.stream().distinct().sorted().forEach(host -> tellHost(db, host));
        return !hosts.isEmpty();
    }

    private static void tellHost(Db db, UUID host) {
        db.sql("update host set plan_generation = plan_generation + 1 where id = ?")
                .param(host)
                .update();
        db.wake(Guests.PLANS, host.toString());
    }
}
