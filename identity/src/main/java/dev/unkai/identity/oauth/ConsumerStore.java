package dev.unkai.identity.oauth;

import dev.unkai.base.data.Db;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.identity.api.Extra;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Rows of {@code oauth_consumer}. */
@Component
final class ConsumerStore {
    private static final String SELECT = "select c.id, c.description, c.extra from oauth_consumer c";

    private final KeySeal seal;

    ConsumerStore(KeySeal seal) {
        this.seal = seal;
    }

    List<Consumer> list(Db db) {
        return db.sql(SELECT + " order by c.created_at, c.id limit 1000")
                .query(ConsumerStore::read)
                .list();
    }

    Optional<Consumer> byId(Db db, String id) {
        return db.sql(SELECT + " where c.id = ?")
                .param(id)
                .query(ConsumerStore::read)
                .optional();
    }

    /** What it signs with; empty when there is no such consumer. */
    Optional<String> secret(Db db, String id) {
        return db.sql("select sealed_secret from oauth_consumer where id = ?")
                .param(id)
                .query(byte[].class)
                .optional()
                .map(this::opened);
    }

    private String opened(byte[] sealed) {
        try {
            return new String(seal.open(sealed), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A secret in the database was sealed under another key file", e);
        }
    }

    void insert(Db db, Consumer consumer, String secret) {
        db.sql("insert into oauth_consumer (id, description, sealed_secret, extra) values (?, ?, ?, ?)")
                .param(consumer.id())
                .param(consumer.description())
                .param(seal.seal(secret.getBytes(StandardCharsets.UTF_8)))
                .param(consumer.extra().text())
                .update();
    }

    void update(Db db, Consumer consumer) {
        db.sql("update oauth_consumer set description = ?, extra = ? where id = ?")
                .param(consumer.description())
                .param(consumer.extra().text())
                .param(consumer.id())
                .update();
    }

    void delete(Db db, String id) {
        db.sql("delete from oauth_consumer where id = ?").param(id).update();
    }

    private static Consumer read(ResultSet row, int number) throws SQLException {
        return new Consumer(row.getString("id"), row.getString("description"), Extra.of(row.getString("extra")));
    }
}
