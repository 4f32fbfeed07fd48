package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A service as it is delivered, where who administers a contract or works for the provider has a second factor; and one that lets passwords end. */
class RequiredFactorTest {
    private static final String ACCOUNT = "/identity/service/v1/account";
    private static final String EXCEPTIONS = "/identity/service/v1/second-factor-exceptions";
    private static RunningIdentity identity;

    @BeforeAll
    static void start() {
        identity = RunningIdentity.start(RunningIdentity.AS_DELIVERED, "--unkai.identity.password-life=90d");
    }

    @AfterAll
    static void stop() {
        identity.stop();
    }

    @Test
    void aManagerSetsOneUpWithATokenThatHasNoScopeAndOnlyThenGetsTheRole() {
        Answer refused = byPassword("alpha", null);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("X-Unkai-Refusal")).isEqualTo("SecondFactorNotSetUp");
        assertThat(refused.body().at("/error/message").asString()).contains("Set one up");
        String bare = byPassword("alpha", "unscoped").header("X-Subject-Token");
        assertThat(exchange(bare, "alpha").status())
                .as("nor by exchanging a token")
                .isEqualTo(401);
        assertThat(byPassword("alpha", "reader", Map.of("project", project("alpha")))
                        .status())
                .as("other roles are not asked")
                .isEqualTo(201);
        for (String path : List.of(
                "/identity/v3/auth/projects",
                "/identity/v3/users/" + master("alpha") + "/credentials/OS-EC2",
                "/identity/service/v1/sessions")) {
            assertThat(identity.get(path, bare).status())
                    .as("it is good for the set-up alone, not for " + path)
                    .isEqualTo(401);
        }
        String project = identity.id(
                "select p.id from project p join domain d on d.id = p.domain_id where p.name = ? and d.name = p.name",
                "alpha");
        Answer key = identity.send(
                "POST",
                "/identity/v3/users/" + master("alpha") + "/credentials/OS-EC2",
                bare,
                Map.of("tenant_id", project));
        assertThat(key.status())
                .as("no key that would open what the password does not")
                .isEqualTo(401);
        assertThat(key.body().at("/error/message").asString()).contains("second factor");
        assertThat(identity.sql()
                        .sql("select count(*) from user_credential")
                        .query(Integer.class)
                        .single())
                .isZero();

        String proof = RunningIdentity.password("alpha", "master");
        Authenticator app = new Authenticator(
                identity.send("POST", ACCOUNT + "/second-factor", bare, Map.of("proof", Map.of("password", proof)))
                        .body()
                        .path("secret")
                        .asString());
        assertThat(identity.send("PUT", ACCOUNT + "/second-factor", bare, Map.of("proof", Map.of("code", app.code(0))))
                        .status())
                .isEqualTo(200);
        Answer entered = identity.send(
                "POST",
                "/identity/v3/auth/tokens",
                null,
                Authenticator.login("alpha", "master", proof, app.code(1), Map.of("project", project("alpha"))));
        assertThat(entered.status()).isEqualTo(201);
        String token = entered.header("X-Subject-Token");
        assertThat(identity.get(ACCOUNT, token)
                        .body()
                        .at("/secondFactor/required")
                        .asBoolean())
                .isTrue();
        assertThat(exchange(token, "alpha").status()).isEqualTo(201);
    }

    @Test
    void whoHasSuchARoleAnywhereIsAskedWhateverScopeHeWants() {
        String operator = identity.token("Default", "operator");
        String other = identity.send(
                        "POST",
                        "/identity/v3/projects",
                        operator,
                        Map.of("project", Map.of("name", "side", "domain_id", domain("beta"))))
                .body()
                .at("/project/id")
                .asString();
        String reader = identity.id("select id from role where name = ? and domain_id is null", "reader");
        identity.send(
                "PUT",
                "/identity/v3/projects/" + other + "/users/" + master("beta") + "/roles/" + reader,
                operator,
                null);

        Answer refused = byPassword("beta", Map.of("project", Map.of("id", other)));

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("X-Unkai-Refusal")).isEqualTo("SecondFactorNotSetUp");
        assertThat(identity.delete("/identity/v3/projects/" + other, operator).status())
                .isEqualTo(204);
    }

    @Test
    void aPlanMayAskEverybodyOrNobody() {
        try {
            identity.sql()
                    .sql(
                            "insert into plan_rules (domain_id, plan_version, issued, differs_from, users_by, source_addresses, ssl_vpn,"
                                    + " second_factor, changed_at) values (?, 1, true, 1, 'customer', false, false, 'everyone', now())")
                    .param(domain("beta"))
                    .update();
            assertThat(byPassword("beta", "reader", null).header("X-Unkai-Refusal"))
                    .isEqualTo("SecondFactorNotSetUp");

            identity.sql()
                    .sql("update plan_rules set second_factor = 'as-set-up' where domain_id = ?")
                    .param(domain("beta"))
                    .update();
            assertThat(byPassword("beta", "reader", null).status()).isEqualTo(201);
            Answer entered = byPassword("beta", null);
            assertThat(entered.status()).isEqualTo(201);
            assertThat(identity.get(ACCOUNT, entered.header("X-Subject-Token"))
                            .body()
                            .at("/secondFactor/required")
                            .asBoolean())
                    .isFalse();
        } finally {
            identity.sql()
                    .sql("delete from plan_rules where domain_id = ?")
                    .param(domain("beta"))
                    .update();
        }
    }

    @Test
    void aProvidersPersonIsAskedAndAnApplicationCredentialIsNot() {
        String operator = identity.token("Default", "operator");
        Map<String, Object> wanted =
                Map.of("name", "officer", "domain_id", "default", "password", "nine quiet lanterns 7");
        String id = identity.send("POST", "/identity/v3/users", operator, Map.of("user", wanted))
                .body()
                .at("/user/id")
                .asString();
        String role = identity.id("select id from role where name = ? and domain_id is null", "auditor");
        String project = identity.id("select id from project where name = ?", "operator");
        identity.send("PUT", "/identity/v3/projects/" + project + "/users/" + id + "/roles/" + role, operator, null);
        Map<String, Object> scope = Map.of("project", Map.of("id", project));
        assertThat(login("Default", "officer", "nine quiet lanterns 7", scope).header("X-Unkai-Refusal"))
                .isEqualTo("SecondFactorNotSetUp");

        // Made while the account was excepted; what runs by it goes on when that ends.
        identity.send(
                "PUT",
                EXCEPTIONS + "/" + id,
                operator,
                Map.of("exception", Map.of("reason", "Until the key has come.")));
        String token =
                login("Default", "officer", "nine quiet lanterns 7", scope).header("X-Subject-Token");
        Answer made = identity.send(
                "POST",
                "/identity/v3/users/" + id + "/application_credentials",
                token,
                Map.of("application_credential", Map.of("name", "collector")));
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        identity.delete(EXCEPTIONS + "/" + id, operator);
        Answer program = identity.send(
                "POST",
                "/identity/v3/auth/tokens",
                null,
                Map.of(
                        "auth",
                        Map.of(
                                "identity",
                                Map.of(
                                        "methods",
                                        List.of("application_credential"),
                                        "application_credential",
                                        Map.of(
                                                "id",
                                                made.body()
                                                        .at("/application_credential/id")
                                                        .asString(),
                                                "secret",
                                                made.body()
                                                        .at("/application_credential/secret")
                                                        .asString())))));
        assertThat(program.status()).as(program.raw().body()).isEqualTo(201);
    }

    @Test
    void aPasskeySatisfiesTheSiteToo() {
        String operator = identity.token("Default", "operator");
        String master = identity.id("select a.id from account a join domain d on d.id = a.domain_id"
                + " where a.name = 'master' and d.name = 'alpha'");
        identity.delete("/identity/service/v1/users/" + master + "/second-factor", operator);
        String password = RunningIdentity.password("alpha", "master");
        String bare = byPassword("alpha", "unscoped").header("X-Subject-Token");
        SoftKey key = new SoftKey();
        String challenge = identity.send(
                        "POST", ACCOUNT + "/passkeys", bare, Map.of("proof", Map.of("password", password)))
                .body()
                .at("/publicKey/challenge")
                .asString();
        Map<String, Object> made = Map.of("passkey", Map.of("name", "Phone", "credential", key.make(challenge)));
        assertThat(identity.send("PUT", ACCOUNT + "/passkeys", bare, made).status())
                .isEqualTo(200);
        String asked = byPassword("alpha", Map.of("project", project("alpha")))
                .body()
                .at("/passkey/challenge")
                .asString();
        Map<String, Object> user = Map.of("name", "master", "domain", Map.of("name", "alpha"), "password", password);
        Map<String, Object> both = Map.of(
                "methods",
                List.of("password", "passkey"),
                "password",
                Map.of("user", user),
                "passkey",
                Map.of("credential", key.show(asked)));
        Answer entered = identity.send(
                "POST",
                "/identity/v3/auth/tokens",
                null,
                Map.of("auth", Map.of("identity", both, "scope", Map.of("project", project("alpha")))));
        assertThat(entered.status()).as(entered.raw().body()).isEqualTo(201);
        assertThat(entered.body().at("/token/roles").toString()).contains("manager");
        assertThat(identity.delete("/identity/service/v1/users/" + master + "/second-factor", operator)
                        .status())
                .isEqualTo(204);
    }

    @Test
    void aManagerOfAProvidersMakingNeedsAFactorThatTheProviderHasSeen() {
        try (FakeIssuer issuer = new FakeIssuer()) {
            SignIn signIn = SignIn.registered(
                    identity,
                    "alpha",
                    issuer.address(),
                    Map.of("secondFactor", List.of("mfa")),
                    List.of(Map.of("value", "*", "role", "manager")));
            assertThat(signIn.at(issuer).header("X-Unkai-Refusal")).isEqualTo("SignInSecondFactor");
            issuer.claims = claims -> claims.claim("amr", List.of("pwd", "mfa"));

            Answer entered = signIn.at(issuer);

            assertThat(entered.status()).as(entered.raw().body()).isEqualTo(201);
            assertThat(exchange(entered.header("X-Subject-Token"), "alpha").status())
                    .as("the token that it is exchanged for knows it too")
                    .isEqualTo(201);
            signIn.remove();
        }
    }

    @Test
    void anAccountIsExceptedByARowThatItsOwnerSeesAndOperatorsChange() {
        String operator = identity.token("Default", "operator");
        assertThat(identity.get(ACCOUNT, operator)
                        .body()
                        .at("/secondFactor/exception/reason")
                        .asString())
                .as("made an exception by the bootstrap file")
                .contains("evaluation");
        String master = identity.id("select a.id from account a join domain d on d.id = a.domain_id"
                + " where a.name = 'master' and d.name = 'beta'");
        assertThat(byPassword("beta", null).status()).isEqualTo(401);
        assertThat(identity.send(
                                "PUT",
                                EXCEPTIONS + "/" + master,
                                operator,
                                Map.of("exception", Map.of("reason", "Tried out by the sales desk until May.")))
                        .status())
                .isEqualTo(204);

        Answer entered = byPassword("beta", null);
        assertThat(entered.status()).isEqualTo(201);
        assertThat(identity.get(ACCOUNT, entered.header("X-Subject-Token"))
                        .body()
                        .at("/secondFactor/exception/reason")
                        .asString())
                .isEqualTo("Tried out by the sales desk until May.");
        assertThat(identity.get(EXCEPTIONS, operator)
                        .body()
                        .path("exceptions")
                        .valueStream()
                        .map(one -> one.path("accountId").asString()))
                .contains(master);
        assertThat(identity.delete(EXCEPTIONS + "/" + master, operator).status())
                .isEqualTo(204);
        assertThat(identity.delete(EXCEPTIONS + "/" + master, operator).status())
                .isEqualTo(404);
        assertThat(byPassword("beta", null).status()).isEqualTo(401);
    }

    @Test
    void aPasswordEndsUnlessTheAccountIsExceptedFromThat() {
        String operator = identity.token("Default", "operator");
        Map<String, Object> wanted =
                Map.of("name", "short-lived", "domain_id", "default", "password", "nine quiet lanterns 7");
        String id = identity.send("POST", "/identity/v3/users", operator, Map.of("user", wanted))
                .body()
                .at("/user/id")
                .asString();
        assertThat(identity.get("/identity/v3/users/" + id, operator)
                        .body()
                        .at("/user/password_expires_at")
                        .asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT.*");
        identity.sql()
                .sql("update account set password_expires_at = now() - interval '1 minute' where id = ?")
                .param(id)
                .update();
        Answer refused = login("Default", "short-lived", "nine quiet lanterns 7");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body().at("/error/message").asString()).contains("expired");

        identity.send(
                "PATCH",
                "/identity/v3/users/" + id,
                operator,
                Map.of("user", Map.of("options", Map.of("ignore_password_expiry", true))));
        assertThat(login("Default", "short-lived", "nine quiet lanterns 7").status())
                .isEqualTo(201);
    }

    private static Answer login(String domain, String user, String password) {
        return login(domain, user, password, "unscoped");
    }

    private static Answer login(String domain, String user, String password, Object scope) {
        return identity.send(
                "POST", "/identity/v3/auth/tokens", null, RunningIdentity.login(domain, user, password, scope));
    }

    private static String master(String domain) {
        return identity.id(
                "select a.id from account a join domain d on d.id = a.domain_id where a.name = 'master' and d.name = ?",
                domain);
    }

    private static String domain(String name) {
        return identity.id("select id from domain where name = ?", name);
    }

    private static Answer byPassword(String domain, @org.jspecify.annotations.Nullable Object scope) {
        return byPassword(domain, "master", scope);
    }

    private static Answer byPassword(String domain, String user, @org.jspecify.annotations.Nullable Object scope) {
        return identity.send(
                "POST",
                "/identity/v3/auth/tokens",
                null,
                RunningIdentity.login(domain, user, RunningIdentity.password(domain, user), scope));
    }

    private static Map<String, Object> project(String name) {
        return Map.of("name", name, "domain", Map.of("name", name));
    }

    private static Answer exchange(String token, String name) {
        return identity.send(
                "POST",
                "/identity/v3/auth/tokens",
                null,
                Map.of(
                        "auth",
                        Map.of(
                                "identity",
                                Map.of("methods", List.of("token"), "token", Map.of("id", token)),
                                "scope",
                                Map.of("project", project(name)))));
    }
}
