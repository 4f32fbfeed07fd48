package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Unified limits, as the reference answers them. */
class LimitTest {
    private static final String REGISTERED = "/identity/v3/registered_limits";
    private static final String LIMITS = "/identity/v3/limits";

    private final RunningIdentity identity = RunningIdentity.shared();
    private final String operator = identity.token("Default", "operator");
    private final String service = identity.id("select id from service where type = 'image'");
    private final Customer alpha = Customer.of(identity, "alpha");
    private final Customer beta = Customer.of(identity, "beta");
    private String resource;

    @BeforeEach
    void choose() {
        resource = "disks-" + Long.toString(System.nanoTime(), 36);
    }

    @Test
    void aRegisteredLimitIsMadeReadByEverybodyChangedAndDeleted() {
        JsonNode made = registered(10);
        String address = REGISTERED + "/" + made.path("id").asString();

        assertThat(made.get("region_id").isNull()).isTrue();
        assertThat(identity.get(address, alpha.readerToken()).body().at("/registered_limit"))
                .isEqualTo(made);
        assertThat(ids(REGISTERED + "?resource_name=" + resource, alpha.readerToken(), "registered_limits"))
                .hasSize(1);
        assertThat(ids(
                        REGISTERED + "?service_id=other&resource_name=" + resource,
                        alpha.readerToken(),
                        "registered_limits"))
                .isEmpty();
        Answer changed = send("PATCH", address, Map.of("registered_limit", Map.of("default_limit", -1)));
        assertThat(changed.body().at("/registered_limit/default_limit").asInt()).isEqualTo(-1);
        assertThat(identity.delete(address, operator).status()).isEqualTo(204);
        assertThat(identity.get(address, operator).status()).isEqualTo(404);
    }

    @Test
    void severalAreMadeTogetherOrNoneIs() {
        Map<String, Object> good = Map.of("service_id", service, "resource_name", resource, "default_limit", 1);

        assertThat(send("POST", REGISTERED, Map.of("registered_limits", List.of(good, good)))
                        .status())
                .isEqualTo(409);
        for (Map<String, Object> wrong : List.of(
                changed(good, "service_id", "nowhere"),
                changed(good, "region_id", "nowhere"),
                changed(good, "default_limit", -2),
                changed(good, "default_limit", "1"))) {
            assertThat(send("POST", REGISTERED, Map.of("registered_limits", List.of(good, wrong)))
                            .status())
                    .isEqualTo(400);
        }
        assertThat(send("POST", REGISTERED, Map.of("registered_limits", List.of()))
                        .status())
                .isEqualTo(400);
        assertThat(ids(REGISTERED + "?resource_name=" + resource, operator, "registered_limits"))
                .isEmpty();
    }

    @Test
    void aProjectsLimitIsSeenByItsPeopleOnly() {
        registered(10);
        JsonNode limit = limit("project_id", alpha.project(), 3);
        String address = LIMITS + "/" + limit.path("id").asString();

        assertThat(limit.path("resource_limit").asInt()).isEqualTo(3);
        assertThat(limit.path("service_id").asString()).isEqualTo(service);
        assertThat(identity.get(address, alpha.readerToken()).body().at("/limit"))
                .isEqualTo(limit);
        assertThat(identity.get(address, beta.readerToken()).status()).isEqualTo(404);
        assertThat(mine(alpha.readerToken())).hasSize(1);
        assertThat(mine(beta.readerToken())).isEmpty();
        assertThat(ids(LIMITS + "?project_id=" + alpha.project(), beta.masterToken(), "limits"))
                .isEmpty();
        assertThat(mine(operator)).hasSize(1);
        Answer changed = send("PATCH", address, Map.of("limit", Map.of("resource_limit", 0)));
        assertThat(changed.body().at("/limit/resource_limit").asInt()).isZero();
        assertThat(send("PATCH", address, Map.of("limit", Map.of("project_id", beta.project())))
                        .status())
                .isEqualTo(400);
        assertThat(identity.delete(address, operator).status()).isEqualTo(204);
    }

    @Test
    void aLimitStandsBesideARegisteredOneWhichThenStays() {
        Map<String, Object> wanted = Map.of(
                "domain_id", alpha.domain(), "service_id", service, "resource_name", resource, "resource_limit", 5);
        assertThat(send("POST", LIMITS, Map.of("limits", List.of(wanted))).status())
                .as("nothing is registered yet")
                .isEqualTo(403);
        String registered = REGISTERED + "/" + registered(10).path("id").asString();

        JsonNode limit = limit("project_id", alpha.domain(), 5);

        assertThat(limit.path("domain_id").asString())
                .as("a domain named as a project")
                .isEqualTo(alpha.domain());
        assertThat(limit.get("project_id").isNull()).isTrue();
        assertThat(send("POST", LIMITS, Map.of("limits", List.of(wanted))).status())
                .isEqualTo(409);
        assertThat(identity.delete(registered, operator).status()).isEqualTo(403);
        assertThat(send("PATCH", registered, Map.of("registered_limit", Map.of("default_limit", 1)))
                        .status())
                .isEqualTo(403);
        String ofDomain = identity.token(RunningIdentity.login(
                "alpha",
                "master",
                RunningIdentity.password("alpha", "master"),
                Map.of("domain", Map.of("name", "alpha"))));
        assertThat(mine(ofDomain)).hasSize(1);
        identity.delete(LIMITS + "/" + limit.path("id").asString(), operator);
        assertThat(identity.delete(registered, operator).status()).isEqualTo(204);
    }

    @Test
    void theModelIsFlat() {
        assertThat(identity.get(LIMITS + "/model", alpha.readerToken())
                        .body()
                        .at("/model/name")
                        .asString())
                .isEqualTo("flat");
    }

    private JsonNode registered(int most) {
        Answer made = send(
                "POST",
                REGISTERED,
                Map.of(
                        "registered_limits",
                        List.of(Map.of("service_id", service, "resource_name", resource, "default_limit", most))));
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        return made.body().at("/registered_limits/0");
    }

    private JsonNode limit(String whose, String id, int most) {
        Answer made = send(
                "POST",
                LIMITS,
                Map.of(
                        "limits",
                        List.of(Map.of(
                                whose, id, "service_id", service, "resource_name", resource, "resource_limit", most))));
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        return made.body().at("/limits/0");
    }

    private static Map<String, Object> changed(Map<String, Object> good, String field, Object value) {
        Map<String, Object> wrong = new HashMap<>(good);
        wrong.put(field, value);
        return wrong;
    }

    private List<String> mine(String token) {
        return ids(LIMITS + "?resource_name=" + resource, token, "limits");
    }

    private Answer send(String method, String path, Object body) {
        return identity.send(method, path, operator, body);
    }

    private List<String> ids(String address, String token, String list) {
        return identity.get(address, token)
                .body()
                .get(list)
                .valueStream()
                .map(one -> one.path("id").asString())
                .toList();
    }
}
