package dev.unkai.wire.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.unkai.wire.origin.SourceRules.Bearer;
import dev.unkai.wire.token.Revocations.Revocation;
import dev.unkai.wire.token.Revocations.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
    private static final Instant ISSUED = Instant.parse("2026-01-01T00:00:00Z");

    private final Revocations revocations = new Revocations();
    private Instant now = ISSUED.plusSeconds(60);
    private TokenVerifier verifier;
    private TokenSigner signer;
    private ECKey key;

    @BeforeEach
    void makeKeys() throws Exception {
        key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
        signer = new TokenSigner(key);
        verifier = new TokenVerifier((InstantSource) () -> now, revocations);
        verifier.trust(new JWKSet(key.toPublicJWK()));
    }

    @Test
    void aGoodTokenGivesBackItsClaims() {
        TokenClaims claims = claims();

        assertThat(verifier.verify(signer.sign(claims))).contains(claims);
    }

    @Test
    void aTokenEndsWithItsLifetimeAlsoWhenItWasSeenBefore() {
        String token = signer.sign(claims());
        assertThat(verifier.verify(token)).isPresent();

        now = ISSUED.plusSeconds(3600);

        assertThat(verifier.verify(token)).isEmpty();
    }

    @Test
    void anotherKeysTokenIsRefusedAlsoUnderAKnownKeyId() throws Exception {
        ECKey stranger = new ECKeyGenerator(Curve.P_256).keyID("one").generate();

        assertThat(verifier.verify(new TokenSigner(stranger).sign(claims()))).isEmpty();
    }

    @Test
    void aChangedTokenIsRefused() {
        String[] parts = signer.sign(claims()).split("\\.");
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String risen = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(payload.replace("member", "admin").getBytes(StandardCharsets.UTF_8));

        assertThat(verifier.verify(parts[0] + "." + risen + "." + parts[2])).isEmpty();
    }

    @Test
    void aTokenThatSaysItNeedsNoSignatureIsRefused() {
        String[] parts = signer.sign(claims()).split("\\.");
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\",\"kid\":\"one\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(verifier.verify(none + "." + parts[1] + ".")).isEmpty();
        assertThat(verifier.verify(none + "." + parts[1] + "." + parts[2])).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "....", "é.é.é"})
    void nonsenseIsRefused(String token) {
        assertThat(verifier.verify(token)).isEmpty();
    }

    @Test
    void aRevocationTakesBackWhatItNamesAndNothingElse() {
        String token = signer.sign(claims());
        assertThat(verifier.verify(token)).isPresent();

        revocations.learn(new Revocation(1, Subject.USER, "somebody-else", now));
        revocations.learn(new Revocation(2, Subject.USER, "user", ISSUED.minusSeconds(1)));
        assertThat(verifier.verify(token))
                .as("others, and tokens issued later, are not touched")
                .isPresent();

        revocations.learn(new Revocation(3, Subject.USER_IN_PROJECT, "user/project", now));
        assertThat(verifier.verify(token)).isEmpty();
    }

    @Test
    void aKeyThatIsNoLongerTrustedTakesItsTokensWithIt() throws Exception {
        String token = signer.sign(claims());
        assertThat(verifier.verify(token)).isPresent();

        verifier.trust(new JWKSet(
                new ECKeyGenerator(Curve.P_256).keyID("two").generate().toPublicJWK()));

        assertThat(verifier.verify(token)).isEmpty();
    }

    @Test
    void aTrustIsReadBackAndFallsWithAnyOfItsParties() {
        TrustClaim trust = new TrustClaim("trust", "giver", "user", "owner", false, List.of("go-between"));
        String token = signer.sign(claims("trust", trust, null));
        assertThat(verifier.verify(token).orElseThrow().trust()).isEqualTo(trust);

        for (Revocation end : List.of(
                new Revocation(1, Subject.CHAIN, "trust", ISSUED),
                new Revocation(1, Subject.USER, "giver", ISSUED),
                new Revocation(1, Subject.USER, "go-between", ISSUED),
                new Revocation(1, Subject.USER_IN_PROJECT, "owner/project", ISSUED))) {
            Revocations fresh = new Revocations();
            fresh.learn(end);
            assertThat(fresh.covers(verifier.verify(token).orElseThrow()))
                    .as(end.toString())
                    .isTrue();
        }
    }

    @Test
    void aViewIsReadBackIsLentAndFallsWithTheRightThatItWasOpenedBy() {
        ViewingClaim viewing = new ViewingClaim("view", "home", "provider", List.of("service-operator"));
        String token = signer.sign(claims("login", null, viewing));
        TokenClaims read = verifier.verify(token).orElseThrow();
        assertThat(read.viewing()).isEqualTo(viewing);
        assertThat(read.isDelegated()).isTrue();
        assertThat(Bearer.of(read).scope()).isEqualTo("provider");
        assertThat(Bearer.of(read).roles()).containsExactly("service-operator");

        for (Revocation end : List.of(
                new Revocation(1, Subject.CHAIN, "login", ISSUED),
                new Revocation(1, Subject.USER_IN_PROJECT, "user/home", ISSUED),
                new Revocation(1, Subject.PROJECT, "home", ISSUED),
                new Revocation(1, Subject.DOMAIN, "provider", ISSUED),
                new Revocation(1, Subject.PROJECT, "project", ISSUED))) {
            Revocations fresh = new Revocations();
            fresh.learn(end);
            assertThat(fresh.covers(read)).as(end.toString()).isTrue();
        }
        assertThat(new Caller(read, "", "", "").looksOnly()).isTrue();
    }

    private static TokenClaims claims() {
        return claims("login", null, null);
    }

    /** @param chain the log-in or the trust that it goes back to */
    private static TokenClaims claims(String chain, @Nullable TrustClaim trust, @Nullable ViewingClaim viewing) {
        return new TokenClaims(
                List.of("audit", chain),
                List.of("password"),
                "user",
                "Taro",
                "domain",
                "Domain",
                "project",
                "Project",
                "domain",
                "Domain",
                null,
                null,
                false,
                List.of("member", "reader"),
                null,
                ISSUED,
                ISSUED.plusSeconds(3600),
                null,
                trust,
                viewing == null ? null : ISSUED,
                viewing);
    }
}
