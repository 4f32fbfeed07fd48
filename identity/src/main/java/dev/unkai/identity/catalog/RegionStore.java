package dev.unkai.identity.catalog;

import dev.unkai.base.data.Db;
import dev.unkai.identity.api.Extra;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code region}. */
@Component
public final class RegionStore {
    /**
     * Where endpoints are, as clients choose it.
     *
     * @param own this site's own, which follows the configuration
     */
    public record Region(
            String id, String description, @Nullable String parentId, boolean own, Extra extra) {}

    private static final String SELECT = "select r.id, r.description, r.parent_id, r.own, r.extra from region r";

    public Optional<Region> byId(Db db, String id) {
        return db.sql(SELECT + " where r.id = ?")
                .param(id)
                .query(RegionStore::read)
                .optional();
    }

    public List<Region> list(Db db, @Nullable String parentId) {
        return db.sql(SELECT + """
                         where (cast(:parent as text) is null or r.parent_id = :parent)
                         order by r.own desc, r.id
                        """)
                .param("parent", parentId)
                .query(RegionStore::read)
                .list();
    }

    /** Writes the region whether it is there or not; its parent must be there. */
    public void put(Db db, Region region) {
        db.sql("""
                        insert into region (id, description, parent_id, own, extra) values (?, ?, ?, ?, ?)
                        on conflict (id) do update set description = excluded.description,
                            parent_id = excluded.parent_id, own = excluded.own, extra = excluded.extra
                        """)
                .param(region.id())
                .param(region.description())
                .param(region.parentId())
                .param(region.own())
                .param(region.extra().text())
                .update();
    }

    /** The region and all below it. */
    public List<Region> branch(Db db, String id) {
        return db.sql("""
                        with recursive branch (id) as (
                            select id from region where id = ?
                            union
                            select b.id from region b join branch on b.parent_id = branch.id)
                        """ + SELECT + " where r.id in (select id from branch) order by r.id")
                .param(id)
                .query(RegionStore::read)
                .list();
    }

    public boolean hasEndpoints(Db db, List<String> ids) {
        return db.sql("select exists (select 1 from endpoint where region_id = any (:ids))")
                .param("ids", ids.toArray(String[]::new))
                .query(Boolean.class)
                .single();
    }

    /** With those below it. */
    public void delete(Db db, String id) {
        db.sql("delete from region where id = ?").param(id).update();
    }

    private static Region read(ResultSet row, int number) throws SQLException {
        return new Region(
                row.getString("id"),
                row.getString("description"),
                row.getString("parent_id"),
                row.getBoolean("own"),
                Extra.of(row.getString("extra")));
    }
}
