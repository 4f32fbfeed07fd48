package dev.unkai.cloud.network.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.hosts.FirewallObserver.Seen;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of noted packets. */
@Component
public class FirewallEntryStore {
    private static final String KEPT = "select held_log_projects('firewall')";

    /** What to look for; null: anything. {@code from} is the first instant, {@code to} the first one after. */
    public record Filter(
            @Nullable UUID server,
            @Nullable UUID port,
            @Nullable String direction,
            @Nullable String verdict,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /**
     * Stores what a host saw for the log that its filter named. Whose log it is says whose entry it becomes: the packet's own addresses are
     * the guests' to choose, so they only find a port among those of that project. What is no port's of the project is left out, since a
     * group that is shared judges other projects' ports too.
     */
    public void add(Db db, UUID host, UUID logId, Seen seen) {
        boolean inwards = seen.direction().equals("ingress");
        db.sql("""
                insert into firewall_entry (project_id, log_id, host_id, at, direction, verdict, protocol, source, destination,
                        source_port, destination_port, icmp_type, icmp_code, port_id, server_id)
                select l.project_id, l.id, ?, ?, ?, ?, ?, ?::inet, ?::inet, ?::integer, ?::integer, ?::integer, ?::integer,
                       p.id, p.server_id
                  from firewall_log l
                  join lateral (
                       select p.id, p.server_id from port p
                        where p.project_id = l.project_id and p.mac = ?::macaddr
                        order by exists (select from address a where a.port_id = p.id and a.ip = ?::inet) desc, p.id limit 1) p on true
                 where l.id = ?""")
                .params(Arrays.asList(
                        host,
                        Timestamp.from(seen.time()),
                        seen.direction(),
                        seen.verdict(),
                        seen.protocol(),
                        seen.source(),
                        seen.destination(),
                        seen.sourcePort(),
                        seen.destinationPort(),
                        seen.icmpType(),
                        seen.icmpCode(),
                        inwards ? seen.destinationMac() : seen.sourceMac(),
                        inwards ? seen.destination() : seen.source(),
                        logId))
                .update();
    }

    /** The newest first; {@code before} is the id of the last one of the page before. */
    public List<FirewallEntry> find(Db db, String project, Filter filter, @Nullable Long before, int limit) {
        StringBuilder sql = new StringBuilder("select * from firewall_entry where project_id = ?");
        List<Object> parameters = new ArrayList<>(List.of(project));
        and(sql, parameters, "server_id = ?", filter.server());
        and(sql, parameters, "port_id = ?", filter.port());
        and(sql, parameters, "direction = ?", filter.direction());
        and(sql, parameters, "verdict = ?", filter.verdict());
        and(sql, parameters, "at >= ?", timestamp(filter.from()));
        and(sql, parameters, "at < ?", timestamp(filter.to()));
        and(sql, parameters, "id < ?", before);
        sql.append(" order by id desc limit ").append(limit);
        return db.sql(sql.toString())
                .params(parameters)
                .query((row, _) -> entry(row))
                .list();
    }

    /** Deletes what is older than {@code age}, and of each project all beyond its {@code most} newest; nothing of projects under an evidence hold. */
    public int expire(Db db, Duration age, int most) {
        int old = db.sql("delete from firewall_entry where at < now() - make_interval(secs => ?)"
                        + " and project_id not in (" + KEPT + ")")
                .param(age.toSeconds())
                .update();
        int surplus = db.sql("""
                        delete from firewall_entry e using (
                            select p.project_id, (select id from firewall_entry x where x.project_id = p.project_id
                                                   order by id desc offset ? limit 1) as last
                              from (select distinct project_id from firewall_log
                                    union select distinct project_id from firewall_entry) p) bound
                         where e.project_id = bound.project_id and e.id <= bound.last
                           and e.project_id not in (""" + KEPT + ")").param(most).update();
        db.sql("""
                delete from firewall_position p where updated_at < now() - interval '7 days' and exists (
                    select from firewall_position n where n.host_id = p.host_id and n.updated_at > p.updated_at)""").update();
        return old + surplus;
    }

    private static void and(StringBuilder sql, List<Object> parameters, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(" and ").append(condition);
            parameters.add(value);
        }
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    private static FirewallEntry entry(ResultSet row) throws SQLException {
        return new FirewallEntry(
                row.getLong("id"),
                Columns.uuid(row, "log_id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("direction"),
                row.getString("verdict"),
                row.getString("protocol"),
                row.getString("source"),
                row.getObject("source_port", Integer.class),
                row.getString("destination"),
                row.getObject("destination_port", Integer.class),
                row.getObject("icmp_type", Integer.class),
                row.getObject("icmp_code", Integer.class),
                Columns.uuid(row, "port_id"),
                row.getObject("server_id", UUID.class));
    }
}
