package dev.unkai.cloud.compute.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The columns of {@code server} that the reconciler writes: what was seen, and when to look again. */
@Component
public class ServerProgress {
    // Two queries, each in the order of the partial index that holds nothing but the gap: one with "or", or without an
    // order, is planned as a scan of all servers once there are many.
    private static final String NEXT_CHANGED = "select " + ServerStore.COLUMNS + ServerStore.WITH_SECRETS + """
             from server s
             where s.terminated_at is null and s.generation > s.considered_generation
             order by s.id limit 1 for update skip locked
            """;
    private static final String NEXT_DUE = "select " + ServerStore.COLUMNS + ServerStore.WITH_SECRETS + """
             from server s
             where s.terminated_at is null and s.due_at is not null and s.due_at <= now()
             order by s.due_at limit 1 for update skip locked
            """;
    /** So often what is due comes before what was changed, however many changes there are. */
    private static final int DUE_FIRST_EVERY = 8;

    private static final String LOCK = "select " + ServerStore.COLUMNS + ServerStore.WITHOUT_SECRETS
            + " from server s where s.id = ? and s.terminated_at is null for update";

    private final AtomicInteger asked = new AtomicInteger();

    /**
     * Where the members of a server group are.
     *
     * @param hosts with members; for anti-affinity those with as many as the group allows on one host
     */
    public record Group(String policy, Set<UUID> hosts) {}

    /** A server with something to do, locked; those that another process works on are left to it. */
    public Optional<Server> next(Db db) {
        boolean dueFirst = asked.incrementAndGet() % DUE_FIRST_EVERY == 0;
        return next(db, dueFirst ? NEXT_DUE : NEXT_CHANGED).or(() -> next(db, dueFirst ? NEXT_CHANGED : NEXT_DUE));
    }

    private static Optional<Server> next(Db db, String query) {
        return db.sql(query).query(ServerStore::read).optional();
    }

    public Optional<Server> lock(Db db, UUID server) {
        return db.sql(LOCK).param(server).query(ServerStore::read).optional();
    }

    /** The server is on a host and its guest in the plan; it is to run within the time given. */
    public void placed(Db db, UUID server, UUID host, String hostName, String zone, Instant at, Duration time) {
        db.sql("""
                update server set host_id = ?, host_name = ?, availability_zone = ?, build_step = 'spawning', updated_at = ?,
                       fault_code = null, fault_message = null, fault_at = null, considered_generation = generation,
                       due_at = now() + make_interval(secs => ?), deadline_at = now() + make_interval(secs => ?), overdue_at = null
                 where id = ?
                """)
                .param(host)
                .param(hostName)
                .param(zone)
                .param(Columns.timestamp(at))
                .param(seconds(time))
                .param(seconds(time))
                .param(server)
                .update();
    }

    /** The server has no host any more and is to be given another. */
    public void unplaced(Db db, UUID server, Instant at) {
        db.sql("""
                update server set host_id = null, host_name = null, availability_zone = null, build_step = null, updated_at = ?,
                       due_at = now(), deadline_at = null, overdue_at = null
                 where id = ?
                """).param(Columns.timestamp(at)).param(server).update();
    }

    /** The present generation is acted upon; look again after the patience, or only when asked (null). */
    public void considered(Db db, UUID server, @Nullable Duration lookAgain) {
        db.sql("""
                update server set considered_generation = generation,
                       due_at = now() + make_interval(secs => ?)
                 where id = ?
                """).param(seconds(lookAgain)).param(server).update();
    }

    /** Like {@link #considered}, and the goal is to be reached within the time given. */
    public void expects(Db db, UUID server, Duration time) {
        db.sql("""
                update server set considered_generation = generation,
                       due_at = now() + make_interval(secs => ?), deadline_at = now() + make_interval(secs => ?), overdue_at = null
                 where id = ?
                """).param(seconds(time)).param(seconds(time)).param(server).update();
    }

    /** Everything is said; the next look is due at the deadline, if there is one to come. */
    public void waits(Db db, UUID server) {
        db.sql("""
                update server set considered_generation = generation,
                       due_at = case when deadline_at > now() then deadline_at end
                 where id = ?
                """).param(server).update();
    }

    /** Look at it again after this time, unless something is due before. */
    public void lookAgain(Db db, UUID server, Duration after) {
        db.sql("update server set due_at = least(due_at, now() + make_interval(secs => ?)) where id = ?")
                .param(seconds(after))
                .param(server)
                .update();
    }

    /** Whether the goal's deadline has passed; answers true once. From then on the work is late, until something is expected anew or reached. */
    public boolean deadlinePassed(Db db, UUID server) {
        return db.sql("update server set deadline_at = null, overdue_at = now() where id = ? and deadline_at <= now()")
                        .param(server)
                        .update()
                == 1;
    }

    /** What a host was seen doing with it. */
    public void seen(Db db, UUID server, Server.Sight sight, @Nullable String buildStep, Instant at) {
        db.sql("update server set observed = ?, build_step = ?, observed_at = ?, updated_at = ? where id = ?")
                .param(ServerStore.wireName(sight))
                .param(buildStep)
                .param(Columns.timestamp(at))
                .param(Columns.timestamp(at))
                .param(server)
                .update();
    }

    /** It is as desired: nothing is due, no fault and no task is left, its reboots are done. */
    public void settled(Db db, UUID server, Server.Sight sight, Instant at, Instant launchedAt) {
        db.sql("""
                update server set observed = ?, settled = desired, work = null, build_step = null, observed_at = ?, updated_at = ?,
                       launched_at = coalesce(launched_at, ?), reboots_done = reboots,
                       fault_code = null, fault_message = null, fault_at = null,
                       considered_generation = generation, due_at = null, deadline_at = null, overdue_at = null
                 where id = ?
                """)
                .param(ServerStore.wireName(sight))
                .param(Columns.timestamp(at))
                .param(Columns.timestamp(at))
                .param(Columns.timestamp(launchedAt))
                .param(server)
                .update();
    }

    public void fault(Db db, UUID server, Server.Fault fault) {
        db.sql("update server set fault_code = ?, fault_message = ?, fault_at = ?, updated_at = ? where id = ?")
                .param(fault.code())
                .param(fault.message())
                .param(Columns.timestamp(fault.at()))
                .param(Columns.timestamp(fault.at()))
                .param(server)
                .update();
    }

    /** Nothing of the server is left anywhere. */
    public void terminated(Db db, UUID server, Instant at) {
        db.sql("""
                update server set terminated_at = ?, updated_at = ?, observed = 'none', build_step = null,
                       fault_code = null, fault_message = null, fault_at = null,
                       considered_generation = generation, due_at = null, deadline_at = null, overdue_at = null
                 where id = ?
                """)
                .param(Columns.timestamp(at))
                .param(Columns.timestamp(at))
                .param(server)
                .update();
    }

    /** The request that the server's newest action came with. */
    public Optional<String> newestRequest(Db db, UUID server) {
        return db.sql("select request_id from instance_action where server_id = ? order by id desc limit 1")
                .param(server)
                .query(String.class)
                .optional();
    }

    /** The request that led to what is desired of the server now. */
    public String request(Db db, Server server) {
        String first = server.origin().requestId();
        return server.desired().generation() == 1
                ? first
                : newestRequest(db, server.id()).orElse(first);
    }

    /** The server is on another host from now on. */
    public void moved(Db db, UUID server, UUID host, String hostName, Instant at) {
        db.sql("""
                update server set host_id = ?, host_name = ?, updated_at = ?,
                       availability_zone = coalesce((select zone from host where host.id = ?), availability_zone)
                 where id = ?
                """).params(host, hostName, Columns.timestamp(at), host, server).update();
    }

    /** The server is on no host any more, and as desired. */
    public void offloaded(Db db, UUID server, Instant at) {
        db.sql("""
                update server set host_id = null, host_name = null, availability_zone = null, observed = 'none',
                       settled = desired, work = null, build_step = null, observed_at = ?, updated_at = ?,
                       fault_code = null, fault_message = null, fault_at = null, reboots_done = reboots,
                       considered_generation = generation, due_at = null, deadline_at = null, overdue_at = null
                 where id = ?
                """)
                .param(Columns.timestamp(at))
                .param(Columns.timestamp(at))
                .param(server)
                .update();
    }

    /** The server's group; locked, so that members placed at once see each other. */
    public Group group(Db db, UUID group, UUID except) {
        String policy = db.sql("select policy from server_group where id = ? for update")
                .param(group)
                .query(String.class)
                .optional()
                .orElse("");
        return new Group(
                policy,
                Set.copyOf(
                        db.sql("""
                        select s.host_id from server s join server_group g on g.id = s.server_group_id
                         where g.id = ? and s.id <> ? and s.host_id is not null and s.terminated_at is null
                         group by s.host_id, g.policy, g.rules
                        having count(*) >= case when g.policy = 'anti-affinity'
                                                then coalesce((g.rules ->> 'max_server_per_host')::integer, 1) else 1 end
                        """).param(group).param(except).query(UUID.class).list()));
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis() / 1000.0;
    }
}
