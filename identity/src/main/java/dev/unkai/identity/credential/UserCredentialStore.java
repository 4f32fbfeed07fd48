package dev.unkai.identity.credential;

import dev.unkai.base.data.Db;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.identity.api.Extra;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code user_credential}; seals what is secret on its way in and opens it on its way out. */
@Component
final class UserCredentialStore {
    private static final String SELECT =
            "select c.id, c.account_id, c.project_id, c.type, c.sealed_blob, c.extra from user_credential c";

    private final KeySeal seal;

    UserCredentialStore(KeySeal seal) {
        this.seal = seal;
    }

    Optional<UserCredential> byId(Db db, String id) {
        return db.sql(SELECT + " where c.id = ?").param(id).query(this::read).optional();
    }

    /** Takes the credential for a change. */
    Optional<UserCredential> forChange(Db db, String id) {
        return db.sql(SELECT + " where c.id = ? for update")
                .param(id)
                .query(this::read)
                .optional();
    }

    List<UserCredential> list(Db db, @Nullable String accountId, @Nullable String type) {
        return db.sql(SELECT + """
                         where (cast(:account as text) is null or c.account_id = :account)
                           and (cast(:type as text) is null or c.type = :type)
                         order by c.created_at, c.id limit 1000
                        """)
                .param("account", accountId)
                .param("type", type)
                .query(this::read)
                .list();
    }

    int count(Db db, String accountId) {
        return db.sql("select count(*) from user_credential where account_id = ?")
                .param(accountId)
                .query(Integer.class)
                .single();
    }

    void insert(Db db, UserCredential credential) {
        db.sql("""
                        insert into user_credential (id, account_id, project_id, type, sealed_blob, extra)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .param(credential.id())
                .param(credential.accountId())
                .param(credential.projectId())
                .param(credential.type())
                .param(sealed(credential))
                .param(credential.extra().text())
                .update();
    }

    void update(Db db, UserCredential credential) {
        db.sql("update user_credential set project_id = ?, type = ?, sealed_blob = ?, extra = ? where id = ?")
                .param(credential.projectId())
                .param(credential.type())
                .param(sealed(credential))
                .param(credential.extra().text())
                .param(credential.id())
                .update();
    }

    void delete(Db db, String id) {
        db.sql("delete from user_credential where id = ?").param(id).update();
    }

    private byte[] sealed(UserCredential credential) {
        return seal.seal(credential.blob().getBytes(StandardCharsets.UTF_8));
    }

    private UserCredential read(ResultSet row, int number) throws SQLException {
        String id = row.getString("id");
        try {
            return new UserCredential(
                    id,
                    row.getString("account_id"),
                    row.getString("project_id"),
                    row.getString("type"),
                    new String(seal.open(row.getBytes("sealed_blob")), StandardCharsets.UTF_8),
                    Extra.of(row.getString("extra")));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The credential " + id + " was sealed under another key file.", e);
        }
    }
}
