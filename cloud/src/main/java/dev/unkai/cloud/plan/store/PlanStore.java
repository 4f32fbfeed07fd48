package dev.unkai.cloud.plan.store;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Rows of {@code plan} and {@code plan_version}. */
@Component
public final class PlanStore {
    private static final String SELECT = """
            select v.plan_id, v.version, v.document, v.hash, v.published_at, p.offered,
                   v.version = (select max(n.version) from plan_version n where n.plan_id = v.plan_id) as newest
              from plan_version v join plan p on p.id = v.plan_id
            """;

    /** @param document canonical JSON, see PlanDocument */
    public record Row(
            String id,
            int version,
            String document,
            String hash,
            Instant publishedAt,
            boolean offered,
            boolean newest) {}

    public List<Row> newest(Db db) {
        return db.sql("select * from (" + SELECT + ") x where newest order by plan_id")
                .query(PlanStore::read)
                .list();
    }

    /** The newest first. */
    public List<Row> versions(Db db, String id) {
        return db.sql(SELECT + " where v.plan_id = ? order by v.version desc")
                .param(id)
                .query(PlanStore::read)
                .list();
    }

    public Optional<Row> find(Db db, String id, int version) {
        return db.sql(SELECT + " where v.plan_id = ? and v.version = ?")
                .param(id)
                .param(version)
                .query(PlanStore::read)
                .optional();
    }

    /** Makes the plan's row if there is none and holds it, so that two versions of one plan are published one after the other. */
    public void hold(Db db, String id) {
        db.sql("insert into plan (id) values (?) on conflict (id) do nothing")
                .param(id)
                .update();
        db.sql("select id from plan where id = ? for update").param(id).query().singleRow();
    }

    public void insert(Db db, String id, int version, String document, String hash, String by, Instant at) {
        db.sql("""
                        insert into plan_version (plan_id, version, document, hash, published_by, published_at)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .param(id)
                .param(version)
                .param(document)
                .param(hash)
                .param(by)
                .param(Timestamp.from(at))
                .update();
    }

    /** False when there is no such plan. */
    public boolean offer(Db db, String id, boolean offered) {
        return db.sql("update plan set offered = ? where id = ?")
                        .param(offered)
                        .param(id)
                        .update()
                == 1;
    }

    private static Row read(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getString("plan_id"),
                row.getInt("version"),
                row.getString("document"),
                row.getString("hash"),
                row.getTimestamp("published_at").toInstant(),
                row.getBoolean("offered"),
                row.getBoolean("newest"));
    }
}
