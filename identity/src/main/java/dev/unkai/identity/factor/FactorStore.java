package dev.unkai.identity.factor;

import dev.unkai.base.data.Db;
import dev.unkai.base.openapi.Shape;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.identity.api.Times;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Rows of {@code second_factor}, {@code factor_enrolment}, {@code factor_exception} and {@code passcode_use}. */
@Component
public final class FactorStore {
    private final KeySeal seal;

    FactorStore(KeySeal seal) {
        this.seal = seal;
    }

    /** The factor that the owner set up, its seed a credential. */
    record Confirmed(String credentialId, Instant at) {}

    /** A seed that waits for its first code. */
    record Enrolment(String seed, Instant begunAt) {}

    /** An account that needs none, with its name and its customer's. */
    @Shape(name = "FactorException")
    public record Exempt(String accountId, String user, String domain, String reason, Instant since) {}

    /** Whether the credential is a second factor that its owner set up with password and code. */
    public boolean isSecondFactor(Db db, String credentialId) {
        return db.sql("select exists (select 1 from second_factor where credential_id = ?)")
                .param(credentialId)
                .query(Boolean.class)
                .single();
    }

    /** Whether the account can give codes, however their seed came to be here. */
    boolean hasApp(Db db, String accountId) {
        return db.sql("select exists (select 1 from user_credential where account_id = ? and type = ?)")
                .param(accountId)
                .param(Totp.TYPE)
                .query(Boolean.class)
                .single();
    }

    /** Whether the account has a second factor: an app's codes or a passkey. */
    boolean isEnrolled(Db db, String accountId) {
        return db.sql("""
                        select exists (select 1 from user_credential where account_id = ? and type = ?)
                            or exists (select 1 from passkey where account_id = ?)
                        """)
                .param(accountId)
                .param(Totp.TYPE)
                .param(accountId)
                .query(Boolean.class)
                .single();
    }

    /** Recovery codes go with the last second factor. */
    public void forgetCodesOfNothing(Db db, String accountId) {
        if (!isEnrolled(db, accountId)) {
            db.sql("delete from recovery_code where account_id = ?")
                    .param(accountId)
                    .update();
        }
    }

    Optional<Confirmed> confirmed(Db db, String accountId) {
        return db.sql("select credential_id, confirmed_at from second_factor where account_id = ?")
                .param(accountId)
                .query((row, n) -> new Confirmed(
                        row.getString("credential_id"), Objects.requireNonNull(Times.column(row, "confirmed_at"))))
                .optional();
    }

    void confirm(Db db, String accountId, String credentialId, Instant at) {
        db.sql("insert into second_factor (account_id, credential_id, confirmed_at) values (?, ?, ?)")
                .param(accountId)
                .param(credentialId)
                .param(Timestamp.from(at))
                .update();
        abandon(db, accountId);
    }

    /** A new seed takes the place of one that was never confirmed. */
    void begin(Db db, String accountId, String seed, Instant at) {
        db.sql("""
                        insert into factor_enrolment (account_id, sealed_seed, begun_at) values (?, ?, ?)
                        on conflict (account_id) do update
                           set sealed_seed = excluded.sealed_seed, begun_at = excluded.begun_at
                        """)
                .param(accountId)
                .param(seal.seal(seed.getBytes(StandardCharsets.UTF_8)))
                .param(Timestamp.from(at))
                .update();
    }

    /** The enrolment, taken until the transaction ends: it is confirmed once. */
    Optional<Enrolment> enrolment(Db db, String accountId) {
        return db.sql("select sealed_seed, begun_at from factor_enrolment where account_id = ? for update")
                .param(accountId)
                .query((row, n) -> new Enrolment(
                        opened(row.getBytes("sealed_seed")), Objects.requireNonNull(Times.column(row, "begun_at"))))
                .optional();
    }

    private void abandon(Db db, String accountId) {
        db.sql("delete from factor_enrolment where account_id = ?")
                .param(accountId)
                .update();
    }

    private String opened(byte[] sealed) {
        try {
            return new String(seal.open(sealed), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A seed was sealed under another key file.", e);
        }
    }

    /** Whether the step is newer than every one whose code was taken before; it is taken then. */
    boolean take(Db db, String credentialId, long step) {
        return db.sql("""
                        insert into passcode_use as used (credential_id, last_step) values (?, ?)
                        on conflict (credential_id) do update set last_step = excluded.last_step
                         where used.last_step < excluded.last_step
                        """).param(credentialId).param(step).update() == 1;
    }

    List<Exempt> exempt(Db db) {
        return db.sql(EXEMPT + " order by d.name, a.name limit 1000")
                .query(FactorStore::exempt)
                .list();
    }

    Optional<Exempt> exempt(Db db, String accountId) {
        return db.sql(EXEMPT + " where e.account_id = ?")
                .param(accountId)
                .query(FactorStore::exempt)
                .optional();
    }

    private static final String EXEMPT = """
            select e.account_id, a.name as user_name, d.name as domain_name, e.reason, e.made_at
              from factor_exception e join account a on a.id = e.account_id join domain d on d.id = a.domain_id
            """;

    private static Exempt exempt(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new Exempt(
                row.getString("account_id"),
                row.getString("user_name"),
                row.getString("domain_name"),
                row.getString("reason"),
                Objects.requireNonNull(Times.column(row, "made_at")));
    }

    /** Writes the exception whether it is there or not. */
    public void except(Db db, String accountId, String reason, Instant at) {
        db.sql("""
                        insert into factor_exception (account_id, reason, made_at) values (?, ?, ?)
                        on conflict (account_id) do update set reason = excluded.reason
                        """).param(accountId).param(reason).param(Timestamp.from(at)).update();
    }

    boolean endException(Db db, String accountId) {
        return db.sql("delete from factor_exception where account_id = ?")
                        .param(accountId)
                        .update()
                == 1;
    }
}
