package dev.unkai.identity.trust;

import dev.unkai.base.data.Db;
import dev.unkai.identity.api.Page;
import dev.unkai.identity.api.Times;
import dev.unkai.identity.role.RoleStore;
import dev.unkai.identity.role.RoleStore.StoredRole;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code trust} and {@code trust_role}. */
@Component
public final class TrustStore {
    private static final String SELECT = """
            select t.id, t.trustor_id, t.trustee_id, t.owner_id, t.project_id, t.impersonation, t.expires_at,
                   t.remaining_uses, t.parent_id, t.redelegations,
                   array(select x.role_id from trust_role x where x.trust_id = t.id order by x.role_id) as roles
              from trust t
            """;

    private final RoleStore roles;

    public TrustStore(RoleStore roles) {
        this.roles = roles;
    }

    public Optional<Trust> byId(Db db, String id) {
        return db.sql(SELECT + " where t.id = ?")
                .param(id)
                .query((row, n) -> read(db, row))
                .optional();
    }

    /** By both ends; null: any. */
    public List<Trust> list(Db db, @Nullable String trustorId, @Nullable String trusteeId, Page page) {
        return db.sql(SELECT + """
                         where (cast(:trustor as text) is null or t.trustor_id = :trustor)
                           and (cast(:trustee as text) is null or t.trustee_id = :trustee)
                           and t.id > :marker order by t.id limit :limit
                        """)
                .param("trustor", trustorId)
                .param("trustee", trusteeId)
                .param("marker", page.after())
                .param("limit", page.fetch())
                .query((row, n) -> read(db, row))
                .list();
    }

    public int count(Db db, String trustorId) {
        return db.sql("select count(*) from trust where trustor_id = ?")
                .param(trustorId)
                .query(Integer.class)
                .single();
    }

    public void insert(Db db, Trust trust) {
        db.sql("""
                        insert into trust (id, trustor_id, trustee_id, owner_id, project_id, impersonation, expires_at,
                                           remaining_uses, parent_id, redelegations)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(trust.id())
                .param(trust.trustorId())
                .param(trust.trusteeId())
                .param(trust.ownerId())
                .param(trust.projectId())
                .param(trust.impersonation())
                .param(trust.expiresAt() == null ? null : Timestamp.from(trust.expiresAt()))
                .param(trust.remainingUses())
                .param(trust.parentId())
                .param(trust.redelegations())
                .update();
        for (StoredRole role : trust.roles()) {
            db.sql("insert into trust_role (trust_id, role_id) values (?, ?)")
                    .param(trust.id())
                    .param(role.id())
                    .update();
        }
    }

    /** Counts one use; false when there was none left. */
    public boolean use(Db db, String id) {
        return db.sql("""
                                update trust set remaining_uses = remaining_uses - 1
                                 where id = ? and (remaining_uses is null or remaining_uses > 0)
                                """).param(id).update() == 1;
    }

    /** The trust and all that were passed on from it, the nearest first; taken for a change. */
    public List<String> chainForChange(Db db, String id) {
        List<String> chain = db.sql("""
                        with recursive below (id, depth) as (
                            select id, 0 from trust where id = ?
                            union all
                            select t.id, b.depth + 1 from trust t join below b on t.parent_id = b.id)
                        select id from below order by depth, id
                        """).param(id).query(String.class).list();
        db.sql("select id from trust where id = any (?) order by id for update")
                .param(chain.toArray(String[]::new))
                .query(String.class)
                .list();
        return chain;
    }

    /** Those passed on from it go as well. */
    public void delete(Db db, String id) {
        db.sql("delete from trust where id = ?").param(id).update();
    }

    private Trust read(Db db, ResultSet row) throws SQLException {
        List<StoredRole> held = new ArrayList<>();
        for (String role : (String[]) row.getArray("roles").getArray()) {
            roles.byId(db, role).ifPresent(held::add);
        }
        int uses = row.getInt("remaining_uses");
        return new Trust(
                row.getString("id"),
                row.getString("trustor_id"),
                row.getString("trustee_id"),
                row.getString("owner_id"),
                row.getString("project_id"),
                row.getBoolean("impersonation"),
                Times.column(row, "expires_at"),
                row.getObject("remaining_uses") == null ? null : Integer.valueOf(uses),
                row.getString("parent_id"),
                row.getInt("redelegations"),
                held);
    }
}
