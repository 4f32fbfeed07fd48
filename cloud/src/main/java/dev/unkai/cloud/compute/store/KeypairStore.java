package dev.unkai.cloud.compute.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.Keypair;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code keypair}, limited to the user that {@link #reach} names. */
@Component
public class KeypairStore {
    private static final String COLUMNS =
            "select number, user_id, name, type, fingerprint, public_key, created_at from keypair";

    /** Lets this transaction see the user's key pairs: they are his, not his project's. */
    public void reach(Db db, String user) {
        db.sql("select set_config('unkai.user', ?, true)").param(user).query().singleRow();
    }

    public Optional<Keypair> find(Db db, String user, String name) {
        return db.sql(COLUMNS + " where user_id = ? and name = ?")
                .params(user, name)
                .query(KeypairStore::read)
                .optional();
    }

    /** By name; empty when the marker is unknown. */
    public Optional<List<Keypair>> list(Db db, String user, @Nullable String marker, int limit) {
        if (marker != null && find(db, user, marker).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(db.sql(COLUMNS + " where user_id = ? and name > ? order by name limit ?")
                .params(user, marker == null ? "" : marker, limit)
                .query(KeypairStore::read)
                .list());
    }

    /** The next users who have any, by id; for the system, which sees all. */
    public List<String> owners(Db db, String after, int most) {
        return db.sql("select distinct user_id from keypair where user_id > ? order by user_id limit ?")
                .params(after, most)
                .query(String.class)
                .list();
    }

    public int count(Db db, String user) {
        return db.sql("select count(*) from keypair where user_id = ?")
                .param(user)
                .query(Integer.class)
                .single();
    }

    /** False when the user has one of that name. */
    public boolean insert(Db db, Keypair keypair) {
        return db.sql("""
                insert into keypair (user_id, name, type, fingerprint, public_key, created_at)
                values (?, ?, ?, ?, ?, ?) on conflict do nothing
                """)
                        .params(
                                keypair.userId(),
                                keypair.name(),
                                keypair.type(),
                                keypair.fingerprint(),
                                keypair.publicKey(),
                                Columns.timestamp(keypair.createdAt()))
                        .update()
                > 0;
    }

    public boolean delete(Db db, String user, String name) {
        return db.sql("delete from keypair where user_id = ? and name = ?")
                        .params(user, name)
                        .update()
                > 0;
    }

    private static Keypair read(ResultSet row, int number) throws SQLException {
        return new Keypair(
                row.getLong("number"),
                row.getString("user_id"),
                row.getString("name"),
                row.getString("type"),
                row.getString("fingerprint"),
                row.getString("public_key"),
                Columns.time(row, "created_at"));
    }
}
