package dev.unkai.identity;

import static dev.unkai.identity.SignIn.PROVIDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.unkai.identity.RunningIdentity.Answer;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
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
import tools.jackson.databind.JsonNode;

/** Sign-ins at a contract's own identity provider, and everything that may be wrong with them. */
class FederationTest {
    private static final String WHO = "/identity/v3/auth/projects";
    private static final List<Map<String, String>> RULES = List.of(
            Map.of("value", "cloud-users", "role", "member"), Map.of("value", "cloud-admins", "role", "manager"));

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

    @Test
    void theFirstSignInMakesAUserWithTheMappedRoleAndAnOrdinarySession() {
        Map<String, String> sent = signIn.sent();
        assertThat(sent)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", FakeIssuer.CLIENT)
                .containsEntry("redirect_uri", "https://cloud.test:8443/sign-in/return")
                .containsEntry("code_challenge_method", "S256")
                .containsKeys("nonce", "state");

        Answer entered = signIn.finish(sent.get("state"), issuer.logIn(sent), null);

        assertThat(entered.status()).as(entered.raw().body()).isEqualTo(201);
        assertThat(issuer.authorization).startsWith("Basic ");
        String token = entered.header("X-Subject-Token");
        JsonNode said = identity.subject("GET", token, token).body().path("token");
        assertThat(said.at("/user/domain/name").asString()).isEqualTo("alpha");
        assertThat(said.at("/project/name").asString()).isEqualTo("alpha");
        assertThat(said.path("methods").toString()).isEqualTo("[\"openid\"]");
        assertThat(said.path("roles").toString()).contains("member").doesNotContain("manager");
        String user = said.at("/user/id").asString();
        JsonNode session =
                identity.get("/identity/service/v1/sessions", token).body().at("/sessions/0");
        assertThat(session.path("how").asString()).isEqualTo("console");
        assertThat(session.path("method").asString()).isEqualTo("openid");
        JsonNode event = event("authenticate", user);
        assertThat(event.path("outcome").asString()).isEqualTo("success");
        assertThat(event.at("/attachments/provider").asString()).isEqualTo("Kumo SSO");
        assertThat(event.at("/target/project_id").asString()).isEqualTo(project("alpha"));

        Answer again = signIn.at(issuer);
        assertThat(identity.subject("GET", again.header("X-Subject-Token"), again.header("X-Subject-Token"))
                        .body()
                        .at("/token/user/id")
                        .asString())
                .as("the same user")
                .isEqualTo(user);
        assertThat(identity.delete(
                                "/identity/service/v1/sessions/"
                                        + session.path("id").asString(),
                                token)
                        .status())
                .isEqualTo(204);
        assertThat(identity.get(WHO, token).status()).isEqualTo(401);
    }

    @Test
    void aUserIsBoundByIssuerAndSubjectAndNeverByNameOrAddress() {
        String local = identity.id(
                "select a.id from account a join domain d on d.id = a.domain_id where a.name = 'reader' and d.name = 'alpha'");
        UnaryOperator<JWTClaimsSet.Builder> before = issuer.claims;
        issuer.claims = claims -> before.apply(claims)
                .subject("another")
                .claim("preferred_username", "reader")
                .claim("email", "reader@alpha.test");

        Answer entered = signIn.at(issuer);

        String token = entered.header("X-Subject-Token");
        JsonNode user = identity.subject("GET", token, token).body().at("/token/user");
        assertThat(user.path("id").asString()).isNotEqualTo(local);
        assertThat(user.path("name").asString()).startsWith("reader-");
        issuer.claims = claims -> before.apply(claims).subject("another").claim("preferred_username", "renamed");
        String later = signIn.at(issuer).header("X-Subject-Token");
        assertThat(identity.subject("GET", later, later)
                        .body()
                        .at("/token/user/id")
                        .asString())
                .isEqualTo(user.path("id").asString());
    }

    @Test
    void rolesComeFromTheMappingAloneAndAreTakenAtTheNextSignIn() {
        UnaryOperator<JWTClaimsSet.Builder> plain = claims -> claims.subject("roles");
        issuer.claims = claims -> plain.apply(claims).claim("groups", List.of("cloud-admins"));
        String manager = signIn.at(issuer).header("X-Subject-Token");
        assertThat(identity.get("/identity/v3/users", manager).status())
                .as("a manager of the contract")
                .isEqualTo(200);
        issuer.claims = claims -> plain.apply(claims).claim("groups", List.of("cloud-users"));

        String member = signIn.at(issuer).header("X-Subject-Token");

        assertThat(identity.get("/identity/v3/users", member).status()).isEqualTo(403);
        assertThat(identity.get(WHO, manager).status())
                .as("what the old token says is not true any more")
                .isEqualTo(401);
        issuer.claims = claims -> plain.apply(claims).claim("groups", List.of("others"));
        assertRefused(signIn.at(issuer), "SignInNoRights", "the mapping gives no role");
        assertThat(identity.get(WHO, member).status()).isEqualTo(401);
    }

    @Test
    void aRuleMayGiveAPlaceInAGroupAndAClaimMayLieWithinOthers() {
        signIn.remove();
        String master = identity.token("alpha", "master");
        String group = identity.send(
                        "POST",
                        "/identity/v3/groups",
                        master,
                        Map.of("group", Map.of("name", "team-" + System.nanoTime())))
                .body()
                .at("/group/name")
                .asString();
        signIn = SignIn.registered(
                identity,
                "alpha",
                issuer.address(),
                Map.of("mappingClaim", "realm_access.roles"),
                List.of(Map.of("value", "*", "role", "reader"), Map.of("value", "ops", "group", group)));
        issuer.claims = claims -> claims.subject("grouped").claim("realm_access", Map.of("roles", List.of("ops", "x")));

        String token = signIn.at(issuer).header("X-Subject-Token");

        String user = identity.subject("GET", token, token)
                .body()
                .at("/token/user/id")
                .asString();
        assertThat(identity.get("/identity/v3/users/" + user + "/groups", token)
                        .body()
                        .at("/groups/0/name")
                        .asString())
                .isEqualTo(group);
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
                Arguments.of("signed by HS256", (Fault)
                        issuer -> issuer.token = text -> "eyJhbGciOiJIUzI1NiJ9." + text.split("\\.")[1] + ".AAAA"),
                Arguments.of("no ID token", (Fault) issuer -> issuer.tokenStatus = 401));
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

        assertRefused(signIn.at(issuer), "SignInNotBelieved", reason);

        assertThat(users()).isEqualTo(users);
        assertThat(identity.events().getLast().at("/target/project_id").asString())
                .as("the contract sees it")
                .isEqualTo(project("alpha"));
    }

    @Test
    void aNewKeyOfTheIssuerIsLearnt() {
        assertThat(signIn.at(issuer).status()).isEqualTo(201);
        issuer.signing = FakeIssuer.OTHER;
        issuer.published = new JWKSet(List.of(FakeIssuer.KEY.toPublicJWK(), FakeIssuer.OTHER.toPublicJWK()));
        // Known since less than half a minute: not asked for again at each token with a made-up key.
        assertRefused(signIn.at(issuer), "SignInNotBelieved", "does not publish");
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
        assertRefused(signIn.finish(sent.get("state"), code, null), "SignInLapsed", "used before");

        Map<String, String> victims = signIn.sent();
        assertRefused(
                signIn.inAnotherBrowser().finish(victims.get("state"), issuer.logIn(victims), null),
                "SignInLapsed",
                "another browser");
        assertRefused(signIn.finish("made-up", "code", null), "SignInLapsed", "unknown");

        Map<String, String> late = signIn.sent();
        identity.sql()
                .sql("update sign_in set made_at = made_at - interval '11 minutes'")
                .update();
        assertRefused(signIn.finish(late.get("state"), issuer.logIn(late), null), "SignInLapsed", "lapsed");
    }

    @Test
    void anAnswerFromAnotherIssuerIsNotMixedUp() {
        Map<String, String> sent = signIn.sent();
        assertRefused(
                signIn.finish(sent.get("state"), issuer.logIn(sent), "https://elsewhere.test"),
                "SignInNotBelieved",
                "another issuer");
        Map<String, String> named = signIn.sent();
        assertThat(signIn.finish(named.get("state"), issuer.logIn(named), issuer.address())
                        .status())
                .isEqualTo(201);
    }

    @Test
    void whatTheIssuerRefusesIsToldAndRecorded() {
        Map<String, String> sent = signIn.sent();
        Answer refused = signIn.finish(
                Map.of("state", sent.get("state"), "browser", signIn.browser(), "error", "access_denied"));
        assertRefused(refused, "SignInRefusedThere", "access_denied");
    }

    @Test
    void anIssuerThatIsAwayOrSaysItIsAnotherIsToldApart() {
        issuer.issuer = "https://elsewhere.test";
        assertRefused(signIn.begin(), "SignInNotBelieved", "another issuer");
        String operator = signIn.operator();
        assertThat(identity.send("POST", PROVIDERS + "/" + signIn.provider() + "/check", operator, null)
                        .body()
                        .path("trouble")
                        .asString())
                .contains("another issuer");
        issuer.close();
        Answer away = signIn.begin();
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.header("X-Unkai-Refusal")).isEqualTo("SignInUnavailable");
        assertThat(identity.events().getLast().at("/reason/reasonType").asString())
                .contains("does not answer");
    }

    @Test
    void aStrangerLearnsNothingWithoutTheLink() {
        SignIn guessed =
                new SignIn(identity, signIn.cloud(), signIn.operator(), "x", "AAAAAAAAAAAAAAAAAAAAAA", "browser");
        Answer refused = guessed.begin();
        assertThat(refused.status()).isEqualTo(404);
        change(Map.of("enabled", false));
        Answer disabled = signIn.begin();
        assertThat(disabled.status()).isEqualTo(404);
        assertThat(disabled.body().toString()).isEqualTo(refused.body().toString());
    }

    @Test
    void aDisabledProviderOrAnotherMappingEndsItsSessionsAtOnce() {
        String token = signIn.at(issuer).header("X-Subject-Token");
        change(Map.of("name", "Kumo staff"));
        assertThat(identity.get(WHO, token).status())
                .as("another name changes nothing")
                .isEqualTo(200);
        change(Map.of("rules", List.of(Map.of("value", "cloud-users", "role", "reader"))));
        await().untilAsserted(
                        () -> assertThat(identity.get(WHO, token).status()).isEqualTo(401));

        String reader = signIn.at(issuer).header("X-Subject-Token");
        String user = identity.subject("GET", reader, reader)
                .body()
                .at("/token/user/id")
                .asString();
        Map<String, String> waiting = signIn.sent();
        change(Map.of("enabled", false));
        await().untilAsserted(
                        () -> assertThat(identity.get(WHO, reader).status()).isEqualTo(401));
        assertThat(identity.id("select count(*)::text from assignment where account_id = ?", user))
                .isEqualTo("0");
        assertRefused(signIn.finish(waiting.get("state"), issuer.logIn(waiting), null), "SignInNoRights", "disabled");
    }

    @Test
    void aUserOfAProviderHasNoPasswordAndNobodyGivesHimOne() {
        String token = signIn.at(issuer).header("X-Subject-Token");
        String user = identity.subject("GET", token, token)
                .body()
                .at("/token/user/id")
                .asString();
        Answer refused = identity.send(
                "PATCH",
                "/identity/v3/users/" + user,
                identity.token("alpha", "master"),
                Map.of("user", Map.of("password", "seven unlikely gnomes")));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("X-Unkai-Refusal")).isEqualTo("FederatedPassword");
    }

    @Test
    void theLocalSecondFactorIsAskedForUnlessTheProvidersCounts() {
        issuer.claims = claims -> claims.subject("second").claim("groups", List.of("cloud-users"));
        String first = signIn.at(issuer).header("X-Subject-Token");
        // A sign-in of just now stands in the place of the password that he does not have.
        String account = "/identity/service/v1/account/second-factor";
        Authenticator app = new Authenticator(identity.send("POST", account, first, Map.of("proof", Map.of()))
                .body()
                .path("secret")
                .asString());
        assertThat(identity.send("PUT", account, first, Map.of("proof", Map.of("code", app.code(0))))
                        .status())
                .isEqualTo(200);

        Map<String, String> sent = signIn.sent();
        Answer missing = signIn.finish(sent.get("state"), issuer.logIn(sent), null);
        assertThat(missing.status()).isEqualTo(401);
        assertThat(missing.header("X-Unkai-Refusal")).isEqualTo("SecondFactorMissing");
        assertThat(missing.body().path("required_auth_methods").toString()).isEqualTo("[[\"openid\",\"totp\"]]");
        assertThat(signIn.second(sent.get("state"), Map.of("code", "000000")).header("X-Unkai-Refusal"))
                .isEqualTo("SecondFactorWrong");
        assertThat(signIn.inAnotherBrowser()
                        .second(sent.get("state"), Map.of("code", app.code(1)))
                        .header("X-Unkai-Refusal"))
                .isEqualTo("SignInLapsed");
        Answer entered = signIn.second(sent.get("state"), Map.of("code", app.code(1)));
        assertThat(entered.status()).as(entered.raw().body()).isEqualTo(201);
        String token = entered.header("X-Subject-Token");
        assertThat(identity.subject("GET", token, token)
                        .body()
                        .at("/token/methods")
                        .toString())
                .isEqualTo("[\"openid\",\"totp\"]");
        assertThat(signIn.second(sent.get("state"), Map.of("code", app.code(1))).header("X-Unkai-Refusal"))
                .as("good once")
                .isEqualTo("SignInLapsed");

        change(Map.of("secondFactor", List.of("mfa")));
        issuer.claims = claims ->
                claims.subject("second").claim("groups", List.of("cloud-users")).claim("amr", List.of("pwd", "mfa"));
        Answer byProvider = signIn.at(issuer);
        assertThat(byProvider.status()).as(byProvider.raw().body()).isEqualTo(201);
    }

    @Test
    void howFreshTheProofIsTheIssuerSays() {
        UnaryOperator<JWTClaimsSet.Builder> before = issuer.claims;
        issuer.claims = claims -> before.apply(claims)
                .claim("auth_time", Instant.now().minusSeconds(3_600).getEpochSecond());
        String old = signIn.at(issuer).header("X-Subject-Token");
        Answer refused =
                identity.send("POST", "/identity/service/v1/account/second-factor", old, Map.of("proof", Map.of()));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("X-Unkai-Refusal")).isEqualTo("ProofTooOld");

        Map<String, String> sent = FakeIssuer.query(
                signIn.begin(Map.of("fresh", true)).body().path("address").asString());
        assertThat(sent).containsEntry("prompt", "login").containsEntry("max_age", "0");
        assertRefused(signIn.finish(sent.get("state"), issuer.logIn(sent), null), "SignInNotBelieved", "auth_time");
    }

    @Test
    void onlyOperatorsChangeProvidersAndNobodySeesTheSecret() {
        String master = identity.token("alpha", "master");
        JsonNode own = identity.get(PROVIDERS, master).body().path("identityProviders");
        assertThat(own.valueStream().map(one -> one.path("id").asString())).contains(signIn.provider());
        assertThat(own.toString()).doesNotContain(FakeIssuer.SECRET).contains("/sign-in/" + signIn.key());
        assertThat(identity.get(PROVIDERS, identity.token("beta", "master"))
                        .body()
                        .toString())
                .doesNotContain(signIn.provider());
        assertThat(identity.get(PROVIDERS + "/" + signIn.provider(), identity.token("beta", "master"))
                        .status())
                .isEqualTo(404);
        assertThat(identity.id(
                        "select encode(sealed_secret, 'escape') from identity_provider where id = ?",
                        signIn.provider()))
                .doesNotContain(FakeIssuer.SECRET);
        String operator = signIn.operator();
        assertThat(identity.send(
                                "POST",
                                PROVIDERS,
                                operator,
                                SignIn.settings(identity, "alpha", "ftp://x.test", Map.of("name", "x"), RULES))
                        .status())
                .isEqualTo(400);
        assertThat(identity.send(
                                "POST",
                                PROVIDERS,
                                operator,
                                SignIn.settings(identity, "alpha", issuer.address(), Map.of("name", "x"), RULES))
                        .status())
                .isEqualTo(409);
        Map<String, Object> other = new HashMap<>(Map.of("issuer", "https://elsewhere.test"));
        assertThat(put(other).status()).isEqualTo(400);
    }

    private void change(Map<String, Object> more) {
        Answer answer = put(more);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    }

    private Answer put(Map<String, Object> more) {
        return identity.send(
                "PUT",
                PROVIDERS + "/" + signIn.provider(),
                signIn.operator(),
                SignIn.settings(identity, "alpha", issuer.address(), more, RULES));
    }

    private void assertRefused(Answer answer, String code, String reason) {
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(401);
        assertThat(answer.header("X-Unkai-Refusal")).isEqualTo(code);
        assertThat(answer.header("X-Subject-Token")).isEmpty();
        JsonNode event = identity.events().getLast();
        assertThat(event.path("outcome").asString()).isEqualTo("failure");
        assertThat(event.at("/reason/reasonType").asString()).contains(reason);
    }

    private JsonNode event(String action, String target) {
        return identity.events().stream()
                .filter(one -> one.get("action").asString().equals(action)
                        && one.at("/target/id").asString().equals(target))
                .toList()
                .getLast();
    }

    private String project(String name) {
        return identity.id(
                "select p.id from project p join domain d on d.id = p.domain_id where p.name = ? and d.name = ?",
                name,
                name);
    }

    private int users() {
        return Integer.parseInt(identity.id("select count(*)::text from account"));
    }
}
