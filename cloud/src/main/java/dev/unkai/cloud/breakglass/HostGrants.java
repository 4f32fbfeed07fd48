package dev.unkai.cloud.breakglass;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.breakglass.BreakGlassCase.OfHost;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Accesses to hosts, and which customers have servers there. */
@Component
class HostGrants {
    /** What somebody holds for the host at this moment. */
    Optional<BreakGlassCase> running(Db db, String user, UUID host) {
        return db.sql(BreakGlassStore.SELECT + """
                         where requested_by = ? and host_id = ? and granted and ends_at > now()
                         order by ends_at desc limit 1
                        """)
                .param(user)
                .param(host)
                .query(BreakGlassStore::read)
                .optional();
    }

    /** What somebody holds for the host that the server is on, or for one of the two that it moves between. */
    Optional<BreakGlassCase> runningForServer(Db db, String user, UUID server) {
        return db.sql(BreakGlassStore.SELECT + """
                         where requested_by = ? and granted and ends_at > now()
                           and host_id in (select host_id from guest where server_id = ?)
                         order by ends_at desc limit 1
                        """)
                .param(user)
                .param(server)
                .query(BreakGlassStore::read)
                .optional();
    }

    /** All that run for the host, whosever. */
    List<BreakGlassCase> runningOn(Db db, UUID host) {
        return db.sql(BreakGlassStore.SELECT
                        + " where host_id = ? and granted and ends_at > now() order by ends_at desc")
                .param(host)
                .query(BreakGlassStore::read)
                .list();
    }

    /** The last one that had begun and had not ended at that time. */
    Optional<BreakGlassCase> at(Db db, UUID host, Instant time) {
        return db.sql(BreakGlassStore.SELECT + """
                         where host_id = :host and granted and decided_at <= :at and ends_at > :at
                         order by decided_at desc limit 1
                        """)
                .param("host", host)
                .param("at", Timestamp.from(time))
                .query(BreakGlassStore::read)
                .optional();
    }

    /** All that run for any host. */
    List<BreakGlassCase> running(Db db) {
        return db.sql(BreakGlassStore.SELECT + " where host_id is not null and granted and ends_at > now() order by id")
                .query(BreakGlassStore::read)
                .list();
    }

    /** Throws Refusal when there is no such host. */
    OfHost named(Db db, UUID host) {
        return db.sql("select name from host where id = ?")
                .param(host)
                .query(String.class)
                .optional()
                .map(name -> new OfHost(host, name))
                .orElseThrow(() -> Refusal.notFound("There is no such host."));
    }

    /** Each customer with servers on the host reads the words: nobody's name may stand in them. Throws Refusal. */
    void requireNobodysName(Db db, String words) {
        boolean names = db.sql("""
                        select exists (select 1 from contract c
                                        where length(c.company) > 2 and position(lower(c.company) in lower(:words)) > 0
                                           or (c.project_id is not null and position(c.project_id in :words) > 0))
                        """).param("words", words).query(Boolean.class).single();
        if (names) {
            throw Refusal.invalid("All customers with servers on the host read reason and ticket."
                    + " Say it without a customer's name or project.");
        }
    }

    /** Whose servers are on the host. */
    List<String> customers(Db db, UUID host) {
        return db.sql("select distinct project_id from guest where host_id = ? order by project_id")
                .param(host)
                .query(String.class)
                .list();
    }

    /** Customers with servers on the host of the access who had not been told of it; from now on they have. */
    List<String> newcomers(Db db, BreakGlassCase about) {
        if (!(about.subject() instanceof OfHost host)) {
            return List.of();
        }
        return db.sql("""
                        insert into break_glass_told (case_id, project_id)
                        select distinct ?::uuid, project_id from guest where host_id = ?
                        on conflict do nothing returning project_id
                        """)
                .param(about.id())
                .param(host.id())
                .query(String.class)
                .list();
    }

    List<String> told(Db db, UUID id) {
        return db.sql("select project_id from break_glass_told where case_id = ? order by project_id")
                .param(id)
                .query(String.class)
                .list();
    }
}
