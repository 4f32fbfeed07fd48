package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Roles through all processes: given and taken in the console's API, felt by clients' tokens, refusals in the history. */
@ExtendWith(RunningSite.class)
class RolesTest {
    private static final String PASSWORD = "nine slow ferries at dusk";
    private static final String SERVERS = "/compute/v2.1/servers";

    @Test
    void aRoleThatIsTakenAwayIsGoneFromATokenInUseWithinFiveSeconds(Site site) {
        Api master = Api.as(site, "sample-shared");
        String project =
                master.get("/service/v1/session").expect(200).at("/project/id").asString();
        String id = master.post(
                        "/identity/v3/users", Map.of("user", Map.of("name", Api.unique("ren"), "password", PASSWORD)))
                .expect(201)
                .at("/user/id")
                .asString();
        String roles = "/service/v1/users/" + id + "/roles/";
        String there = "?project=" + project;
        master.put(roles + "viewer" + there, null).expect(204);
        master.put(roles + "operator" + there, null).expect(204);
        Api operator = Api.as(site, "sample-shared");
        operator.useToken(token(master, id, project));
        operator.get(SERVERS).expect(200);
        // He works with machines, and neither users nor hosts.
        operator.put(roles + "master" + there, null).expect(403);
        operator.get("/service/v1/users").expect(403);
        operator.get("/service/v1/mails").expect(403);

        master.delete(roles + "operator" + there).expect(204);

        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> operator.get(SERVERS).status() == 401);
        Api viewer = Api.as(site, "sample-shared");
        viewer.useToken(token(master, id, project));
        viewer.get(SERVERS).expect(200);
        viewer.post(
                        "/compute/v2.1/os-server-groups",
                        Map.of("server_group", Map.of("name", "x", "policies", List.of("affinity"))))
                .expect(403);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(failures(master, "")).contains(id).contains("POST /compute/v2.1/os-server-groups"));
        master.delete("/identity/v3/users/" + id).expect(204);
    }

    @Test
    void whoNamesAnotherCustomersThingIsToldThatItIsNotThereAndTheProviderSeesIt(Site site) {
        Api owner = Api.as(site, "sample-shared");
        Api stranger = Api.as(site, "sample-dedicated");
        Api provider = Api.as(site, "operator");
        String group = owner.securityGroup(Api.unique("roles"));
        String path = "/network/v2.0/security-groups/" + group;

        stranger.get(path).expect(404);
        stranger.post(
                        "/network/v2.0/security-group-rules",
                        Map.of("security_group_rule", Map.of("security_group_id", group, "direction", "ingress")))
                .expect(404);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(failures(provider, "&everyone=true"))
                        .contains("GET " + path)
                        .contains("POST /network/v2.0/security-group-rules"));
        assertThat(failures(stranger, "")).doesNotContain(group);
        assertThat(failures(owner, "")).doesNotContain("GET " + path);
        stranger.get("/service/v1/history?everyone=true").expect(403);
        owner.delete(path).expect(204);
    }

    @Test
    void whoIsDisabledIsOutOfAllProcessesWithinFiveSecondsAndTheKeysOfWhoIsRemovedGo(Site site) {
        Api master = Api.as(site, "sample-shared");
        String project =
                master.get("/service/v1/session").expect(200).at("/project/id").asString();
        String id = master.post(
                        "/identity/v3/users", Map.of("user", Map.of("name", Api.unique("aoi"), "password", PASSWORD)))
                .expect(201)
                .at("/user/id")
                .asString();
        String user = "/service/v1/users/" + id;
        master.put(user + "/roles/operator?project=" + project, null).expect(204);
        Api leaver = Api.as(site, "sample-shared");
        leaver.useToken(token(master, id, project));
        String pair = Api.unique("key");
        leaver.post("/compute/v2.1/os-keypairs", Map.of("keypair", Map.of("name", pair)))
                .expect(201);
        JsonNode credential = leaver.post(
                        "/identity/v3/users/" + id + "/application_credentials",
                        Map.of("application_credential", Map.of("name", "nightly")))
                .expect(201)
                .path("application_credential");
        Api program = Api.as(site, "sample-shared");
        program.useToken(token(master, credential));

        JsonNode holdings = master.get(user + "/holdings").expect(200);
        assertThat(holdings.at("/keyPairs/0/name").asString()).isEqualTo(pair);
        assertThat(holdings.at("/applicationCredentials/0/name").asString()).isEqualTo("nightly");
        Api.as(site, "sample-dedicated").get(user + "/holdings").expect(404);

        master.send("PATCH", user, Map.of("user", Map.of("enabled", false))).expect(204);
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> leaver.get(SERVERS).status() == 401
                        && program.get(SERVERS).status() == 401);
        master.send("PATCH", user, Map.of("user", Map.of("enabled", true))).expect(204);
        leaver.useToken(token(master, id, project));
        leaver.get(SERVERS).expect(200);

        master.delete(user).expect(204);
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> leaver.get(SERVERS).status() == 401);
        Api provider = Api.as(site, "operator");
        await().atMost(Api.PATIENCE)
                .untilAsserted(
                        () -> assertThat(provider.get("/service/v1/history?everyone=true&action=delete&target=" + pair)
                                        .expect(200)
                                        .path("events"))
                                .hasSize(1));
        master.get(user + "/holdings").expect(404);
    }

    private static String token(Api through, JsonNode credential) {
        return through.post(
                        "/identity/v3/auth/tokens",
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
                                                                credential
                                                                        .path("id")
                                                                        .asString(),
                                                        "secret",
                                                                credential
                                                                        .path("secret")
                                                                        .asString())))))
                .headers()
                .firstValue("X-Subject-Token")
                .orElseThrow();
    }

    private static String failures(Api api, String more) {
        return api.get("/service/v1/history?outcome=failure&limit=100" + more)
                .expect(200)
                .toString();
    }

    private static String token(Api through, String user, String project) {
        Map<String, Object> who = Map.of("user", Map.of("id", user, "password", PASSWORD));
        return through.post(
                        "/identity/v3/auth/tokens",
                        Map.of(
                                "auth",
                                Map.of(
                                        "identity", Map.of("methods", List.of("password"), "password", who),
                                        "scope", Map.of("project", Map.of("id", project)))))
                .headers()
                .firstValue("X-Subject-Token")
                .orElseThrow();
    }
}
