package dev.unkai.cloud.compute.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.Flavor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code flavor} and {@code flavor_access}. */
@Component
public class FlavorStore {
    private static final String COLUMNS = """
            select id, name, vcpus, ram_mb, disk_gb, ephemeral_gb, swap_mb, rxtx_factor, is_public, disabled,
                   description, extra_specs from flavor""";
    private static final String SEEN =
            " (is_public or exists (select 1 from flavor_access a where a.flavor_id = flavor.id and a.project_id = ?))";

    private static final Map<String, String> SORT = Map.of(
            "flavorid", "id",
            "id", "id",
            "name", "name",
            "memory_mb", "ram_mb",
            "root_gb", "disk_gb",
            "vcpus", "vcpus",
            "ephemeral_gb", "ephemeral_gb",
            "swap", "swap_mb",
            "created_at", "created_at",
            "rxtx_factor", "rxtx_factor");

    /** Which flavors to list; nulls: no bound. */
    public record Query(
            @Nullable Boolean isPublic,
            boolean alsoDisabled,
            int leastRamMb,
            int leastDiskGb,
            String sortKey,
            boolean descending,
            @Nullable String marker,
            int limit) {}

    public static boolean sorts(String key) {
        return SORT.containsKey(key);
    }

    /** The flavor if the project may use it or {@code all} is true. */
    public Optional<Flavor> find(Db db, String id, String project, boolean all) {
        return db.sql(COLUMNS + " where id = ? and (? or" + SEEN + ")")
                .params(id, all, project)
                .query(FlavorStore::read)
                .optional();
    }

    /** Empty when the marker is unknown. */
    public Optional<List<Flavor>> list(Db db, String project, boolean all, Query query) {
        String sort = SORT.getOrDefault(query.sortKey(), "id");
        String direction = query.descending() ? " desc" : "";
        StringBuilder sql = new StringBuilder(COLUMNS)
                .append(" where ram_mb >= ? and disk_gb >= ? and (? or")
                .append(SEEN)
                .append(")");
        List<@Nullable Object> parameters =
                new ArrayList<>(List.of(query.leastRamMb(), query.leastDiskGb(), all, project));
        if (query.isPublic() != null) {
            sql.append(" and is_public = ?");
            parameters.add(query.isPublic());
        }
        if (!query.alsoDisabled()) {
            sql.append(" and not disabled");
        }
        if (query.marker() != null) {
            if (db.sql("select 1 from flavor where id = ?")
                    .param(query.marker())
                    .query()
                    .listOfRows()
                    .isEmpty()) {
                return Optional.empty();
            }
            sql.append(" and (")
                    .append(sort)
                    .append(", id) ")
                    .append(query.descending() ? "<" : ">")
                    .append(" (select ")
                    .append(sort)
                    .append(", id from flavor where id = ?)");
            parameters.add(query.marker());
        }
        sql.append(" order by ")
                .append(sort)
                .append(direction)
                .append(", id")
                .append(direction)
                .append(" limit ?");
        parameters.add(query.limit());
        return Optional.of(db.sql(sql.toString())
                .params(parameters)
                .query(FlavorStore::read)
                .list());
    }

    /** False when the id or the name is taken. */
    public boolean insert(Db db, Flavor flavor) {
        return db.sql("""
                insert into flavor (id, name, vcpus, ram_mb, disk_gb, ephemeral_gb, swap_mb, rxtx_factor, is_public,
                       disabled, description, extra_specs)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """)
                        .param(flavor.id())
                        .param(flavor.name())
                        .param(flavor.vcpus())
                        .param(flavor.ramMb())
                        .param(flavor.diskGb())
                        .param(flavor.ephemeralGb())
                        .param(flavor.swapMb())
                        .param(flavor.rxtxFactor())
                        .param(flavor.isPublic())
                        .param(flavor.disabled())
                        .param(flavor.description())
                        .param(Columns.json(flavor.extraSpecs()))
                        .update()
                > 0;
    }

    public boolean delete(Db db, String id) {
        return db.sql("delete from flavor where id = ?").param(id).update() > 0;
    }

    public void describe(Db db, String id, @Nullable String description) {
        db.sql("update flavor set description = ? where id = ?")
                .param(description)
                .param(id)
                .update();
    }

    public void extraSpecs(Db db, String id, Map<String, String> specs) {
        db.sql("update flavor set extra_specs = ? where id = ?")
                .params(Columns.json(specs), id)
                .update();
    }

    /** Projects that may use a flavor that is not public. */
    public List<String> access(Db db, String id) {
        return db.sql("select project_id from flavor_access where flavor_id = ? order by project_id")
                .param(id)
                .query(String.class)
                .list();
    }

    public boolean grant(Db db, String id, String project) {
        return db.sql("insert into flavor_access values (?, ?) on conflict do nothing")
                        .params(id, project)
                        .update()
                > 0;
    }

    public boolean revoke(Db db, String id, String project) {
        return db.sql("delete from flavor_access where flavor_id = ? and project_id = ?")
                        .params(id, project)
                        .update()
                > 0;
    }

    private static Flavor read(ResultSet row, int number) throws SQLException {
        return new Flavor(
                row.getString("id"),
                row.getString("name"),
                row.getInt("vcpus"),
                row.getInt("ram_mb"),
                row.getInt("disk_gb"),
                row.getInt("ephemeral_gb"),
                row.getInt("swap_mb"),
                row.getDouble("rxtx_factor"),
                row.getBoolean("is_public"),
                row.getBoolean("disabled"),
                row.getString("description"),
                Columns.map(row, "extra_specs"));
    }
}
