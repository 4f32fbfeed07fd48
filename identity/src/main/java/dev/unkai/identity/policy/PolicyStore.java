package dev.unkai.identity.policy;

import dev.unkai.base.data.Db;
import dev.unkai.identity.api.Extra;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code policy}. */
@Component
final class PolicyStore {
    private static final String SELECT = "select p.id, p.type, p.blob, p.extra from policy p";

    List<Policy> list(Db db, @Nullable String type) {
        return db.sql(SELECT + " where cast(:type as text) is null or p.type = :type order by p.id")
                .param("type", type)
                .query(PolicyStore::read)
                .list();
    }

    Optional<Policy> byId(Db db, String id) {
        return db.sql(SELECT + " where p.id = ?")
                .param(id)
                .query(PolicyStore::read)
                .optional();
    }

    /** Writes the policy whether it is there or not. */
    void put(Db db, Policy policy) {
        db.sql("""
                        insert into policy (id, type, blob, extra) values (?, ?, ?, ?)
                        on conflict (id) do update set type = excluded.type, blob = excluded.blob, extra = excluded.extra
                        """)
                .param(policy.id())
                .param(policy.type())
                .param(policy.blob())
                .param(policy.extra().text())
                .update();
    }

    void delete(Db db, String id) {
        db.sql("delete from policy where id = ?").param(id).update();
    }

    private static Policy read(ResultSet row, int number) throws SQLException {
        return new Policy(
                row.getString("id"), row.getString("type"), row.getString("blob"), Extra.of(row.getString("extra")));
    }
}
