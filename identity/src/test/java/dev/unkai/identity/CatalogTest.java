package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What operators add to the catalog, and what customers see of it. */
class CatalogTest {
    private static final String V3 = "/identity/v3";
    private final RunningIdentity identity = RunningIdentity.shared();
    private final String suffix = Long.toString(System.nanoTime(), 36);
    private Customer alpha;
    private String operator;

    @BeforeEach
    void meet() {
        alpha = Customer.of(identity, "alpha");
        operator = identity.token("Default", "operator");
    }

    @Test
    void anAddedServiceStandsInEveryCustomersCatalogWithTheCustomersOwnAddress() {
        String service = service("object-store");
        String endpoint = endpoint(service, "https://store.test/v1/AUTH_$(project_id)s", "east-" + suffix);

        assertThat(addresses(service)).containsExactly("https://store.test/v1/AUTH_" + alpha.project());
        assertThat(identity.get(V3 + "/regions/east-" + suffix, operator).status())
                .isEqualTo(200);

        identity.send("PATCH", V3 + "/endpoints/" + endpoint, operator, Map.of("endpoint", Map.of("enabled", false)));
        assertThat(addresses(service)).isEmpty();

        assertThat(identity.delete(V3 + "/services/" + service, operator).status())
                .isEqualTo(204);
        assertThat(identity.get(V3 + "/endpoints/" + endpoint, operator).status())
                .isEqualTo(404);
        assertThat(catalog().valueStream().map(one -> one.get("id").asString())).doesNotContain(service);
        identity.delete(V3 + "/regions/east-" + suffix, operator);
    }

    @Test
    void theSitesOwnServicesFollowTheConfigurationOnly() {
        JsonNode own =
                identity.get(V3 + "/services?type=compute", operator).body().at("/services/0");
        String service = own.get("id").asString();
        String endpoint = identity.get(V3 + "/endpoints?interface=public&service_id=" + service, operator)
                .body()
                .at("/endpoints/0/id")
                .asString();

        assertThat(own.get("name").asString()).isEqualTo("nova");
        assertThat(identity.send("PATCH", V3 + "/services/" + service, operator, Map.of("service", Map.of("name", "x")))
                        .status())
                .isEqualTo(403);
        assertThat(identity.delete(V3 + "/services/" + service, operator).status())
                .isEqualTo(403);
        assertThat(identity.delete(V3 + "/endpoints/" + endpoint, operator).status())
                .isEqualTo(403);
        assertThat(identity.delete(V3 + "/regions/local", operator).status()).isEqualTo(403);
    }

    @Test
    void aRegionGoesWithThoseBelowItButNotWhileOneHasAnEndpoint() {
        String above = region(Map.of("description", "above"));
        String below = region(Map.of("parent_region_id", above));
        assertThat(identity.get(V3 + "/regions?parent_region_id=" + above, operator)
                        .body()
                        .get("regions")
                        .valueStream()
                        .map(one -> one.get("id").asString()))
                .containsExactly(below);
        assertThat(identity.send(
                                "PATCH",
                                V3 + "/regions/" + above,
                                operator,
                                Map.of("region", Map.of("parent_region_id", below)))
                        .status())
                .isEqualTo(400);

        String service = service("backup");
        String endpoint = endpoint(service, "https://backup.test", below);
        assertThat(identity.delete(V3 + "/regions/" + above, operator).status()).isEqualTo(403);

        identity.delete(V3 + "/endpoints/" + endpoint, operator);
        assertThat(identity.delete(V3 + "/regions/" + above, operator).status()).isEqualTo(204);
        assertThat(identity.get(V3 + "/regions/" + below, operator).status()).isEqualTo(404);
        identity.delete(V3 + "/services/" + service, operator);
    }

    @Test
    void anAddressWithAPlaceThatNoTokenFillsIsRefused() {
        String service = service("metric");

        Answer answer = identity.send(
                "POST",
                V3 + "/endpoints",
                operator,
                Map.of(
                        "endpoint",
                        Map.of(
                                "service_id",
                                service,
                                "interface",
                                "public",
                                "url",
                                "https://metric.test/$(admin_token)s")));

        assertThat(answer.status()).isEqualTo(400);
        identity.delete(V3 + "/services/" + service, operator);
    }

    @Test
    void aRegionIsMadeUnderTheIdThatItsOperatorWishes() {
        String id = "west " + suffix;
        String address = V3 + "/regions/west%20" + suffix;

        assertThat(identity.send("PUT", address, operator, Map.of("region", Map.of("note", "by name")))
                        .status())
                .isEqualTo(201);
        assertThat(identity.send("POST", V3 + "/regions", operator, Map.of("region", Map.of("id", id)))
                        .status())
                .isEqualTo(409);
        assertThat(identity.get(address, operator).body().at("/region/note").asString())
                .isEqualTo("by name");
        identity.delete(address, operator);
    }

    private String region(Map<String, Object> wanted) {
        return identity.send("POST", V3 + "/regions", operator, Map.of("region", wanted))
                .body()
                .at("/region/id")
                .asString();
    }

    private String service(String type) {
        Answer answer = identity.send(
                "POST", V3 + "/services", operator, Map.of("service", Map.of("type", type, "name", type + suffix)));
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        return answer.body().at("/service/id").asString();
    }

    private String endpoint(String service, String url, String region) {
        Answer answer = identity.send(
                "POST",
                V3 + "/endpoints",
                operator,
                Map.of("endpoint", Map.of("service_id", service, "interface", "public", "url", url, "region", region)));
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        return answer.body().at("/endpoint/id").asString();
    }

    private JsonNode catalog() {
        return identity.get(V3 + "/auth/catalog", alpha.readerToken()).body().get("catalog");
    }

    private java.util.List<String> addresses(String service) {
        return catalog()
                .valueStream()
                .filter(one -> one.get("id").asString().equals(service))
                .flatMap(one -> one.get("endpoints").valueStream())
                .map(end -> end.get("url").asString())
                .toList();
    }
}
