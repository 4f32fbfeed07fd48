package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.List;
import java.util.Map;
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

    private Answer send(String method, String path, Object body) {
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
