package dev.unkai.cloud.compute.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.DrainGuest;
import dev.unkai.cloud.compute.DrainGuest.State;
import dev.unkai.cloud.compute.Obstacles;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Rows of {@code drain_guest}: what becomes of each server of a host that is to be emptied. */
@Component
public class DrainStore {
    /** Servers whose disk is kept on the host, while they are elsewhere. */
    private static final String KEPT_SENTENCE = "The server is on another host already, and may come back.";

    /** Notes the servers that are on the host and not noted yet, and those noted that have left it by themselves. */
    public void survey(Db db, UUID drain, UUID host) {
        db.sql("""
                insert into drain_guest (drain_id, server_id, project_id, name, state, obstacle, sentence)
                select :drain, g.server_id, s.project_id, s.name,
                       case when g.role = 'kept' then 'stuck' else 'waiting' end,
                       case when g.role = 'kept' then 'kept' end, case when g.role = 'kept' then :kept end
                  from guest g join server s on s.id = g.server_id
                 where g.host_id = :host and g.role in ('main', 'kept')
                on conflict (drain_id, server_id) do update
                   set state = excluded.state, obstacle = excluded.obstacle, sentence = excluded.sentence, next_at = now()
                 where drain_guest.state in ('gone', 'moved') and excluded.state = 'waiting'
                    or drain_guest.state in ('waiting', 'stuck') and excluded.obstacle = 'kept'
                       and drain_guest.obstacle is distinct from 'kept'
                    or drain_guest.obstacle = 'kept' and excluded.obstacle is null
                """)
                .param("drain", drain)
                .param("host", host)
                .param("kept", KEPT_SENTENCE)
                .update();
        db.sql("""
                update drain_guest d set state = 'gone', obstacle = null, sentence = null
                 where d.drain_id = ? and d.state in ('waiting', 'stuck')
                   and not exists (select from guest g where g.server_id = d.server_id and g.host_id = ?)
                """).params(drain, host).update();
    }

    /** Writes down how tries ended that are over; {@code next} try after what failed, in seconds for each try so far. */
    public void conclude(Db db, UUID drain, int next, int latest) {
        db.sql("""
                update drain_guest d
                   set state = case when over.went then 'moved' when over.here then 'stuck' else 'gone' end,
                       target_host = case when over.went then over.target_host end,
                       standstill_millis = case when over.went and over.ran then over.downtime_millis end,
                       moved_at = case when over.went then over.updated_at end,
                       obstacle = case when not over.went and over.here then 'failed' end,
                       sentence = case when not over.went and over.here then coalesce(over.failure, 'The move was given up.') end,
                       next_at = now() + make_interval(secs => least(:next * power(2, d.tries - 1), :latest))
                  from (select m.*, m.status in ('completed', 'confirmed') as went,
                               exists (select from guest g where g.server_id = m.server_id and g.host_id = m.source_host_id) as here
                          from migration m where m.drain_id = :drain) over
                 where d.drain_id = :drain and d.state = 'moving' and over.id = d.migration_id
                   and over.status in ('completed', 'confirmed', 'reverted', 'error', 'failed', 'cancelled')
                """)
                .param("drain", drain)
                .param("next", next)
                .param("latest", latest)
                .update();
    }

    /** How many are on their way. */
    public int moving(Db db, UUID drain) {
        return db.sql("select count(*) from drain_guest where drain_id = ? and state = 'moving'")
                .param(drain)
                .query(Integer.class)
                .single();
    }

    /** Whether anything of any guest is on the host, also of those that leave it. */
    public boolean isEmpty(Db db, UUID host) {
        return db.sql("select not exists (select from guest where host_id = ?)")
                .param(host)
                .query(Boolean.class)
                .single();
    }

    /** The servers to be tried now, those first that were tried least. */
    public List<UUID> candidates(Db db, UUID drain, int most) {
        return db.sql("""
                select server_id from drain_guest
                 where drain_id = ? and state in ('waiting', 'stuck') and obstacle is distinct from 'kept' and next_at <= now()
                 order by tries, next_at, server_id limit ?
                """).params(drain, most).query(UUID.class).list();
    }

    public void begun(Db db, UUID drain, UUID server, long migration) {
        db.sql("""
                update drain_guest set state = 'moving', migration_id = ?, tries = tries + 1, obstacle = null, sentence = null
                 where drain_id = ? and server_id = ?
                """).params(migration, drain, server).update();
    }

    /** Something stands in the way; looked at again after so many seconds. */
    public void stuck(Db db, UUID drain, UUID server, DrainGuest.Obstacle obstacle, int again) {
        db.sql("""
                update drain_guest set state = 'stuck', obstacle = ?, sentence = ?, next_at = now() + make_interval(secs => ?)
                 where drain_id = ? and server_id = ?
                """)
                .params(obstacle.code(), obstacle.sentence(), again, drain, server)
                .update();
    }

    /** All servers of the drain: what is left first, in the order of their names. */
    public List<DrainGuest> list(Db db, UUID drain) {
        return db.sql("""
                select d.*, m.target_host as going_to, m.memory_total, m.memory_processed, m.memory_remaining, m.disk_total, m.disk_processed,
                       m.disk_remaining
                  from drain_guest d left join migration m on m.id = d.migration_id
                 where d.drain_id = ?
                 order by array_position(array['moving', 'stuck', 'waiting', 'moved', 'gone'], d.state), d.name, d.server_id
                """).param(drain).query(DrainStore::read).list();
    }

    private static DrainGuest read(ResultSet row, int number) throws SQLException {
        State state = State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
        String obstacle = row.getString("obstacle");
        String sentence = row.getString("sentence");
        return new DrainGuest(
                row.getObject("server_id", UUID.class),
                row.getString("project_id"),
                row.getString("name"),
                state,
                obstacle == null ? null : Obstacles.of(obstacle, sentence == null ? "" : sentence),
                row.getInt("tries"),
                state == State.MOVING ? percent(row) : null,
                state == State.MOVING ? row.getString("going_to") : row.getString("target_host"),
                row.getObject("standstill_millis", Long.class),
                Columns.instant(row, "moved_at"));
    }

    /** Of memory and disk together; what is sent again because it was written meanwhile is not counted twice. */
    private static int percent(ResultSet row) throws SQLException {
        long left = row.getLong("memory_remaining") + row.getLong("disk_remaining");
        long all = row.getLong("memory_total") + row.getLong("disk_total");
        return all == 0 ? 0 : (int) Math.clamp(100 - 100 * left / all, 0, 99);
    }
}
