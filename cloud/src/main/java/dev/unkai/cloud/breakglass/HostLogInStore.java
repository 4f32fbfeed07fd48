package dev.unkai.cloud.breakglass;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.breakglass.BreakGlassCase.Person;
import dev.unkai.cloud.hosts.LogInObserver.Seen;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code host_log_in}. */
@Component
class HostLogInStore {
    private static final int MOST = 100;
    private static final String SELECT = """
            select l.*, b.ticket from host_log_in l left join break_glass b on b.id = l.break_glass
            """;

    /** False when it was told before. */
    boolean insert(Db db, UUID id, UUID host, String hostName, Seen seen, @Nullable UUID access, boolean alarm) {
        return db.sql("""
                        insert into host_log_in
                            (id, host_id, key, host_name, at, user_name, came_from, terminal, break_glass, alarm, alarmed_at)
                        values (:id, :host, :key, :name, :at, :user, :from, :terminal, :access, :alarm,
                                case when :alarm then now() end)
                        on conflict (host_id, key) do nothing
                        """)
                        .param("id", id)
                        .param("host", host)
                        .param("key", seen.key())
                        .param("name", hostName)
                        .param("at", Timestamp.from(seen.at()))
                        .param("user", seen.user())
                        .param("from", seen.from())
                        .param("terminal", seen.terminal())
                        .param("access", access)
                        .param("alarm", alarm)
                        .update()
                > 0;
    }

    /** Newest first. */
    List<HostLogIn> ofHost(Db db, UUID host) {
        return db.sql(SELECT + " where l.host_id = ? order by l.at desc, l.id limit " + MOST)
                .param(host)
                .query(HostLogInStore::read)
                .list();
    }

    /** Alarms that nobody has looked into, oldest first. */
    List<HostLogIn> unsigned(Db db) {
        return db.sql(SELECT + " where l.alarm and l.signed_by is null order by l.at, l.id limit " + MOST)
                .query(HostLogInStore::read)
                .list();
    }

    /** Whether there was no other alarm of the host for ten minutes: a host that tells of thousands fills no mailbox. */
    boolean isFirstOfLate(Db db, HostLogIn one) {
        return db.sql("""
                        select not exists (select 1 from host_log_in where host_id = ? and id <> ? and alarm
                                              and heard_at > now() - interval '10 minutes')
                        """)
                .param(one.host())
                .param(one.id())
                .query(Boolean.class)
                .single();
    }

    Optional<HostLogIn> held(Db db, UUID id) {
        return db.sql(SELECT + " where l.id = ? for update of l")
                .param(id)
                .query(HostLogInStore::read)
                .optional();
    }

    void sign(Db db, UUID id, Person by, String note) {
        db.sql("update host_log_in set signed_by = ?, signed_name = ?, signed_at = now(), note = ? where id = ?")
                .param(by.id())
                .param(by.name())
                .param(note)
                .param(id)
                .update();
    }

    /** Alarms that nobody has looked into, once in an hour; marked as told. */
    List<HostLogIn> due(Db db) {
        List<UUID> ids = db.sql("""
                        update host_log_in set alarmed_at = now()
                         where alarm and signed_by is null and alarmed_at < now() - interval '1 hour' returning id
                        """).query(UUID.class).list();
        return ids.stream().flatMap(id -> held(db, id).stream()).toList();
    }

    private static HostLogIn read(ResultSet row, int number) throws SQLException {
        String signer = row.getString("signed_by");
        Timestamp signed = row.getTimestamp("signed_at");
        return new HostLogIn(
                row.getObject("id", UUID.class),
                row.getObject("host_id", UUID.class),
                row.getString("host_name"),
                row.getTimestamp("at").toInstant(),
                row.getString("user_name"),
                row.getString("came_from"),
                row.getString("terminal"),
                row.getObject("break_glass", UUID.class),
                row.getString("ticket"),
                row.getBoolean("alarm"),
                signer == null ? null : new Person(signer, row.getString("signed_name")),
                signed == null ? null : signed.toInstant(),
                row.getString("note"));
    }
}
