package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Ways to more rights than one has, and what becomes of tokens when rights go. */
class RightsTest {
    private static final String V3 = "/identity/v3";
    private final RunningIdentity identity = RunningIdentity.shared();
    private Customer alpha;
    private Customer beta;
    private String operator;

    @BeforeEach
    void meet() {
        alpha = Customer.of(identity, "alpha");
        beta = Customer.of(identity, "beta");
        operator = identity.token("Default", "operator");
    }

    @Test
    void aManagerNeverGivesAdminNorARoleThatCouldImplyIt() {
        String own = own("auditor");
        identity.send("PUT", V3 + "/roles/" + own + "/implies/" + role("manager"), operator, null);

        for (String role : List.of(role("admin"), own)) {
            Answer answer = give(alpha.masterToken(), "projects", alpha.project(), alpha.master(), role);
            assertThat(answer.status()).isEqualTo(403);
        }
        assertThat(give(alpha.masterToken(), "projects", alpha.project(), alpha.reader(), role("member"))
                        .status())
                .isEqualTo(204);
        assertThat(identity.send("PUT", V3 + "/roles/" + own + "/implies/" + role("admin"), operator, null)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whoWorksForTheSystemAndNamesNoDomainMakesThingsInTheProvidersOwn() {
        String mighty = user(operator, null, fresh("system"));
        identity.send("PUT", V3 + "/system/users/" + mighty + "/roles/" + role("admin"), operator, null);
        Map<String, Object> password = Map.of("user", Map.of("id", mighty, "password", "a-good-password"));
        String system = identity.token(Map.of(
                "auth",
                Map.of(
                        "identity",
                        Map.of("methods", List.of("password"), "password", password),
                        "scope",
                        Map.of("system", Map.of("all", true)))));

        for (String kind : List.of("user", "group", "project")) {
            Answer made =
                    identity.send("POST", V3 + "/" + kind + "s", system, Map.of(kind, Map.of("name", fresh(kind))));
            assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
            assertThat(made.body().at("/" + kind + "/domain_id").asString()).isEqualTo("default");
        }
    }

    @Test
    void aManagerGivesNothingToStrangersAndNothingOnStrangersProjects() {
        assertThat(give(alpha.masterToken(), "projects", alpha.project(), beta.reader(), role("reader"))
                        .status())
                .isEqualTo(404);
        assertThat(give(alpha.masterToken(), "projects", beta.project(), alpha.reader(), role("reader"))
                        .status())
                .isEqualTo(404);
        assertThat(give(alpha.masterToken(), "domains", beta.domain(), alpha.master(), role("reader"))
                        .status())
                .isEqualTo(404);
        assertThat(identity.send(
                                "PUT",
                                V3 + "/system/users/" + alpha.master() + "/roles/" + role("reader"),
                                alpha.masterToken(),
                                null)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aManagerCannotTakeOverAnAccountOrAGroupWithRightsBeyondTheDomain() {
        String mighty = user(operator, alpha.domain(), "mighty");
        give(operator, "projects", beta.project(), mighty, role("member"));
        String group = group("mighty-group");
        identity.send(
                "PUT",
                V3 + "/projects/" + beta.project() + "/groups/" + group + "/roles/" + role("member"),
                operator,
                null);

        assertThat(patch(alpha.masterToken(), mighty, Map.of("password", "taken-over-now"))
                        .status())
                .isEqualTo(403);
        assertThat(identity.send("PUT", V3 + "/groups/" + group + "/users/" + alpha.master(), alpha.masterToken(), null)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aManagerOfOneProjectManagesThatProjectOnly() {
        String other = identity.send(
                        "POST",
                        V3 + "/projects",
                        operator,
                        Map.of("project", Map.of("name", fresh("side"), "domain_id", alpha.domain())))
                .body()
                .at("/project/id")
                .asString();
        String name = fresh("foreman");
        String foreman = user(operator, alpha.domain(), name);
        give(operator, "projects", other, foreman, role("manager"));
        String token = identity.token(
                RunningIdentity.login("alpha", name, "a-good-password", Map.of("project", Map.of("id", other))));

        assertThat(give(token, "projects", other, alpha.reader(), role("reader"))
                        .status())
                .isEqualTo(204);
        assertThat(give(token, "projects", alpha.project(), foreman, role("member"))
                        .status())
                .isEqualTo(404);
        assertThat(give(token, "domains", alpha.domain(), foreman, role("manager"))
                        .status())
                .isEqualTo(403);
        assertThat(identity.get(V3 + "/users", token).status()).isEqualTo(403);
        assertThat(identity.send("POST", V3 + "/users", token, Map.of("user", Map.of("name", "x")))
                        .status())
                .isEqualTo(403);
        assertThat(identity.get(V3 + "/role_assignments", token)
                        .body()
                        .get("role_assignments")
                        .valueStream()
                        .map(one -> one.at("/scope/project/id").asString()))
                .isNotEmpty()
                .allMatch(other::equals);
    }

    @Test
    void aWithdrawnRoleVoidsTheTokensOfThatProjectAtOnceAndTheNextTokenWorks() {
        String name = fresh("temp");
        String temp = user(operator, alpha.domain(), name);
        give(operator, "projects", alpha.project(), temp, role("member"));
        give(operator, "projects", alpha.project(), temp, role("reader"));
        Map<String, Object> login = RunningIdentity.login(
                "alpha", name, "a-good-password", Map.of("project", Map.of("id", alpha.project())));
        String before = identity.token(login);

        identity.delete(
                V3 + "/projects/" + alpha.project() + "/users/" + temp + "/roles/" + role("member"),
                alpha.masterToken());
        String after = identity.token(login);

        assertThat(identity.get(V3 + "/auth/projects", before).status()).isEqualTo(401);
        assertThat(identity.get(V3 + "/auth/projects", after).status()).isEqualTo(200);
        assertThat(roles(identity.subject("GET", after, after))).containsExactly("reader");
    }

    @Test
    void aNewPasswordADisabledAccountAndADisabledProjectVoidTokens() {
        String name = fresh("leaver");
        String leaver = user(operator, alpha.domain(), name);
        give(operator, "projects", alpha.project(), leaver, role("reader"));
        Map<String, Object> scope = Map.of("project", Map.of("id", alpha.project()));
        String first = identity.token(RunningIdentity.login("alpha", name, "a-good-password", scope));

        Answer changed = identity.send(
                "POST",
                V3 + "/users/" + leaver + "/password",
                first,
                Map.of("user", Map.of("original_password", "a-good-password", "password", "another-password")));
        assertThat(changed.status()).isEqualTo(204);
        assertThat(identity.get(V3 + "/auth/projects", first).status()).isEqualTo(401);

        String second = identity.token(RunningIdentity.login("alpha", name, "another-password", scope));
        assertThat(patch(alpha.masterToken(), leaver, Map.of("enabled", false)).status())
                .isEqualTo(200);
        assertThat(identity.get(V3 + "/auth/projects", second).status()).isEqualTo(401);
        assertThat(identity.send(
                                "POST",
                                V3 + "/auth/tokens",
                                null,
                                RunningIdentity.login("alpha", name, "another-password", scope))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void theLastTwoPasswordsCannotComeBackUnlessTheAdministratorSetsThem() {
        String name = fresh("forgetful");
        String id = user(operator, alpha.domain(), name);
        give(operator, "projects", alpha.project(), id, role("reader"));

        assertThat(change(name, id, "a-good-password", "a-good-password")).isEqualTo(400);
        assertThat(change(name, id, "a-good-password", "second-lantern-glow")).isEqualTo(204);
        assertThat(change(name, id, "second-lantern-glow", "a-good-password")).isEqualTo(400);
        assertThat(change(name, id, "second-lantern-glow", "third-lantern-glow"))
                .isEqualTo(204);
        assertThat(change(name, id, "third-lantern-glow", "a-good-password")).isEqualTo(204);
        assertThat(patch(operator, id, Map.of("password", "third-lantern-glow")).status())
                .isEqualTo(200);
        assertThat(change(name, id, "third-lantern-glow", "a-good-password")).isEqualTo(400);
    }

    private int change(String name, String id, String present, String next) {
        Map<String, Object> scope = Map.of("project", Map.of("id", alpha.project()));
        String token = identity.token(RunningIdentity.login("alpha", name, present, scope));
        return identity.send(
                        "POST",
                        V3 + "/users/" + id + "/password",
                        token,
                        Map.of("user", Map.of("original_password", present, "password", next)))
                .status();
    }

    @Test
    void anApplicationCredentialHasNoMoreThanItWasGivenAndDiesWithItsDeletion() {
        Map<String, Object> wanted = Map.of("name", fresh("robot"), "roles", List.of(Map.of("name", "reader")));
        Answer made = identity.send(
                "POST",
                V3 + "/users/" + alpha.master() + "/application_credentials",
                alpha.masterToken(),
                Map.of("application_credential", wanted));
        assertThat(made.status()).isEqualTo(201);
        String id = made.body().at("/application_credential/id").asString();
        String secret = made.body().at("/application_credential/secret").asString();
        Map<String, Object> login = byCredential(id, secret);
        String token = identity.token(login);

        assertThat(roles(identity.subject("GET", token, token))).containsExactly("reader");
        assertThat(identity.subject("GET", token, token)
                        .body()
                        .at("/token/application_credential/restricted")
                        .asBoolean())
                .isTrue();
        assertThat(identity.get(V3 + "/users", token).status()).isEqualTo(403);
        assertThat(identity.send(
                                "POST",
                                V3 + "/users/" + alpha.master() + "/application_credentials",
                                token,
                                Map.of("application_credential", Map.of("name", "child")))
                        .status())
                .isEqualTo(403);
        // Exchanged for a token of its owner, it stays what it was.
        Answer exchanged = identity.send(
                "POST", V3 + "/auth/tokens", null, byToken(token, Map.of("project", Map.of("id", alpha.project()))));
        assertThat(roles(exchanged)).containsExactly("reader");
        assertThat(identity.send(
                                "POST",
                                V3 + "/auth/tokens",
                                null,
                                byToken(token, Map.of("domain", Map.of("id", alpha.domain()))))
                        .status())
                .isEqualTo(401);
        Answer shown =
                identity.get(V3 + "/users/" + alpha.master() + "/application_credentials/" + id, alpha.masterToken());
        assertThat(shown.raw().body()).doesNotContain("secret");

        identity.delete(V3 + "/users/" + alpha.master() + "/application_credentials/" + id, alpha.masterToken());
        assertThat(identity.get(V3 + "/auth/projects", token).status()).isEqualTo(401);
        assertThat(identity.send("POST", V3 + "/auth/tokens", null, login).status())
                .isEqualTo(401);
    }

    @Test
    void aRoleGivenAfterTheLogInCountsForANewCredentialButNotForOneMadeByACredential() {
        String name = fresh("late");
        String late = user(operator, alpha.domain(), name);
        give(operator, "projects", alpha.project(), late, role("reader"));
        String token = identity.token(RunningIdentity.login(
                "alpha", name, "a-good-password", Map.of("project", Map.of("id", alpha.project()))));
        String address = V3 + "/users/" + late + "/application_credentials";
        Answer first = identity.send(
                "POST",
                address,
                token,
                Map.of("application_credential", Map.of("name", "first", "unrestricted", true)));
        String byFirst = identity.token(byCredential(
                first.body().at("/application_credential/id").asString(),
                first.body().at("/application_credential/secret").asString()));
        give(operator, "projects", alpha.project(), late, role("member"));
        Map<String, Object> wanted = Map.of("name", "second", "roles", List.of(Map.of("name", "member")));

        assertThat(identity.send("POST", address, byFirst, Map.of("application_credential", wanted))
                        .status())
                .isEqualTo(400);
        assertThat(identity.send("POST", address, token, Map.of("application_credential", wanted))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void anOperatorWhoKnowsAPasswordMayReplaceItAndNobodyElse() {
        String other = user(operator, alpha.domain(), fresh("known"));
        Map<String, Object> change =
                Map.of("user", Map.of("original_password", "a-good-password", "password", "another-password"));

        assertThat(identity.send("POST", V3 + "/users/" + other + "/password", alpha.masterToken(), change)
                        .status())
                .isEqualTo(403);
        assertThat(identity.send("POST", V3 + "/users/" + other + "/password", operator, change)
                        .status())
                .isEqualTo(204);
        assertThat(identity.send("POST", V3 + "/users/" + other + "/password", operator, change)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aTokenCanBeExchangedForAnotherScopeOfItsBearerButNotLivesLonger() {
        Answer exchanged = identity.send(
                "POST",
                V3 + "/auth/tokens",
                null,
                byToken(alpha.masterToken(), Map.of("domain", Map.of("id", alpha.domain()))));

        assertThat(exchanged.status()).isEqualTo(201);
        JsonNode old = identity.subject("GET", alpha.masterToken(), alpha.masterToken())
                .body()
                .get("token");
        JsonNode fresh = exchanged.body().get("token");
        assertThat(fresh.at("/domain/id").asString()).isEqualTo(alpha.domain());
        assertThat(fresh.get("expires_at")).isEqualTo(old.get("expires_at"));
        assertThat(fresh.at("/audit_ids/1")).isEqualTo(old.at("/audit_ids/0"));
        assertThat(fresh.get("methods").toString()).isEqualTo("[\"password\",\"token\"]");
    }

    @Test
    void aGroupGivesItsRolesToItsMembersUntilTheyLeave() {
        String name = fresh("grouped");
        String grouped = user(operator, alpha.domain(), name);
        String group = group("crew");
        identity.send(
                "PUT",
                V3 + "/projects/" + alpha.project() + "/groups/" + group + "/roles/" + role("member"),
                alpha.masterToken(),
                null);
        identity.send("PUT", V3 + "/groups/" + group + "/users/" + grouped, alpha.masterToken(), null);
        String token = identity.token(RunningIdentity.login(
                "alpha", name, "a-good-password", Map.of("project", Map.of("id", alpha.project()))));

        assertThat(roles(identity.subject("GET", token, token))).containsExactly("member", "reader");
        assertThat(identity.get(
                                V3 + "/role_assignments?effective&include_names=true&user.id=" + grouped,
                                alpha.masterToken())
                        .body()
                        .get("role_assignments")
                        .valueStream()
                        .map(one -> one.at("/role/name").asString()))
                .containsExactlyInAnyOrder("member", "reader");

        identity.delete(V3 + "/groups/" + group + "/users/" + grouped, alpha.masterToken());
        assertThat(identity.get(V3 + "/auth/projects", token).status()).isEqualTo(401);
    }

    @Test
    void everyChangeIsOneEventWithWhoFromWhereAndWhat() {
        int before = identity.events().size();
        String made = user(alpha.masterToken(), null, fresh("counted"));
        patch(alpha.masterToken(), made, Map.of("email", "counted@alpha.test", "password", "never-in-an-event"));
        give(alpha.masterToken(), "projects", alpha.project(), made, role("reader"));
        identity.delete(V3 + "/users/" + made, alpha.masterToken());

        List<JsonNode> events =
                identity.events().subList(before, identity.events().size());
        assertThat(events.stream()
                        .map(event -> event.get("action").asString() + " "
                                + event.at("/target/typeURI").asString()))
                .containsExactly(
                        "create identity/user", "update identity/user", "grant identity/role", "delete identity/user");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.at("/initiator/name").asString()).isEqualTo("master");
            assertThat(event.at("/initiator/host/address").asString()).isEqualTo("127.0.0.1");
            assertThat(event.get("outcome").asString()).isEqualTo("success");
            assertThat(event.toString()).doesNotContain("never-in-an-event");
        });
    }

    @Test
    void whatAnOperatorDoesToACustomerStandsInTheCustomersHistory() {
        user(operator, beta.domain(), fresh("by-operator"));

        assertThat(identity.id("select project_id from outbox order by id desc limit 1"))
                .isEqualTo(beta.project());
    }

    @Test
    void listsHoldTheOwnDomainOnlyAndGoOnPageByPage() {
        for (int i = 0; i < 3; i++) {
            user(alpha.masterToken(), null, fresh("listed"));
        }
        Answer first = identity.get(V3 + "/users?limit=2", alpha.masterToken());
        String next = first.body().at("/links/next").asString();
        Answer second = identity.get(next.substring(next.indexOf("/identity")), alpha.masterToken());

        assertThat(first.body().get("users").size()).isEqualTo(2);
        assertThat(second.body().at("/users/0/id").asString())
                .isGreaterThan(first.body().at("/users/1/id").asString());
        assertThat(identity.get(V3 + "/users?domain_id=" + beta.domain(), alpha.masterToken())
                        .body()
                        .get("users"))
                .isEmpty();
        assertThat(identity.get(V3 + "/domains", alpha.masterToken()).body().get("domains"))
                .hasSize(1);
        assertThat(identity.get(V3 + "/users?name=master", operator)
                        .body()
                        .get("users")
                        .valueStream()
                        .map(user -> user.path("domain_id").asString()))
                .contains(alpha.domain(), beta.domain());
    }

    @Test
    void guessingPausesTheAccountEvenForTheRightPasswordAndSaysTheSameOfNamesThatDoNotExist() {
        String name = fresh("guessed");
        user(operator, alpha.domain(), name);
        Answer known = null;
        Answer unknown = null;
        for (int i = 0; i < 6; i++) {
            known = identity.send(
                    "POST", V3 + "/auth/tokens", null, RunningIdentity.login("alpha", name, "g" + i, null));
            unknown = identity.send(
                    "POST", V3 + "/auth/tokens", null, RunningIdentity.login("alpha", name + "-not", "g" + i, null));
        }
        Answer right = identity.send(
                "POST", V3 + "/auth/tokens", null, RunningIdentity.login("alpha", name, "a-good-password", null));

        assertThat(right.status()).isEqualTo(401);
        assertThat(right.body()).isEqualTo(known == null ? null : known.body());
        assertThat(unknown == null ? null : unknown.body()).isEqualTo(right.body());
        identity.sql().sql("delete from login_failure").update();
        assertThat(identity.token(RunningIdentity.login("alpha", name, "a-good-password", null)))
                .isNotEmpty();
    }

    @Test
    void aDomainGoesOnlyDisabledAndWithoutProjectsAndTakesItsPeopleAlong() {
        String domain = identity.send(
                        "POST", V3 + "/domains", operator, Map.of("domain", Map.of("name", fresh("gone"))))
                .body()
                .at("/domain/id")
                .asString();
        String user = user(operator, domain, "last");
        String project = identity.send(
                        "POST",
                        V3 + "/projects",
                        operator,
                        Map.of("project", Map.of("name", "last", "domain_id", domain)))
                .body()
                .at("/project/id")
                .asString();

        assertThat(identity.delete(V3 + "/domains/" + domain, operator).status())
                .isEqualTo(403);
        identity.send("PATCH", V3 + "/domains/" + domain, operator, Map.of("domain", Map.of("enabled", false)));
        assertThat(identity.delete(V3 + "/domains/" + domain, operator).status())
                .isEqualTo(409);
        identity.delete(V3 + "/projects/" + project, operator);
        assertThat(identity.delete(V3 + "/domains/" + domain, operator).status())
                .isEqualTo(204);
        assertThat(identity.get(V3 + "/users/" + user, operator).status()).isEqualTo(404);
        assertThat(identity.events().stream()
                        .filter(event -> event.at("/target/id").asString().equals(user))
                        .map(event -> event.get("action").asString()))
                .containsExactly("create", "delete");
    }

    private String own(String name) {
        return identity.send("POST", V3 + "/roles", operator, Map.of("role", Map.of("name", fresh(name))))
                .body()
                .at("/role/id")
                .asString();
    }

    private String role(String name) {
        return identity.id("select id from role where name = ? and domain_id is null", name);
    }

    private String group(String name) {
        return identity.send(
                        "POST",
                        V3 + "/groups",
                        operator,
                        Map.of("group", Map.of("name", fresh(name), "domain_id", alpha.domain())))
                .body()
                .at("/group/id")
                .asString();
    }

    /** A user with the password {@code a-good-password}. */
    private String user(String token, @Nullable String domain, String name) {
        Map<String, Object> wanted = domain == null
                ? Map.of("name", name, "password", "a-good-password")
                : Map.of("name", name, "password", "a-good-password", "domain_id", domain);
        Answer answer = identity.send("POST", V3 + "/users", token, Map.of("user", wanted));
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        assertThat(answer.raw().body()).doesNotContain("a-good-password");
        return answer.body().at("/user/id").asString();
    }

    private Answer patch(String token, String user, Map<String, Object> change) {
        return identity.send("PATCH", V3 + "/users/" + user, token, Map.of("user", change));
    }

    private Answer give(String token, String scope, String scopeId, String user, String role) {
        return identity.send(
                "PUT", V3 + "/" + scope + "/" + scopeId + "/users/" + user + "/roles/" + role, token, null);
    }

    private static List<String> roles(Answer token) {
        return token.body()
                .at("/token/roles")
                .valueStream()
                .map(role -> role.get("name").asString())
                .toList();
    }

    private static Map<String, Object> byCredential(String id, String secret) {
        return Map.of(
                "auth",
                Map.of(
                        "identity",
                        Map.of(
                                "methods",
                                List.of("application_credential"),
                                "application_credential",
                                Map.of("id", id, "secret", secret))));
    }

    private static Map<String, Object> byToken(String token, Map<String, Object> scope) {
        return Map.of(
                "auth",
                Map.of("identity", Map.of("methods", List.of("token"), "token", Map.of("id", token)), "scope", scope));
    }

    private static String fresh(String name) {
        return name + "-" + Long.toString(System.nanoTime(), 36);
    }
}
