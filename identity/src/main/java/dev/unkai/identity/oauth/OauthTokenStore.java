package dev.unkai.identity.oauth;

import dev.unkai.base.data.Db;
import dev.unkai.base.seal.KeySeal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Rows of {@code oauth_request_token}, {@code oauth_access_token} and {@code oauth_nonce}. */
@Component
final class OauthTokenStore {
    private static final String REQUEST =
            "select t.id, t.consumer_id, t.project_id, t.account_id, t.expires_at from oauth_request_token t";
    private static final String ACCESS =
            "select t.id, t.consumer_id, t.project_id, t.account_id, t.role_ids, t.expires_at from oauth_access_token t";

    private final KeySeal seal;

    OauthTokenStore(KeySeal seal) {
        this.seal = seal;
    }

    /** False when the consumer has used this nonce at that second before. */
    boolean takeNonce(Db db, String consumerId, long stamp, String nonce) {
        return db.sql("insert into oauth_nonce (consumer_id, stamp, nonce) values (?, ?, ?) on conflict do nothing")
                        .param(consumerId)
                        .param(stamp)
                        .param(nonce)
                        .update()
                > 0;
    }

    int requests(Db db, String consumerId, Instant now) {
        return db.sql("select count(*) from oauth_request_token where consumer_id = ? and expires_at > ?")
                .param(consumerId)
                .param(Timestamp.from(now))
                .query(Integer.class)
                .single();
    }

    void insert(Db db, RequestToken token, String secret) {
        db.sql("""
                        insert into oauth_request_token (id, consumer_id, sealed_secret, project_id, expires_at)
                        values (?, ?, ?, ?, ?)
                        """)
                .param(token.id())
                .param(token.consumerId())
                .param(sealed(secret))
                .param(token.projectId())
                .param(Timestamp.from(token.expiresAt()))
                .update();
    }

    /** Held until the transaction ends. */
    Optional<RequestToken> requestForChange(Db db, String id) {
        return db.sql(REQUEST + " where t.id = ? for update")
                .param(id)
                .query((row, n) -> new RequestToken(
                        row.getString("id"),
                        row.getString("consumer_id"),
                        row.getString("project_id"),
                        row.getString("account_id"),
                        row.getTimestamp("expires_at").toInstant()))
                .optional();
    }

    void authorize(Db db, String id, String accountId, List<String> roleIds, String verifier) {
        db.sql("update oauth_request_token set account_id = ?, role_ids = ?, sealed_verifier = ? where id = ?")
                .param(accountId)
                .param(roleIds.toArray(String[]::new))
                .param(sealed(verifier))
                .param(id)
                .update();
    }

    String requestSecret(Db db, String id) {
        return opened(db, "select sealed_secret from oauth_request_token where id = ?", id);
    }

    /** Of a token that a user has agreed to. */
    String verifier(Db db, String id) {
        return opened(db, "select sealed_verifier from oauth_request_token where id = ?", id);
    }

    String accessSecret(Db db, String id) {
        return opened(db, "select sealed_secret from oauth_access_token where id = ?", id);
    }

    /** The access token takes the request token's place, which was used. */
    void exchange(Db db, String requestId, String accessId, String secret, Instant expiresAt) {
        db.sql("""
                        with used as (delete from oauth_request_token where id = ?
                                      returning consumer_id, project_id, account_id, role_ids)
                        insert into oauth_access_token
                               (id, consumer_id, sealed_secret, project_id, account_id, role_ids, expires_at)
                        select ?, consumer_id, ?, project_id, account_id, role_ids, ? from used
                        """)
                .param(requestId)
                .param(accessId)
                .param(sealed(secret))
                .param(Timestamp.from(expiresAt))
                .update();
    }

    Optional<AccessToken> access(Db db, String id) {
        return db.sql(ACCESS + " where t.id = ?")
                .param(id)
                .query(OauthTokenStore::readAccess)
                .optional();
    }

    List<AccessToken> ofAccount(Db db, String accountId) {
        return db.sql(ACCESS + " where t.account_id = ? order by t.expires_at, t.id limit 1000")
                .param(accountId)
                .query(OauthTokenStore::readAccess)
                .list();
    }

    List<AccessToken> ofConsumer(Db db, String consumerId) {
        return db.sql(ACCESS + " where t.consumer_id = ? order by t.id")
                .param(consumerId)
                .query(OauthTokenStore::readAccess)
                .list();
    }

    void deleteAccess(Db db, String id) {
        db.sql("delete from oauth_access_token where id = ?").param(id).update();
    }

    private byte[] sealed(String secret) {
        return seal.seal(secret.getBytes(StandardCharsets.UTF_8));
    }

    private String opened(Db db, String select, String id) {
        byte[] sealed = db.sql(select).param(id).query(byte[].class).single();
        try {
            return new String(seal.open(sealed), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A secret in the database was sealed under another key file", e);
        }
    }

    private static AccessToken readAccess(ResultSet row, int number) throws SQLException {
        return new AccessToken(
                row.getString("id"),
                row.getString("consumer_id"),
                row.getString("project_id"),
                row.getString("account_id"),
                List.of((String[]) row.getArray("role_ids").getArray()),
                row.getTimestamp("expires_at").toInstant());
    }
}
