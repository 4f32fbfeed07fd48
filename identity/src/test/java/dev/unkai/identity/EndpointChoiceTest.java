package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Catalogs that show a project the endpoints chosen for it. */
class EndpointChoiceTest {
    private static final String V3 = "/identity/v3";
    private static final String FILTER = V3 + "/OS-EP-FILTER";
    private final RunningIdentity identity = RunningIdentity.shared();
    private Customer alpha;
    private String operator;
    private String compute;

    @BeforeEach
    void meet() {
        alpha = Customer.of(identity, "alpha");
        operator = identity.token("Default", "operator");
        compute = identity.get(V3 + "/services?type=compute", operator)
                .body()
                .at("/services/0/id")
                .asString();
    }

    @AfterEach
    void withdrawAll() {
        identity.sql().sql("delete from endpoint_group").update();
        identity.sql().sql("delete from project_endpoint").update();
    }

    @Test
    void aGroupChosenForAProjectNarrowsItsCatalogAndNoOthers() {
        String group = group(Map.of("service_id", compute, "interface", "public"));
        String choice = FILTER + "/endpoint_groups/" + group + "/projects/" + alpha.project();
        assertThat(identity.get(choice, operator).status()).isEqualTo(404);
        assertThat(put(choice).status()).isEqualTo(204);
        assertThat(put(choice).status()).as("again").isEqualTo(204);

        assertThat(shown(alpha.readerToken())).containsExactly("compute public");
        assertThat(shown(identity.token("beta", "reader"))).contains("compute public", "network internal");
        assertThat(identity.get(choice, operator)
                        .body()
                        .at("/project_endpoint_group/project_id")
                        .asString())
                .isEqualTo(alpha.project());
        assertThat(ids(FILTER + "/endpoint_groups/" + group + "/projects", "projects"))
                .containsExactly(alpha.project());
        assertThat(ids(FILTER + "/projects/" + alpha.project() + "/endpoint_groups", "endpoint_groups"))
                .containsExactly(group);
        assertThat(ids(FILTER + "/projects/" + alpha.project() + "/endpoints", "endpoints"))
                .isEqualTo(ids(FILTER + "/endpoint_groups/" + group + "/endpoints", "endpoints"))
                .hasSize(1);

        assertThat(identity.delete(choice, operator).status()).isEqualTo(204);
        assertThat(identity.delete(choice, operator).status()).isEqualTo(404);
        assertThat(shown(alpha.readerToken())).contains("network internal");
    }

    @Test
    void anEndpointIsChosenByItself() {
        String endpoint = ids(V3 + "/endpoints?interface=internal&service_id=" + compute, "endpoints")
                .getFirst();
        String choice = FILTER + "/projects/" + alpha.project() + "/endpoints/" + endpoint;
        assertThat(put(choice).status()).isEqualTo(204);
        assertThat(identity.get(choice, operator).status()).isEqualTo(204);
        assertThat(ids(FILTER + "/endpoints/" + endpoint + "/projects", "projects"))
                .containsExactly(alpha.project());
        assertThat(shown(alpha.readerToken())).containsExactly("compute internal");
        assertThat(identity.delete(choice, operator).status()).isEqualTo(204);
        assertThat(identity.get(choice, operator).status()).isEqualTo(404);
        assertThat(put(FILTER + "/projects/nobody/endpoints/" + endpoint).status())
                .isEqualTo(404);
    }

    @Test
    void aGroupIsMadeChangedAndDeleted() {
        String group = group(Map.of("interface", "admin"));
        String address = FILTER + "/endpoint_groups/" + group;
        Answer changed = identity.send(
                "PATCH",
                address,
                operator,
                Map.of("endpoint_group", Map.of("name", "fewer", "filters", Map.of("service_id", compute))));
        assertThat(changed.body().at("/endpoint_group/name").asString()).isEqualTo("fewer");
        assertThat(changed.body().at("/endpoint_group/filters").size()).isEqualTo(1);
        assertThat(ids(FILTER + "/endpoint_groups?name=fewer", "endpoint_groups"))
                .containsExactly(group);
        for (Map<String, String> wrong :
                List.of(Map.<String, String>of(), Map.of("interface", "sideways"), Map.of("colour", "red"))) {
            assertThat(identity.send(
                                    "POST",
                                    FILTER + "/endpoint_groups",
                                    operator,
                                    Map.of("endpoint_group", Map.of("name", "n", "filters", wrong)))
                            .status())
                    .isEqualTo(400);
        }
        assertThat(identity.delete(address, operator).status()).isEqualTo(204);
        assertThat(identity.get(address, operator).status()).isEqualTo(404);
    }

    private String group(Map<String, String> filters) {
        Answer made = identity.send(
                "POST",
                FILTER + "/endpoint_groups",
                operator,
                Map.of("endpoint_group", Map.of("name", "some", "description", "d", "filters", filters)));
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        return made.body().at("/endpoint_group/id").asString();
    }

    private Answer put(String address) {
        return identity.send("PUT", address, operator, null);
    }

    private List<String> ids(String address, String list) {
        return identity.get(address, operator)
                .body()
                .get(list)
                .valueStream()
                .map(one -> one.path("id").asString())
                .toList();
    }

    /** Type and interface of every endpoint in the token's catalog. */
    private List<String> shown(String token) {
        JsonNode catalog = identity.get(V3 + "/auth/catalog", token).body().get("catalog");
        return catalog.valueStream()
                .flatMap(service -> service.get("endpoints")
                        .valueStream()
                        .map(end -> service.path("type").asString() + " "
                                + end.path("interface").asString()))
                .toList();
    }
}
