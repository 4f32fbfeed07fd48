package dev.unkai.cloud.compute.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.QuotaResource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Limits and use per project, and within it per user. */
@Component
public class QuotaStore {
    /** Holds other creates of the project back until this transaction ends. */
    public void lock(Db db, String project) {
        db.sql("""
                insert into compute_project values (?)
                on conflict (project_id) do update set project_id = excluded.project_id
                """).param(project).update();
    }

    /** Every resource's limit, -1: none. */
    public Map<QuotaResource, Integer> limits(Db db, String project) {
        Map<QuotaResource, Integer> limits = builtIn();
        // the project's own last, so that they prevail
        db.sql("""
                select resource, hard_limit, 0 as rank from compute_quota_class where class = 'default'
                union all select resource, hard_limit, 1 from compute_quota where project_id = ?
                order by rank
                """).param(project).query(row -> {
            int limit = row.getInt("hard_limit");
            QuotaResource.of(row.getString("resource")).ifPresent(resource -> limits.put(resource, limit));
        });
        return limits;
    }

    /** Every resource's limit of the user within the project: the own ones, and where there is none the project's. */
    public Map<QuotaResource, Integer> limits(Db db, String project, String user) {
        Map<QuotaResource, Integer> limits = limits(db, project);
        own(db, project, user)
                .forEach((name, limit) -> QuotaResource.of(name).ifPresent(resource -> limits.put(resource, limit)));
        return limits;
    }

    /** The limits that were set for the user within the project, by their names in the API. */
    public Map<String, Integer> own(Db db, String project, String user) {
        Map<String, Integer> limits = new LinkedHashMap<>();
        db.sql("select resource, hard_limit from compute_user_quota where project_id = ? and user_id = ?")
                .params(project, user)
                .query(row -> {
                    limits.put(row.getString("resource"), row.getInt("hard_limit"));
                });
        return limits;
    }

    private static Map<QuotaResource, Integer> builtIn() {
        Map<QuotaResource, Integer> limits = new EnumMap<>(QuotaResource.class);
        for (QuotaResource resource : QuotaResource.values()) {
            limits.put(resource, resource.otherwise());
        }
        return limits;
    }

    /** The limits of a class; those of {@code default} are every project's that has none of its own. */
    public Map<QuotaResource, Integer> ofClass(Db db, String name) {
        Map<QuotaResource, Integer> limits = builtIn();
        db.sql("select resource, hard_limit from compute_quota_class where class = ?")
                .param(name)
                .query(row -> {
                    int limit = row.getInt("hard_limit");
                    QuotaResource.of(row.getString("resource")).ifPresent(resource -> limits.put(resource, limit));
                });
        return limits;
    }

    /** @param limits by their names in the API, also of what is not limited here */
    public void setClass(Db db, String name, Map<String, Integer> limits) {
        limits.forEach(
                (resource, limit) -> db.sql("""
                insert into compute_quota_class values (?, ?, ?)
                on conflict (class, resource) do update set hard_limit = excluded.hard_limit
                """).params(name, resource, limit).update());
    }

    /** All that is stored for a class, by its name in the API. */
    public Map<String, Integer> storedOfClass(Db db, String name) {
        return stored(db, "select resource, hard_limit from compute_quota_class where class = ?", name);
    }

    /** All that is stored for a project or by default, by its name in the API. */
    public Map<String, Integer> stored(Db db, String project) {
        Map<String, Integer> limits = storedOfClass(db, "default");
        limits.putAll(stored(db, "select resource, hard_limit from compute_quota where project_id = ?", project));
        return limits;
    }

    private static Map<String, Integer> stored(Db db, String sql, String of) {
        Map<String, Integer> limits = new LinkedHashMap<>();
        db.sql(sql).param(of).query(row -> {
            limits.put(row.getString("resource"), row.getInt("hard_limit"));
        });
        return limits;
    }

    /**
     * What the project's servers and groups take, without the servers that are deleted restorably, and with what those will take more that
     * are on their way to a larger size; resources that are counted per thing are 0.
     */
    public Map<QuotaResource, Integer> used(Db db, String project) {
        Map<QuotaResource, Integer> used = nothing();
        db.sql("""
                select coalesce(sum(u.servers), 0),
                       coalesce(sum(u.vcpus), 0) + coalesce(max(m.vcpus), 0),
                       coalesce(sum(u.ram_mb), 0) + coalesce(max(m.ram_mb), 0),
                       (select count(*) from server_group where project_id = :project)
                  from usage_change u,
                       (select sum(greatest((m.new_size ->> 'vcpus')::integer - s.vcpus, 0)) as vcpus,
                               sum(greatest((m.new_size ->> 'ramMb')::integer - s.ram_mb, 0)) as ram_mb
                          from migration m join server s on s.id = m.server_id
                         where m.type = 'resize' and m.status <> 'reverting'
                           and m.status not in ('completed', 'confirmed', 'reverted', 'error', 'failed', 'cancelled')
                           and s.project_id = :project and server_counts(s.terminated_at, s.settled, s.desired)) m
                 where u.project_id = :project
                """).param("project", project).query(row -> {
            used.put(QuotaResource.INSTANCES, row.getInt(1));
            used.put(QuotaResource.CORES, row.getInt(2));
            used.put(QuotaResource.RAM, row.getInt(3));
            used.put(QuotaResource.SERVER_GROUPS, row.getInt(4));
        });
        return used;
    }

    /** The same of what the user made in the project. Counted from the servers themselves: few users have limits of their own. */
    public Map<QuotaResource, Integer> used(Db db, String project, String user) {
        Map<QuotaResource, Integer> used = nothing();
        db.sql("""
                select count(*),
                       coalesce(sum(greatest(s.vcpus, m.vcpus)), 0),
                       coalesce(sum(greatest(s.ram_mb, m.ram_mb)), 0),
                       (select count(*) from server_group where project_id = :project and user_id = :user)
                  from server s left join lateral (
                       select max((new_size ->> 'vcpus')::integer) as vcpus, max((new_size ->> 'ramMb')::integer) as ram_mb
                         from migration
                        where server_id = s.id and type = 'resize' and status <> 'reverting'
                          and status not in ('completed', 'confirmed', 'reverted', 'error', 'failed', 'cancelled')) m on true
                 where s.project_id = :project and s.user_id = :user and server_counts(s.terminated_at, s.settled, s.desired)
                """).param("project", project).param("user", user).query(row -> {
            used.put(QuotaResource.INSTANCES, row.getInt(1));
            used.put(QuotaResource.CORES, row.getInt(2));
            used.put(QuotaResource.RAM, row.getInt(3));
            used.put(QuotaResource.SERVER_GROUPS, row.getInt(4));
        });
        return used;
    }

    private static Map<QuotaResource, Integer> nothing() {
        Map<QuotaResource, Integer> used = new EnumMap<>(QuotaResource.class);
        for (QuotaResource resource : QuotaResource.values()) {
            used.put(resource, 0);
        }
        return used;
    }

    /** @param limits by their names in the API, also of what is not limited here */
    public void set(Db db, String project, String user, Map<String, Integer> limits) {
        limits.forEach((resource, limit) ->
                db.sql("""
                insert into compute_user_quota values (?, ?, ?, ?)
                on conflict (project_id, user_id, resource) do update set hard_limit = excluded.hard_limit
                """).params(project, user, resource, limit).update());
    }

    /** @param limits by their names in the API, also of what is not limited here */
    public void set(Db db, String project, Map<String, Integer> limits) {
        limits.forEach((resource, limit) ->
                db.sql("""
                insert into compute_quota values (?, ?, ?)
                on conflict (project_id, resource) do update set hard_limit = excluded.hard_limit
                """).params(project, resource, limit).update());
    }

    /** Takes the project's limits away, and those of users within it. */
    public void reset(Db db, String project) {
        db.sql("delete from compute_quota where project_id = ?").param(project).update();
        db.sql("delete from compute_user_quota where project_id = ?")
                .param(project)
                .update();
    }

    public void reset(Db db, String project, String user) {
        db.sql("delete from compute_user_quota where project_id = ? and user_id = ?")
                .params(project, user)
                .update();
    }
}
