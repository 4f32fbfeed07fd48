package dev.unkai.identity.factor;

import dev.unkai.base.data.Db;
import dev.unkai.identity.api.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Rows of {@code passkey}. */
@Component
final class PasskeyStore {
    private static final String SELECT = """
            select id, account_id, name, credential_id, attested, sign_count, backup_eligible, backed_up, transports,
                   created_at, last_used_at from passkey
            """;

    List<Passkey> list(Db db, String accountId) {
        return db.sql(SELECT + " where account_id = ? order by created_at, id")
                .param(accountId)
                .query(PasskeyStore::read)
                .list();
    }

    boolean any(Db db, String accountId) {
        return db.sql("select exists (select 1 from passkey where account_id = ?)")
                .param(accountId)
                .query(Boolean.class)
                .single();
    }

    /** One of the account's, taken for a change. */
    Optional<Passkey> held(Db db, String accountId, String id) {
        return db.sql(SELECT + " where account_id = ? and id = ? for update")
                .param(accountId)
                .param(id)
                .query(PasskeyStore::read)
                .optional();
    }

    /** The one that signed, of whichever account, taken so that two answers are counted one after the other. */
    Optional<Passkey> signer(Db db, byte[] credentialId) {
        return db.sql(SELECT + " where credential_id = ? for update")
                .param(credentialId)
                .query(PasskeyStore::read)
                .optional();
    }

    boolean nameIsTaken(Db db, String accountId, String name, String exceptId) {
        return db.sql("select exists (select 1 from passkey where account_id = ? and name = ? and id <> ?)")
                .param(accountId)
                .param(name)
                .param(exceptId)
                .query(Boolean.class)
                .single();
    }

    /** Writes it, unless the same key is registered already, here or for somebody else. */
    boolean insert(Db db, Passkey passkey) {
        return db.sql("""
                        insert into passkey (id, account_id, name, credential_id, attested, sign_count, backup_eligible,
                                             backed_up, transports, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (credential_id) do nothing
                        """)
                        .param(passkey.id())
                        .param(passkey.accountId())
                        .param(passkey.name())
                        .param(Base64.getUrlDecoder().decode(passkey.credentialId()))
                        .param(passkey.attested().bytes())
                        .param(passkey.signCount())
                        .param(passkey.backupEligible())
                        .param(passkey.backedUp())
                        .param(String.join(" ", passkey.transports()))
                        .param(Timestamp.from(passkey.createdAt()))
                        .update()
                == 1;
    }

    void used(Db db, String id, long signCount, boolean backedUp, Instant at) {
        db.sql("update passkey set sign_count = ?, backed_up = ?, last_used_at = ? where id = ?")
                .param(signCount)
                .param(backedUp)
                .param(Timestamp.from(at))
                .param(id)
                .update();
    }

    void rename(Db db, String id, String name) {
        db.sql("update passkey set name = ? where id = ?").param(name).param(id).update();
    }

    void delete(Db db, String id) {
        db.sql("delete from passkey where id = ?").param(id).update();
    }

    private static Passkey read(ResultSet row, int number) throws SQLException {
        String transports = row.getString("transports");
        return new Passkey(
                row.getString("id"),
                row.getString("account_id"),
                row.getString("name"),
                Base64.getUrlEncoder().withoutPadding().encodeToString(row.getBytes("credential_id")),
                new Passkey.Attested(row.getBytes("attested")),
                row.getLong("sign_count"),
                row.getBoolean("backup_eligible"),
                row.getBoolean("backed_up"),
                transports.isEmpty() ? List.of() : Arrays.asList(transports.split(" ")),
                Objects.requireNonNull(Times.column(row, "created_at")),
                Times.column(row, "last_used_at"));
    }
}
