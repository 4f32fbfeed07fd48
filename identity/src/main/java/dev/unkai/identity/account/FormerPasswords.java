package dev.unkai.identity.account;

import dev.unkai.base.data.Db;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Hashes of the passwords that an account had before its present one. */
@Component
final class FormerPasswords {
    /** The present password and those before it that a new one must differ from, where no plan says otherwise. */
    static final int UNIQUE = 2;

    /** The newest first, without the present one. @param unique how many a new password must differ from, the present one among them */
    List<String> of(Db db, String account, int unique) {
        return db.sql(
                        "select password_hash from former_password where account_id = ? order by replaced_at desc limit ?")
                .param(account)
                .param(unique - 1)
                .query(String.class)
                .list();
    }

    /** Keeps the hash that is being replaced and forgets those that no longer count. */
    void keep(Db db, String account, String hash, Instant now, int unique) {
        db.sql("insert into former_password (account_id, password_hash, replaced_at) values (?, ?, ?)"
                        + " on conflict (account_id, replaced_at) do update set password_hash = excluded.password_hash")
                .param(account)
                .param(hash)
                .param(Timestamp.from(now))
                .update();
        db.sql("""
                        delete from former_password where account_id = :account and replaced_at not in
                            (select replaced_at from former_password where account_id = :account
                              order by replaced_at desc limit :kept)
                        """).param("account", account).param("kept", unique - 1).update();
    }
}
