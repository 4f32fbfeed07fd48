package dev.unkai.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.unkai.base.Ids;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.wire.token.TokenSigner;
import dev.unkai.wire.token.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Timestamp;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys that sign tokens: made at the first start, changed every month, published before use and after retirement. */
public final class SigningKeys implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);
    private static final Duration LIFE = Duration.ofDays(30);
    /** Other processes ask for the keys twice a minute. */
    private static final Duration PUBLISHED_BEFORE_USE = Duration.ofMinutes(10);

    private static final Duration KEPT_AFTER_RETIREMENT = Duration.ofHours(25);

    private final Transactions transactions;
    private final KeySeal seal;
    private final TokenVerifier verifier;
    private final Clock clock;
    private volatile List<Usable> usable = List.of();
    private volatile String published = "{\"keys\":[]}";

    public SigningKeys(Transactions transactions, KeySeal seal, TokenVerifier verifier, Clock clock) {
        this.transactions = transactions;
        this.seal = seal;
        this.verifier = verifier;
        this.clock = clock;
    }

    private record Kept(String kid, String publicKey, byte[] sealedKey, Instant activeFrom) {}

    private record Usable(TokenSigner signer, Instant activeFrom) {}

    @Override
    public String name() {
        return "signing keys";
    }

    @Override
    public String channel() {
        return "signing_key";
    }

    @Override
    public Duration period() {
        return Duration.ofMinutes(1);
    }

    /** Makes, rotates and drops keys as their times come, and takes the present set into use. */
    @Override
    public boolean step() {
        take(transactions.asSystem(db -> {
            db.sql("select pg_advisory_xact_lock(4302)").query().singleRow();
            List<Kept> keys = read(db);
            Instant now = clock.instant();
            if (keys.stream().noneMatch(key -> open(key).isPresent())) {
                create(db, now);
            } else if (keys.getFirst().activeFrom().isBefore(now.minus(LIFE))) {
                create(db, now.plus(PUBLISHED_BEFORE_USE));
            }
            db.sql("""
                    delete from signing_key old
                     where exists (select 1 from signing_key successor
                                    where successor.active_from > old.active_from
                                      and successor.active_from < :long_ago)
                    """)
                    .param("long_ago", Timestamp.from(now.minus(KEPT_AFTER_RETIREMENT)))
                    .update();
            return read(db);
        }));
        return false;
    }

    /** Begins a new key at once, for when the present one may have leaked: tokens signed by the others are void. */
    public void replaceAll() {
        transactions.doAsSystem(db -> {
            db.sql("delete from signing_key").update();
            create(db, clock.instant());
        });
        step();
    }

    /** Signs with the newest key whose time has come. */
    public TokenSigner signer() {
        Instant now = clock.instant();
        return usable.stream()
                .filter(key -> !key.activeFrom().isAfter(now))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no signing key"))
                .signer();
    }

    /** The public keys as a JSON Web Key Set. */
    public String published() {
        return published;
    }

    private static List<Kept> read(Db db) {
        return db.sql("select kid, public_key, sealed_key, active_from from signing_key order by active_from desc")
                .query((row, n) -> new Kept(
                        row.getString("kid"),
                        row.getString("public_key"),
                        row.getBytes("sealed_key"),
                        row.getTimestamp("active_from").toInstant()))
                .list();
    }

    private void create(Db db, Instant activeFrom) {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256)
                    .keyID(Ids.secret(9))
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
            db.sql("insert into signing_key (kid, public_key, sealed_key, active_from) values (?, ?, ?, ?)")
                    .param(key.getKeyID())
                    .param(key.toPublicJWK().toJSONString())
                    .param(seal.seal(key.toJSONString().getBytes(StandardCharsets.UTF_8)))
                    .param(Timestamp.from(activeFrom))
                    .update();
            db.wake("signing_key");
            log.info("Made signing key {}, in use from {}", key.getKeyID(), activeFrom);
        } catch (JOSEException e) {
            throw new IllegalStateException("No signing key could be made", e);
        }
    }

    private void take(List<Kept> keys) {
        try {
            JWKSet set =
                    new JWKSet(keys.stream().<JWK>map(SigningKeys::publicKey).toList());
            usable = keys.stream()
                    .flatMap(key ->
                            open(key).map(opened -> new Usable(new TokenSigner(opened), key.activeFrom())).stream())
                    .toList();
            published = set.toString(true);
            verifier.trust(set);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("The signing keys in the database cannot be read", e);
        }
    }

    private static JWK publicKey(Kept key) {
        try {
            return JWK.parse(key.publicKey());
        } catch (ParseException e) {
            throw new IllegalArgumentException(key.kid(), e);
        }
    }

    /** Empty when it was sealed under another installation's key file: it still verifies, it signs no more. */
    private Optional<ECKey> open(Kept key) {
        try {
            return Optional.of(ECKey.parse(new String(seal.open(key.sealedKey()), StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException | ParseException e) {
            return Optional.empty();
        }
    }
}
