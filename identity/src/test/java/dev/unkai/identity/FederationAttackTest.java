package dev.unkai.identity;

import static dev.unkai.identity.SignIn.PROVIDERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.unkai.identity.RunningIdentity.Answer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Attempts to come in by a contract's identity provider as somebody else: each is refused, recorded, and makes no user. */
class FederationAttackTest {
    private static final List<Map<String, String>> RULES = List.of(Map.of("value", "cloud-users", "role", "operator"));

    private final RunningIdentity identity = RunningIdentity.shared();
    private FakeIssuer issuer;
    private SignIn signIn;

    @BeforeEach
    void register() {
        issuer = new FakeIssuer();
        issuer.claims = claims -> claims.claim("groups", List.of("cloud-users", "others"));
        signIn = SignIn.registered(identity, "alpha", issuer.address(), Map.of(), RULES);
    }

    @AfterEach
    void stop() {
        signIn.remove();
        issuer.close();
    }

    /** What is wrong with a token, and how the history says it. */
    static Stream<Arguments> wrongTokens() {
        RSAKey stranger = new RSAKey.Builder(FakeIssuer.OTHER)
                .keyID(FakeIssuer.KEY.getKeyID())
                .build();
        return Stream.of(
                wrong("nonce", claims -> claims.claim("nonce", "another")),
                wrong("nonce", claims -> claims.claim("nonce", null)),
                wrong("another issuer", claims -> claims.issuer("https://elsewhere.test")),
                wrong("another client", claims -> claims.audience("somebody else")),
                wrong("azp", claims -> claims.audience(List.of(FakeIssuer.CLIENT, "other"))),
                wrong("azp", claims -> claims.claim("azp", "other")),
                wrong(
                        "has ended",
                        claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(120)))),
                wrong(
                        "future",
                        claims -> claims.issueTime(Date.from(Instant.now().plusSeconds(300)))),
                wrong(
                        "too old",
                        claims -> claims.issueTime(Date.from(Instant.now().minusSeconds(3_600)))),
                wrong("who it is about", claims -> claims.subject(null)),
                Arguments.of("signature", (Fault) issuer -> issuer.signing = stranger),
                Arguments.of("does not publish", (Fault) issuer -> issuer.signing = FakeIssuer.OTHER),
                Arguments.of("signature", (Fault) issuer -> issuer.token = text -> {
                    String[] parts = text.split("\\.");
                    return parts[0] + "." + parts[1].substring(0, parts[1].length() - 4) + "AAAA." + parts[2];
                }),
                Arguments.of("cannot be read", (Fault)
                        issuer -> issuer.token = text -> "eyJhbGciOiJub25lIn0." + text.split("\\.")[1] + "."),
                Arguments.of("signed by HS256", (Fault) issuer -> issuer.token = byPublicKey()),
                Arguments.of("signed by HS256", (Fault) issuer -> issuer.token = bySharedSecret(FakeIssuer.SECRET)),
                Arguments.of("no ID token", (Fault) issuer -> issuer.tokenStatus = 401));
    }

    /** What everybody has, taken for a shared secret (RFC 8725, 2.1). */
    private static UnaryOperator<String> byPublicKey() {
        try {
            return bySharedSecret(
                    new String(FakeIssuer.KEY.toRSAPublicKey().getEncoded(), StandardCharsets.ISO_8859_1));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same claims under a MAC, as whoever knows the key could make it. */
    private static UnaryOperator<String> bySharedSecret(String key) {
        return text -> {
            try {
                byte[] padded = Arrays.copyOf(key.getBytes(StandardCharsets.ISO_8859_1), Math.max(32, key.length()));
                SignedJWT forged = new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .keyID(FakeIssuer.KEY.getKeyID())
                                .build(),
                        SignedJWT.parse(text).getJWTClaimsSet());
                forged.sign(new MACSigner(padded));
                return forged.serialize();
            } catch (JOSEException | ParseException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    /** Makes the issuer err. */
    interface Fault {
        void on(FakeIssuer issuer);
    }

    private static Arguments wrong(String reason, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(reason, (Fault) issuer -> {
            UnaryOperator<JWTClaimsSet.Builder> before = issuer.claims;
            issuer.claims = claims -> change.apply(before.apply(claims).subject("wrong"));
        });
    }

    @ParameterizedTest
    @MethodSource("wrongTokens")
    void aTokenThatIsWrongInOnePointIsRefusedAndRecorded(String reason, Fault fault) {
        fault.on(issuer);
        int users = users();

        signIn.assertRefused(signIn.at(issuer), "SignInNotBelieved", reason);

        assertThat(users()).isEqualTo(users);
        assertThat(identity.events().getLast().at("/target/project_id").asString())
                .as("the contract sees it")
                .isEqualTo(
                        identity.id(
                                "select p.id from project p join domain d on d.id = p.domain_id where p.name = d.name and d.name = 'alpha'"));
    }

    @Test
    void aNewKeyOfTheIssuerIsLearnt() {
        assertThat(signIn.at(issuer).status()).isEqualTo(201);
        issuer.signing = FakeIssuer.OTHER;
        issuer.published = new JWKSet(List.of(FakeIssuer.KEY.toPublicJWK(), FakeIssuer.OTHER.toPublicJWK()));
        for (int i = 0; i < 3; i++) {
            signIn.assertRefused(signIn.at(issuer), "SignInNotBelieved", "does not publish");
        }
        assertThat(issuer.keysAsked)
                .as("not asked for again at each token with a made-up key: once in half a minute")
                .hasValue(1);
        String operator = signIn.operator();
        assertThat(identity.send("POST", PROVIDERS + "/" + signIn.provider() + "/check", operator, null)
                        .body()
                        .path("trouble")
                        .isNull())
                .isTrue();

        assertThat(signIn.at(issuer).status()).isEqualTo(201);
    }

    @Test
    void aStateIsGoodOnceAndInItsBrowserOnly() {
        Map<String, String> sent = signIn.sent();
        String code = issuer.logIn(sent);
        assertThat(signIn.finish(sent.get("state"), code, null).status()).isEqualTo(201);
        signIn.assertRefused(signIn.finish(sent.get("state"), code, null), "SignInLapsed", "used before");

        Map<String, String> victims = signIn.sent();
        signIn.assertRefused(
                signIn.inAnotherBrowser().finish(victims.get("state"), issuer.logIn(victims), null),
                "SignInLapsed",
                "another browser");
        signIn.assertRefused(signIn.finish("made-up", "code", null), "SignInLapsed", "unknown");

        Map<String, String> late = signIn.sent();
        identity.sql()
                .sql("update sign_in set made_at = made_at - interval '11 minutes'")
                .update();
        signIn.assertRefused(signIn.finish(late.get("state"), issuer.logIn(late), null), "SignInLapsed", "lapsed");
    }

    @Test
    void anAnswerFromAnotherIssuerIsNotMixedUp() {
        Map<String, String> sent = signIn.sent();
        signIn.assertRefused(
                signIn.finish(sent.get("state"), issuer.logIn(sent), "https://elsewhere.test"),
                "SignInNotBelieved",
                "another issuer");
        Map<String, String> named = signIn.sent();
        assertThat(signIn.finish(named.get("state"), issuer.logIn(named), issuer.address())
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aStrangerLearnsNothingWithoutTheLink() {
        SignIn guessed =
                new SignIn(identity, signIn.cloud(), signIn.operator(), "x", "AAAAAAAAAAAAAAAAAAAAAA", "browser");
        Answer refused = guessed.begin();
        assertThat(refused.status()).isEqualTo(404);
        signIn.change(issuer, Map.of("enabled", false), RULES);
        Answer disabled = signIn.begin();
        assertThat(disabled.status()).isEqualTo(404);
        assertThat(disabled.body().toString()).isEqualTo(refused.body().toString());
    }

    @Test
    void aCodeIsGoodForTheSignInThatItWasMadeFor() {
        Map<String, String> victims = signIn.sent();
        String stolen = issuer.logIn(victims);
        Map<String, String> own = signIn.sent();
        signIn.assertRefused(signIn.finish(own.get("state"), stolen, null), "SignInNotBelieved", "invalid_grant");

        // Where the issuer does not look at the verifier (PKCE), the nonce tells them apart.
        issuer.looksAtVerifier = false;
        Map<String, String> again = signIn.sent();
        String injected = issuer.logIn(signIn.sent());
        signIn.assertRefused(signIn.finish(again.get("state"), injected, null), "SignInNotBelieved", "nonce");
    }

    @Test
    void aCodeIsRedeemedOnce() {
        Map<String, String> sent = signIn.sent();
        String code = issuer.logIn(sent);
        assertThat(signIn.finish(sent.get("state"), code, null).status()).isEqualTo(201);
        assertThat(issuer.redeemed).containsEntry("code", code).containsKey("code_verifier");

        Map<String, String> replay = signIn.sent();
        signIn.assertRefused(signIn.finish(replay.get("state"), code, null), "SignInNotBelieved", "invalid_grant");
    }

    @Test
    void aSubjectOfAnotherIssuerOrInAnotherContractIsSomebodyElse() {
        String one = userOf(signIn.at(issuer));
        try (FakeIssuer second = new FakeIssuer()) {
            second.claims = issuer.claims;
            SignIn inSameContract =
                    SignIn.registered(identity, "alpha", second.address(), Map.of("name", "Second SSO"), RULES);
            SignIn inAnother = SignIn.registered(identity, "beta", issuer.address(), Map.of(), RULES);

            String two = userOf(inSameContract.at(second));
            Answer elsewhere = inAnother.at(issuer);

            assertThat(two).isNotEqualTo(one);
            assertThat(userOf(elsewhere)).isNotEqualTo(one).isNotEqualTo(two);
            String token = elsewhere.header("X-Subject-Token");
            assertThat(identity.subject("GET", token, token)
                            .body()
                            .at("/token/user/domain/name")
                            .asString())
                    .isEqualTo("beta");
            inSameContract.remove();
            inAnother.remove();
        }
    }

    @Test
    void anIssuerThatNamesAddressesOfItsOwnChoiceIsNotFollowedThere() {
        issuer.tokenEndpoint = "http://198.51.100.80/token";
        signIn.assertRefused(signIn.begin(), "SignInNotBelieved", "token_endpoint is no https address");
    }

    private String userOf(Answer entered) {
        assertThat(entered.status()).as(entered.raw().body()).isEqualTo(201);
        String token = entered.header("X-Subject-Token");
        return identity.subject("GET", token, token).body().at("/token/user/id").asString();
    }

    private int users() {
        return Integer.parseInt(identity.id("select count(*)::text from account"));
    }
}
