package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.access.Role;
import dev.unkai.base.access.Role.Side;
import dev.unkai.identity.RunningIdentity.Answer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each of the service's roles is, and may, in the Identity API. */
class RolesTest {
    private static final String V3 = "/identity/v3";
    private static final String SERVICE = "/identity/service/v1";
    private static final String PASSWORD = "moss on a quiet wall";

    private final RunningIdentity identity = RunningIdentity.shared();
    private Customer alpha;
    private Customer beta;
    private String operator;
    private String office;

    @BeforeEach
    void meet() {
        alpha = Customer.of(identity, "alpha");
        beta = Customer.of(identity, "beta");
        operator = identity.token("Default", "operator");
        office = identity.id("select id from project where name = 'operator' and domain_id = 'default'");
    }

    @Test
    void aTokenListsOurRolesWithThoseThatClientsKnow() {
        assertThat(listed("viewer")).containsExactlyInAnyOrder("viewer", "reader");
        assertThat(listed("operator")).containsExactlyInAnyOrder("operator", "viewer", "member", "reader");
        assertThat(listed("billing")).containsExactly("billing");
        assertThat(listed("master"))
                .containsExactlyInAnyOrder("master", "operator", "viewer", "billing", "manager", "member", "reader");
    }

    @Test
    void whoHadARoleOfTheReferencesListsWhatHeListedBefore() {
        assertThat(roles(identity.subject("GET", operator, operator)))
                .containsExactlyInAnyOrder("admin", "manager", "member", "reader");
        assertThat(roles(identity.subject("GET", alpha.masterToken(), alpha.masterToken())))
                .containsExactlyInAnyOrder("manager", "member", "reader");
    }

    @Test
    void aMasterGivesAndTakesEveryRoleOfACustomerAndNoneOfTheProvider() {
        for (Role role : Role.values()) {
            int expected = role.side() == Side.CUSTOMER ? 204 : 403;
            assertThat(give(alpha.masterToken(), alpha.project(), alpha.reader(), role.wireName())
                            .status())
                    .as(role.wireName())
                    .isEqualTo(expected);
            if (expected == 204 && role != Role.READER) {
                assertThat(identity.delete(given(alpha.project(), alpha.reader(), role.wireName()), alpha.masterToken())
                                .status())
                        .isEqualTo(204);
            }
        }
    }

    @Test
    void aRoleOfTheProviderIsForItsOwnPeopleOnWhatIsItsOwn() {
        String own = person("default", office, "auditor");

        for (String role : List.of("auditor", "service-operator", "security-officer")) {
            assertThat(give(operator, alpha.project(), alpha.reader(), role).status())
                    .isEqualTo(403);
            assertThat(give(operator, office, alpha.reader(), role).status()).isEqualTo(403);
            assertThat(give(operator, alpha.project(), own, role).status()).isEqualTo(403);
        }
    }

    @Test
    void anAuditorReadsAllCustomersAndChangesNothing() {
        String auditor = token(person("default", office, "auditor"), office);

        assertThat(identity.get(V3 + "/users?domain_id=" + beta.domain(), auditor)
                        .body()
                        .get("users"))
                .isNotEmpty();
        assertThat(identity.get(V3 + "/role_assignments?scope.project.id=" + alpha.project(), auditor)
                        .status())
                .isEqualTo(200);
        assertThat(identity.get(SERVICE + "/second-factor-exceptions", auditor).status())
                .isEqualTo(200);
        assertThat(identity.get(SERVICE + "/sessions?everyone=true&contract=" + beta.domain(), auditor)
                        .status())
                .isEqualTo(200);
        assertThat(identity.get(SERVICE + "/identity-mails", auditor).status()).isEqualTo(200);

        String state = identity.state();
        for (String[] change : new String[][] {
            {"PATCH", V3 + "/users/" + beta.reader()},
            {"DELETE", V3 + "/users/" + beta.reader()},
            {"POST", V3 + "/users"},
            {"POST", V3 + "/projects"},
            {"PATCH", V3 + "/domains/" + beta.domain()},
            {"PUT", given(beta.project(), beta.reader(), "member")},
            {"PUT", SERVICE + "/second-factor-exceptions/" + beta.reader()},
            {"DELETE", SERVICE + "/users/" + beta.reader() + "/second-factor"},
            {"PUT", SERVICE + "/source-rules?contract=" + beta.domain()},
            {"PUT", SERVICE + "/portal-access?contract=" + beta.domain()},
            {"POST", SERVICE + "/identity-mails/any/opening"}
        }) {
            refusedAndRecorded(auditor, change[0], change[1], Map.of("user", Map.of("name", "x")));
        }
        String session = identity.subject("GET", beta.readerToken(), beta.readerToken())
                .body()
                .at("/token/audit_ids/0")
                .asString();
        assertThat(identity.delete(SERVICE + "/sessions/" + session, auditor).status())
                .isEqualTo(404);
        assertThat(identity.state()).isEqualTo(state);
    }

    @Test
    void aSecurityOfficerDecidesAboutAccessAndDoesNotMakeHimselfMore() {
        String id = person("default", office, "security-officer");
        String officer = token(id, office);
        String victim = identity.token("beta", "reader");
        String session = identity.subject("GET", victim, victim)
                .body()
                .at("/token/audit_ids/0")
                .asString();

        assertThat(identity.delete(SERVICE + "/sessions/" + session, officer).status())
                .isEqualTo(204);
        assertThat(identity.get(V3 + "/auth/projects", victim).status()).isEqualTo(401);
        assertThat(identity.get(SERVICE + "/source-rules?contract=" + beta.domain(), officer)
                        .status())
                .isEqualTo(200);
        assertThat(identity.delete(SERVICE + "/users/" + beta.reader() + "/second-factor", officer)
                        .status())
                .isNotEqualTo(403);
        for (String role : List.of("admin", "service-operator", "master", "member")) {
            refusedAndRecorded(officer, "PUT", given(office, id, role), null);
        }
        refusedAndRecorded(officer, "POST", V3 + "/users", Map.of("user", Map.of("name", "x")));
        refusedAndRecorded(officer, "POST", SERVICE + "/identity-mails/any/opening", null);
    }

    @Test
    void aServiceOperatorGetsNowhereNearCredentialsAndRoles() {
        String id = person("default", office, "service-operator");
        String service = token(id, office);

        assertThat(identity.get(V3 + "/users", service).status()).isEqualTo(200);
        for (String role : List.of("admin", "security-officer", "auditor")) {
            refusedAndRecorded(service, "PUT", given(office, id, role), null);
        }
        refusedAndRecorded(service, "PUT", SERVICE + "/second-factor-exceptions/" + id, Map.of());
        refusedAndRecorded(service, "POST", SERVICE + "/password-issues/" + beta.reader(), Map.of());
        refusedAndRecorded(service, "DELETE", SERVICE + "/users/" + beta.reader() + "/second-factor", null);
        // The link in a mail would make him whoever it was sent to.
        refusedAndRecorded(service, "POST", SERVICE + "/identity-mails/any/opening", null);
    }

    @Test
    void whatTheDefaultRolesImplyStaysAsItIs() {
        for (String[] pair : new String[][] {
            {"viewer", "master"}, {"billing", "reader"}, {"reader", "billing"}, {"member", "auditor"}
        }) {
            refusedAndRecorded(operator, "PUT", V3 + "/roles/" + role(pair[0]) + "/implies/" + role(pair[1]), null);
        }
        refusedAndRecorded(operator, "DELETE", V3 + "/roles/" + role("master") + "/implies/" + role("manager"), null);
        refusedAndRecorded(operator, "DELETE", V3 + "/roles/" + role("auditor"), null);
    }

    @Test
    void aMasterSeesTheContractsUsersAndGivesAndTakesTheirRoles() {
        Contract contract = new Contract(identity);
        String master = contract.token("127.0.0.1", "master");
        String before = contract.token("127.0.0.1", "worker");
        String roles = SERVICE + "/users/" + contract.worker + "/roles/";
        String there = "?project=" + contract.project;

        assertThat(identity.send("PUT", roles + "master" + there, master, null).status())
                .isEqualTo(204);
        String worker = contract.token("127.0.0.1", "worker");
        assertThat(identity.get(V3 + "/users", worker).status()).isEqualTo(200);
        Answer seen = identity.get(SERVICE + "/users", worker);
        assertThat(seen.body().at("/projects/0/id").asString()).isEqualTo(contract.project);
        assertThat(seen.body()
                        .get("users")
                        .valueStream()
                        .map(user -> user.get("name").asString()))
                .containsExactly("master", "worker");
        assertThat(seen.body().at("/users/1/roles").toString()).contains("\"master\"", "\"member\"");

        assertThat(identity.delete(roles + "master" + there, master).status()).isEqualTo(204);
        assertThat(identity.get(V3 + "/users", worker).status()).isEqualTo(401);
        assertThat(identity.get(V3 + "/users", before).status()).isEqualTo(401);
        assertThat(identity.get(V3 + "/users", contract.token("127.0.0.1", "worker"))
                        .status())
                .isEqualTo(403);
        assertThat(identity.delete(roles + "master" + there, master).status()).isEqualTo(404);

        String own = SERVICE + "/users/" + contract.master + "/roles/";
        refusedAndRecorded(master, "PUT", own + "operator" + there, null);
        refusedAndRecorded(master, "DELETE", own + "manager" + there, null);
        refusedAndRecorded(master, "PUT", roles + "auditor" + there, null);
        refusedAndRecorded(identity.token("alpha", "reader"), "GET", SERVICE + "/users", null);
        assertThat(identity.send("PUT", roles + "viewer", master, null).status())
                .isEqualTo(400);
        for (String path : List.of(
                roles + "viewer?project=" + beta.project(),
                SERVICE + "/users/" + beta.reader() + "/roles/viewer" + there)) {
            assertThat(identity.send("PUT", path, master, null).status()).isEqualTo(404);
            assertThat(identity.events().getLast().get("outcome").asString()).isEqualTo("failure");
        }
        assertThat(identity.get(SERVICE + "/users?contract=" + beta.domain(), master)
                        .status())
                .isEqualTo(404);
    }

    private void refusedAndRecorded(String token, String method, String path, @Nullable Object body) {
        int before = identity.events().size();
        Answer answer = identity.send(method, path, token, body);

        assertThat(answer.status())
                .as(method + " " + path + " " + answer.raw().body())
                .isEqualTo(403);
        assertThat(identity.events()).hasSize(before + 1);
        assertThat(identity.events().getLast().get("outcome").asString()).isEqualTo("failure");
    }

    private List<String> listed(String role) {
        String id = person(alpha.domain(), alpha.project(), role);
        String token = token(id, alpha.project());
        return roles(identity.subject("GET", token, token));
    }

    /** A user that has the role on the project; gives its id. */
    private String person(String domain, String project, String role) {
        Map<String, Object> wanted = Map.of("name", fresh(role), "password", PASSWORD, "domain_id", domain);
        String id = identity.send("POST", V3 + "/users", operator, Map.of("user", wanted))
                .body()
                .at("/user/id")
                .asString();
        assertThat(give(operator, project, id, role).status()).isEqualTo(204);
        return id;
    }

    private String token(String id, String project) {
        Map<String, Object> who = Map.of("user", Map.of("id", id, "password", PASSWORD));
        return identity.token(Map.of(
                "auth",
                Map.of(
                        "identity", Map.of("methods", List.of("password"), "password", who),
                        "scope", Map.of("project", Map.of("id", project)))));
    }

    private Answer give(String token, String project, String user, String role) {
        return identity.send("PUT", given(project, user, role), token, null);
    }

    private String given(String project, String user, String role) {
        return V3 + "/projects/" + project + "/users/" + user + "/roles/" + role(role);
    }

    private String role(String name) {
        return identity.id("select id from role where name = ? and domain_id is null", name);
    }

    private static List<String> roles(Answer token) {
        return token.body()
                .at("/token/roles")
                .valueStream()
                .map(role -> role.get("name").asString())
                .toList();
    }

    private static String fresh(String name) {
        return name + "-" + Long.toString(System.nanoTime(), 36);
    }
}
