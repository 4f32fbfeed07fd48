package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Ways to make oneself more than one is: each is refused, changes nothing, and is recorded as one failure. */
class EscalationTest {
    private static final String V3 = "/identity/v3";
    private static final String TOKENS = V3 + "/auth/tokens";
    private static final String PASSWORD = "seven herons over the ford";

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
    void nobodyGivesHimselfAGreaterRole() {
        for (String role : List.of("viewer", "operator", "billing", "reader", "member")) {
            String id = person(role);
            String token = token(id);
            for (String wanted : List.of("operator", "member", "billing", "manager", "master", "admin", "auditor")) {
                refused(403, token, "PUT", onProject(alpha.project(), id, wanted), null);
                refused(403, token, "PUT", onDomain(alpha.domain(), id, wanted), null);
            }
            refused(403, token, "PUT", V3 + "/system/users/" + id + "/roles/" + role("reader"), null);
            refused(403, token, "PATCH", V3 + "/users/" + id, Map.of("user", Map.of("enabled", true)));
        }
        String master = alpha.master();
        for (String wanted : List.of("admin", "auditor", "service-operator", "security-officer")) {
            refused(403, alpha.masterToken(), "PUT", onProject(alpha.project(), master, wanted), null);
            refused(403, alpha.masterToken(), "PUT", onDomain(alpha.domain(), master, wanted), null);
            refused(403, alpha.masterToken(), "PUT", inherited(alpha.domain(), master, wanted), null);
        }
        refused(
                403,
                alpha.masterToken(),
                "PUT",
                V3 + "/roles/" + role("billing") + "/implies/" + role("manager"),
                null);
    }

    @Test
    void anotherCustomersIdsAreNotThereInPathsAndBodies() {
        String mine = alpha.masterToken();
        for (String role : List.of("reader", "master")) {
            refused(404, mine, "PUT", onProject(beta.project(), alpha.master(), role), null);
            refused(404, mine, "PUT", onProject(alpha.project(), beta.reader(), role), null);
            refused(404, mine, "PUT", onDomain(beta.domain(), alpha.master(), role), null);
            refused(404, mine, "DELETE", onProject(beta.project(), beta.reader(), role), null);
        }
        refused(404, mine, "GET", V3 + "/users/" + beta.reader(), null);
        refused(404, mine, "PATCH", V3 + "/users/" + beta.reader(), Map.of("user", Map.of("password", PASSWORD)));
        refused(404, mine, "DELETE", V3 + "/users/" + beta.reader(), null);
        refused(404, mine, "PUT", V3 + "/groups/" + beta.group() + "/users/" + alpha.master(), null);
        refused(404, mine, "GET", V3 + "/OS-TRUST/trusts/" + beta.trust(), null);
        refused(403, mine, "POST", V3 + "/users", Map.of("user", Map.of("name", "x", "domain_id", beta.domain())));
        refused(
                403,
                mine,
                "POST",
                V3 + "/OS-TRUST/trusts",
                Map.of("trust", trust(beta.reader(), alpha.master(), beta.project(), "reader")));
    }

    /** In the asker's own history it would tell which ids there are. */
    @Test
    void whatIsAnotherCustomersStandsInTheProvidersHistoryAlone() {
        identity.get(V3 + "/users/" + beta.reader(), alpha.masterToken());

        assertThat(identity.id("select coalesce(project_id, 'nobody') from outbox order by id desc limit 1"))
                .isEqualTo("nobody");
        JsonNode event = identity.events().getLast();
        assertThat(event.at("/initiator/id").asString()).isEqualTo(alpha.master());
        assertThat(event.at("/target/id").asString()).isEqualTo("GET " + V3 + "/users/" + beta.reader());
    }

    @Test
    void aTokenOfOneScopeIsNoneOfAnother() {
        String unscoped = identity.token(
                RunningIdentity.login("alpha", "master", RunningIdentity.password("alpha", "master"), "unscoped"));
        refused(403, unscoped, "GET", V3 + "/users", null);
        refused(403, unscoped, "PUT", onProject(alpha.project(), alpha.master(), "member"), null);

        refused(401, null, "POST", TOKENS, exchange(alpha.masterToken(), "project", beta.project()));
        refused(401, null, "POST", TOKENS, exchange(alpha.masterToken(), "domain", beta.domain()));
        refused(401, null, "POST", TOKENS, exchange(alpha.readerToken(), "domain", alpha.domain()));

        // Manager of one project, who is nobody in the domain.
        String foreman = person("manager");
        String token = token(foreman);
        refused(403, token, "PUT", onDomain(alpha.domain(), foreman, "master"), null);
        refused(403, token, "GET", V3 + "/users", null);
        refused(403, token, "POST", V3 + "/users", Map.of("user", Map.of("name", "x")));
    }

    @Test
    void anApplicationCredentialAndATrustLendNoMoreThanTheirMakerHas() {
        String id = person("operator");
        String token = token(id);
        String address = V3 + "/users/" + id + "/application_credentials";
        for (String wanted : List.of("manager", "master", "admin", "service-operator")) {
            refused(400, token, "POST", address, credential("too-much", wanted));
            refused(
                    404,
                    token,
                    "POST",
                    V3 + "/OS-TRUST/trusts",
                    Map.of("trust", trust(id, alpha.master(), alpha.project(), wanted)));
        }
        refused(
                403,
                token,
                "POST",
                V3 + "/users/" + alpha.master() + "/application_credentials",
                credential("his", "member"));

        Answer made = identity.send("POST", address, token, credential("viewing", "viewer"));
        String program = identity.token(Map.of(
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
        assertThat(identity.subject("GET", program, program)
                        .body()
                        .at("/token/roles")
                        .toString())
                .contains("viewer", "reader")
                .doesNotContain("member");
        refused(403, program, "POST", address, credential("child", "viewer"));
        refused(403, program, "PUT", onProject(alpha.project(), id, "member"), null);
        refused(401, null, "POST", TOKENS, exchange(program, "domain", alpha.domain()));
    }

    @Test
    void aRoleThatIsTakenAwayIsGoneFromAllThatWasMadeWithIt() {
        String id = person("operator");
        String token = token(id);
        String address = V3 + "/users/" + id + "/application_credentials";
        Answer made = identity.send("POST", address, token, credential("program", "operator"));
        Map<String, Object> login = Map.of(
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
                                                .asString()))));
        String program = identity.token(login);

        assertThat(identity.delete(onProject(alpha.project(), id, "operator"), alpha.masterToken())
                        .status())
                .isEqualTo(204);

        refused(401, token, "GET", V3 + "/auth/projects", null);
        refused(401, program, "GET", V3 + "/auth/projects", null);
        refused(401, null, "POST", TOKENS, login);
        refused(404, null, "POST", TOKENS, exchange(token, "project", alpha.project()));
    }

    /** @param token whose; null: nobody's, or that in the body */
    private void refused(int status, @Nullable String token, String method, String path, @Nullable Object body) {
        String state = identity.state();
        int before = identity.events().size();
        Answer answer = identity.send(method, path, token, body);

        String what = method + " " + path + " " + body;
        assertThat(answer.status()).as(what + " " + answer.raw().body()).isEqualTo(status);
        List<JsonNode> recorded =
                identity.events().subList(before, identity.events().size());
        assertThat(recorded).as(what).hasSize(1);
        assertThat(recorded.getFirst().get("outcome").asString()).isEqualTo("failure");
        assertThat(identity.state()).as(what).isEqualTo(state);
    }

    private String person(String role) {
        Map<String, Object> wanted = Map.of("name", fresh(role), "password", PASSWORD, "domain_id", alpha.domain());
        String id = identity.send("POST", V3 + "/users", operator, Map.of("user", wanted))
                .body()
                .at("/user/id")
                .asString();
        identity.send("PUT", onProject(alpha.project(), id, role), operator, null);
        return id;
    }

    private String token(String id) {
        Map<String, Object> who = Map.of("user", Map.of("id", id, "password", PASSWORD));
        return identity.token(Map.of(
                "auth",
                Map.of(
                        "identity", Map.of("methods", List.of("password"), "password", who),
                        "scope", Map.of("project", Map.of("id", alpha.project())))));
    }

    private static Map<String, Object> exchange(String token, String kind, String id) {
        return Map.of(
                "auth",
                Map.of(
                        "identity", Map.of("methods", List.of("token"), "token", Map.of("id", token)),
                        "scope", Map.of(kind, Map.of("id", id))));
    }

    private static Map<String, Object> credential(String name, String role) {
        return Map.of("application_credential", Map.of("name", name, "roles", List.of(Map.of("name", role))));
    }

    private static Map<String, Object> trust(String from, String to, String project, String role) {
        return Map.of(
                "trustor_user_id", from,
                "trustee_user_id", to,
                "project_id", project,
                "impersonation", true,
                "roles", List.of(Map.of("name", role)));
    }

    private String onProject(String project, String user, String role) {
        return V3 + "/projects/" + project + "/users/" + user + "/roles/" + role(role);
    }

    private String onDomain(String domain, String user, String role) {
        return V3 + "/domains/" + domain + "/users/" + user + "/roles/" + role(role);
    }

    private String inherited(String domain, String user, String role) {
        return V3 + "/OS-INHERIT/domains/" + domain + "/users/" + user + "/roles/" + role(role)
                + "/inherited_to_projects";
    }

    private String role(String name) {
        return identity.id("select id from role where name = ? and domain_id is null", name);
    }

    private static String fresh(String name) {
        return name + "-" + Long.toString(System.nanoTime(), 36);
    }
}
