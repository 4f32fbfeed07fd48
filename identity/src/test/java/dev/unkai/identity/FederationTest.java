package dev.unkai.identity;

import static dev.unkai.identity.SignIn.PROVIDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.unkai.identity.RunningIdentity.Answer;
import dev.unkai.wire.token.TokenVerifier;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Sign-ins at a contract's own identity provider: who it makes, what he may do and for how long. */
class FederationTest {
    private static final String WHO = "/identity/v3/auth/projects";
    private static final List<Map<String, String>> RULES = List.of(
            Map.of("value", "cloud-users", "role", "operator"), Map.of("value", "cloud-admins", "role", "master"));

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
    void whoLogsOutIsSentToTheProviderWithItsOwnWordsWhereThatIsWanted() {
        String plain = signIn.at(issuer).header("X-Subject-Token");
        assertThat(leave(plain)).as("not wanted").isNull();
        assertThat(identity.get(WHO, plain).status()).isEqualTo(401);

        signIn.change(issuer, Map.of("logOutThere", true), RULES);
        assertThat(leave(signIn.at(issuer).header("X-Subject-Token")))
                .as("the issuer has no place for it")
                .isNull();

        issuer.endSession = issuer.address() + "/end?realm=staff";
        assertThat(identity.send("POST", SignIn.PROVIDERS + "/" + signIn.provider() + "/check", signIn.operator(), null)
                        .body()
                        .path("trouble")
                        .isNull())
                .isTrue();
        AtomicReference<String> told = new AtomicReference<>("");
        issuer.token = text -> {
            told.set(text);
            return text;
        };
        Answer entered = signIn.at(issuer);
        String token = entered.header("X-Subject-Token");
        assertThat(identity.state()).as("what it said lies sealed").doesNotContain(told.get());
        String other = signIn.at(issuer).header("X-Subject-Token");
        String session = session(other);
        assertThat(identity.send("POST", "/identity/service/v1/sessions/" + session + "/log-out", token, null)
                        .status())
                .as("one leaves the session that one is in")
                .isEqualTo(404);

        String hint = told.get();
        String address = leave(other);

        assertThat(address).startsWith(issuer.address() + "/end?realm=staff&");
        assertThat(FakeIssuer.query(address))
                .containsEntry("id_token_hint", hint)
                .containsEntry("client_id", FakeIssuer.CLIENT)
                .containsEntry("post_logout_redirect_uri", "https://cloud.test:8443/");
        assertThat(identity.get(WHO, other).status()).isEqualTo(401);
        assertThat(identity.get(WHO, token).status())
                .as("the other session goes on")
                .isEqualTo(200);
        assertThat(identity.id("select count(*)::text from provider_session where session_id = ?", session))
                .isEqualTo("0");
        assertThat(identity.events().toString()).doesNotContain(hint);
    }

    private @Nullable String leave(String token) {
        Answer left =
                identity.send("POST", "/identity/service/v1/sessions/" + session(token) + "/log-out", token, null);
        assertThat(left.status()).as(left.raw().body()).isEqualTo(200);
        return left.body().path("leave").isNull()
                ? null
                : left.body().path("leave").asString();
    }

    private String session(String token) {
        return identity.context
                .getBean(TokenVerifier.class)
                .verify(token)
                .orElseThrow()
                .auditIds()
                .getLast();
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
        assertThat(said.path("roles").toString()).contains("operator", "member").doesNotContain("manager");
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
                .as("a master manages the contract's users, too")
                .isEqualTo(200);
        issuer.claims = claims -> plain.apply(claims).claim("groups", List.of("cloud-users"));

        String member = signIn.at(issuer).header("X-Subject-Token");

        assertThat(identity.get("/identity/v3/users", member).status()).isEqualTo(403);
        assertThat(identity.get(WHO, manager).status())
                .as("what the old token says is not true any more")
                .isEqualTo(401);
        issuer.claims = claims -> plain.apply(claims).claim("groups", List.of("others"));
        signIn.assertRefused(signIn.at(issuer), "SignInNoRights", "the mapping gives no role");
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

    @Test
    void whatTheIssuerRefusesIsToldAndRecorded() {
        Map<String, String> sent = signIn.sent();
        Answer refused = signIn.finish(
                Map.of("state", sent.get("state"), "browser", signIn.browser(), "error", "access_denied"));
        signIn.assertRefused(refused, "SignInRefusedThere", "access_denied");
    }

    @Test
    void anIssuerThatIsAwayOrSaysItIsAnotherIsToldApart() {
        issuer.issuer = "https://elsewhere.test";
        signIn.assertRefused(signIn.begin(), "SignInNotBelieved", "another issuer");
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
    void aDisabledProviderOrAnotherMappingEndsItsSessionsAtOnce() {
        String token = signIn.at(issuer).header("X-Subject-Token");
        change(Map.of("name", "Kumo staff"));
        assertThat(identity.get(WHO, token).status())
                .as("another name changes nothing")
                .isEqualTo(200);
        change(Map.of("rules", List.of(Map.of("value", "cloud-users", "role", "viewer"))));
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
        signIn.assertRefused(
                signIn.finish(waiting.get("state"), issuer.logIn(waiting), null), "SignInNoRights", "disabled");
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
        signIn.assertRefused(
                signIn.finish(sent.get("state"), issuer.logIn(sent), null), "SignInNotBelieved", "auth_time");
    }

    @Test
    void onlyOperatorsChangeProvidersAndNobodySeesTheSecret() {
        String master = identity.token("alpha", "master");
        Map<String, Object> mine =
                SignIn.settings(identity, "alpha", "https://mine.test", Map.of("name", "Mine"), RULES);
        assertThat(identity.send("POST", PROVIDERS, master, mine).status()).isEqualTo(403);
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
        signIn.change(issuer, more, RULES);
    }

    private Answer put(Map<String, Object> more) {
        return signIn.put(issuer, more, RULES);
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
}
