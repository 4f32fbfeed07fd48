package dev.unkai.cloud.network.store;

import dev.unkai.base.data.Db;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How much of each resource a project may have, where it differs from the default, and how much it has. */
@Component
public class QuotaStore {
    public Map<String, Integer> limits(Db db, String project) {
        Map<String, Integer> result = new LinkedHashMap<>();
        db.sql("select resource, hard_limit from network_quota where project_id = ? order by resource")
                .param(project)
                .query((row, _) -> result.put(row.getString(1), row.getInt(2)))
                .list();
        return result;
    }

    public List<String> projects(Db db) {
        return db.sql("select distinct project_id from network_quota order by 1")
                .query(String.class)
                .list();
    }

    public Optional<Integer> limit(Db db, String project, String resource) {
        return db.sql("select hard_limit from network_quota where project_id = ? and resource = ?")
                .params(project, resource)
                .query(Integer.class)
                .optional();
    }

    public void set(Db db, String project, String resource, int limit) {
        db.sql("""
                insert into network_quota (project_id, resource, hard_limit) values (?, ?, ?)
                on conflict (project_id, resource) do update set hard_limit = excluded.hard_limit""").params(project, resource, limit).update();
    }

    /** Whether the project had limits of its own. */
    public boolean reset(Db db, String project) {
        return db.sql("delete from network_quota where project_id = ?")
                        .param(project)
                        .update()
                > 0;
    }

    /** Makes other transactions of the project that would take the same resource wait until this one ends. */
    public void queue(Db db, String project, String resource) {
        db.sql("select pg_advisory_xact_lock(hashtextextended('network quota ' || ? || ' ' || ?, 0))")
                .params(resource, project)
                .query()
                .singleRow();
    }

    /** Ports are many, and kept as changes to add up (V701); of all else there are a few. */
    public int used(Db db, String project, String table) {
        if (table.equals("port")) {
            return db.sql("select coalesce(sum(ports), 0) from usage_change where project_id = ?")
                    .param(project)
                    .query(Integer.class)
                    .single();
        }
        return db.sql("select count(*) from " + table + " where project_id = ?")
                .param(project)
                .query(Integer.class)
                .single();
    }
}
