package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Policies and consumers, which operators keep for programs beside ours. */
class KeptDocumentsTest {
    private static final String POLICIES = "/identity/v3/policies";
    private static final String CONSUMERS = "/identity/v3/OS-OAUTH1/consumers";

    private final RunningIdentity identity = RunningIdentity.shared();
    private final String operator = identity.token("Default", "operator");

    @Test
    void aPolicyIsMadeListedByTypeChangedAndDeleted() {
        String type = "application/x-" + Long.toString(System.nanoTime(), 36);
        Answer made = send("POST", POLICIES, Map.of("policy", Map.of("type", type, "blob", "{}", "owner", "storage")));
        assertThat(made.status()).isEqualTo(201);
        String address = POLICIES + "/" + made.body().at("/policy/id").asString();

        assertThat(made.body().at("/policy/links/self").asString()).endsWith(address);
        assertThat(made.body().at("/policy/owner").asString()).isEqualTo("storage");
        assertThat(ids(POLICIES + "?type=" + type, "policies")).hasSize(1);
        assertThat(ids(POLICIES + "?type=other", "policies")).isEmpty();
        Answer changed = send("PATCH", address, Map.of("policy", Map.of("blob", "allow all")));
        assertThat(changed.body().at("/policy/blob").asString()).isEqualTo("allow all");
        assertThat(changed.body().at("/policy/type").asString()).isEqualTo(type);
        assertThat(identity.get(address, operator).body()).isEqualTo(changed.body());
        assertThat(send("PATCH", address, Map.of("policy", Map.of())).status()).isEqualTo(400);
        assertThat(send("POST", POLICIES, Map.of("policy", Map.of("type", type)))
                        .status())
                .isEqualTo(400);
        assertThat(identity.delete(address, operator).status()).isEqualTo(204);
        assertThat(identity.get(address, operator).status()).isEqualTo(404);
    }

    @Test
    void aConsumersSecretIsShownOnceAndKeptSealed() {
        Answer made = send("POST", CONSUMERS, Map.of("consumer", Map.of("description", "backup")));
        assertThat(made.status()).isEqualTo(201);
        String secret = made.body().at("/consumer/secret").asString();
        String id = made.body().at("/consumer/id").asString();
        String address = CONSUMERS + "/" + id;

        assertThat(secret).hasSizeGreaterThan(20);
        Answer seen = identity.get(address, operator);
        assertThat(seen.body().at("/consumer/description").asString()).isEqualTo("backup");
        assertThat(seen.body().get("consumer").has("secret")).isFalse();
        assertThat(identity.state() + identity.events()).doesNotContain(secret);
        assertThat(ids(CONSUMERS, "consumers")).contains(id);
        assertThat(send("PATCH", address, Map.of("consumer", Map.of("secret", "mine")))
                        .status())
                .isEqualTo(400);
        Answer changed = send("PATCH", address, Map.of("consumer", Map.of("description", "restore")));
        assertThat(changed.body().at("/consumer/description").asString()).isEqualTo("restore");
        assertThat(identity.delete(address, operator).status()).isEqualTo(204);
        assertThat(identity.get(address, operator).status()).isEqualTo(404);
    }

    @Test
    void anEndpointHasTheNearestPolicyThatWasGiven() {
        String mark = Long.toString(System.nanoTime(), 36);
        String above = made("regions", "region", Map.of("id", "above-" + mark));
        String below = made("regions", "region", Map.of("id", "below-" + mark, "parent_region_id", above));
        String service = made("services", "service", Map.of("type", "backup-" + mark));
        String there = made(
                "endpoints",
                "endpoint",
                Map.of("service_id", service, "interface", "public", "url", "https://b.test", "region_id", below));
        String elsewhere = made(
                "endpoints", "endpoint", Map.of("service_id", service, "interface", "public", "url", "https://c.test"));
        List<String> policies = java.util.stream.Stream.of("of the service", "of the region", "of the endpoint")
                .map(blob -> made("policies", "policy", Map.of("type", "text/plain", "blob", blob)))
                .toList();
        String wide = POLICIES + "/" + policies.get(0) + "/OS-ENDPOINT-POLICY";
        String middle = POLICIES + "/" + policies.get(1) + "/OS-ENDPOINT-POLICY";
        String near = POLICIES + "/" + policies.get(2) + "/OS-ENDPOINT-POLICY";
        String asked = "/identity/v3/endpoints/" + there + "/OS-ENDPOINT-POLICY/policy";

        assertThat(identity.get(asked, operator).body().at("/error/message").asString())
                .isEqualTo("No policy is associated with endpoint " + there + ".");
        String ofService = wide + "/services/" + service;
        assertThat(identity.get(ofService, operator).body().at("/error/message").asString())
                .isEqualTo("Could not find policy association.");
        assertThat(send("PUT", ofService, null).status()).isEqualTo(204);
        assertThat(identity.get(asked, operator).body().at("/policy/blob").asString())
                .isEqualTo("of the service");
        String inRegion = middle + "/services/" + service + "/regions/" + above;
        assertThat(send("PUT", inRegion, null).status()).isEqualTo(204);
        assertThat(identity.get(asked, operator).body().at("/policy/blob").asString())
                .isEqualTo("of the region");
        assertThat(send("PUT", near + "/endpoints/" + there, null).status()).isEqualTo(204);
        assertThat(identity.get(asked, operator).body().at("/policy/id").asString())
                .isEqualTo(policies.get(2));

        assertThat(ids(wide + "/endpoints", "endpoints")).containsExactlyInAnyOrder(there, elsewhere);
        assertThat(ids(middle + "/endpoints", "endpoints")).containsExactly(there);
        assertThat(ids(near + "/endpoints", "endpoints")).containsExactly(there);
        assertThat(identity.get(near + "/endpoints/" + there, operator).status())
                .isEqualTo(204);
        assertThat(send("PUT", wide + "/endpoints/" + there, null).status()).isEqualTo(204);
        assertThat(identity.get(near + "/endpoints/" + there, operator).status())
                .as("one takes the other's place")
                .isEqualTo(404);
        assertThat(send("PUT", near + "/services/nowhere", null).status()).isEqualTo(404);
        assertThat(send("PUT", near + "/services/" + service + "/regions/nowhere", null)
                        .status())
                .isEqualTo(404);

        assertThat(identity.delete(wide + "/endpoints/" + there, operator).status())
                .isEqualTo(204);
        assertThat(identity.delete(inRegion, operator).status()).isEqualTo(204);
        assertThat(identity.delete(inRegion, operator).status())
                .as("nothing to take")
                .isEqualTo(204);
        policies.forEach(policy -> assertThat(
                        identity.delete(POLICIES + "/" + policy, operator).status())
                .isEqualTo(204));
        assertThat(identity.get(asked, operator).status()).isEqualTo(404);
        assertThat(identity.delete("/identity/v3/services/" + service, operator).status())
                .isEqualTo(204);
        assertThat(identity.delete("/identity/v3/regions/" + above, operator).status())
                .isEqualTo(204);
    }

    private String made(String collection, String key, Map<String, ?> wanted) {
        Answer answer = send("POST", "/identity/v3/" + collection, Map.of(key, wanted));
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        return answer.body().at("/" + key + "/id").asString();
    }

    private Answer send(String method, String path, @Nullable Object body) {
        return identity.send(method, path, operator, body);
    }

    private List<String> ids(String address, String list) {
        return identity.get(address, operator)
                .body()
                .get(list)
                .valueStream()
                .map(one -> one.path("id").asString())
                .toList();
    }
}
