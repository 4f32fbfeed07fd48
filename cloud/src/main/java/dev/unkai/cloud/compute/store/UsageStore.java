package dev.unkai.cloud.compute.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.Usage;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads how long servers ran. */
@Component
public class UsageStore {
    public List<Usage.Item> of(
            Db db, @Nullable String project, Instant start, Instant stop, @Nullable UUID marker, int limit) {
        return db.sql("select s.id, s.project_id, s.name, s.flavor_name, s.vcpus, s.ram_mb, s.disk_gb, s.ephemeral_gb,"
                        + " s.launched_at, s.terminated_at, " + StateSql.VM_STATE + " as vm_state"
                        + """
                         from server s
                        where s.launched_at < :stop and (s.terminated_at is null or s.terminated_at > :start)
                          and (:project::text is null or s.project_id = :project)
                          and (:marker::uuid is null or s.id > :marker::uuid)
                        order by s.id limit :limit
                        """)
                .param("start", Columns.timestamp(start))
                .param("stop", Columns.timestamp(stop))
                .param("project", project)
                .param("marker", marker)
                .param("limit", limit)
                .query((row, n) -> new Usage.Item(
                        row.getObject("id", UUID.class),
                        row.getString("project_id"),
                        row.getString("name"),
                        row.getString("flavor_name"),
                        row.getInt("vcpus"),
                        row.getInt("ram_mb"),
                        row.getInt("disk_gb") + row.getInt("ephemeral_gb"),
                        Columns.time(row, "launched_at"),
                        Columns.instant(row, "terminated_at"),
                        row.getString("vm_state")))
                .list();
    }
}
