package dev.unkai.cloud.compute.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.compute.api.ComputeSite.Customer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What 2.90 to 2.93 brought: names that servers call themselves, places to come back to, key pairs without private halves. */
class NewestVersionsTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl a@b";

    private final Customer customer = ComputeSite.shared().customer();

    private JsonNode server(int minor, String id) {
        return customer.get(minor, "/servers/" + id).json().path("server");
    }

    @Test
    void aServerCallsItselfAsItIsToldAndItsOwnerSeesHow() {
        Answer made = customer.post(90, "/servers", customer.body("Shop Front", ",\"hostname\":\"web-1\""));
        assertThat(made.status()).as(made.text()).isEqualTo(202);
        String id = made.json().at("/server/id").asString();
        assertThat(server(90, id).path("OS-EXT-SRV-ATTR:hostname").asString()).isEqualTo("web-1");
        assertThat(server(89, id).has("OS-EXT-SRV-ATTR:hostname")).isFalse();
        assertThat(server(90, id).has("OS-EXT-SRV-ATTR:instance_name")).isFalse();

        Answer renamed = customer.put(90, "/servers/" + id, "{\"server\":{\"hostname\":\"web-2\"}}");
        assertThat(renamed.json().at("/server/OS-EXT-SRV-ATTR:hostname").asString())
                .isEqualTo("web-2");
        assertThat(renamed.json().at("/server/name").asString()).isEqualTo("Shop Front");
        assertThat(customer.put(89, "/servers/" + id, "{\"server\":{\"hostname\":\"web-3\"}}")
                        .status())
                .isEqualTo(400);

        ComputeSite.shared().runs(id);
        Answer rebuilt = customer.post(
                90,
                "/servers/" + id + "/action",
                "{\"rebuild\":{\"imageRef\":\"" + customer.image() + "\",\"hostname\":\"web-4\"}}");
        assertThat(rebuilt.status()).as(rebuilt.text()).isEqualTo(202);
        assertThat(rebuilt.json().at("/server/OS-EXT-SRV-ATTR:hostname").asString())
                .isEqualTo("web-4");
    }

    @Test
    void aNameThatIsNoLabelAndOneForSeveralServersAreRefused() {
        for (String bad : new String[] {"a", "-web", "web_1", "web.example.test", "w".repeat(64)}) {
            assertThat(customer.post(90, "/servers", customer.body("x", ",\"hostname\":\"" + bad + "\""))
                            .status())
                    .as(bad)
                    .isEqualTo(400);
        }
        assertThat(customer.post(90, "/servers", customer.body("x", ",\"hostname\":\"web\",\"max_count\":2"))
                        .status())
                .isEqualTo(400);
        assertThat(customer.post(89, "/servers", customer.body("x", ",\"hostname\":\"web\""))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void onlyTheProviderChoosesTheHostThatAShelvedServerComesBackTo() {
        String id = customer.running("shelved");
        String act = "/servers/" + id + "/action";
        assertThat(customer.post(91, act, "{\"unshelve\":{\"host\":\"host-1\"}}")
                        .status())
                .isEqualTo(403);
        assertThat(customer.post(90, act, "{\"unshelve\":{\"host\":\"host-1\"}}")
                        .status())
                .isEqualTo(400);
        assertThat(customer.post(90, act, "{\"unshelve\":{\"availability_zone\":null}}")
                        .status())
                .isEqualTo(400);
        assertThat(customer.post(91, act, "{\"unshelve\":{\"availability_zone\":null}}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void keyPairsAreNoLongerMadeHereAndMayBeNamedLikeMailAddresses() {
        assertThat(customer.post(92, "/os-keypairs", "{\"keypair\":{\"name\":\"no-key\"}}")
                        .status())
                .isEqualTo(400);
        String named = "{\"keypair\":{\"name\":\"a.b@example.test\",\"public_key\":\"" + KEY + "\"}}";
        assertThat(customer.post(91, "/os-keypairs", named).status()).isEqualTo(400);
        assertThat(customer.post(92, "/os-keypairs", named).status()).isEqualTo(201);
        assertThat(customer.get(92, "/os-keypairs/a.b@example.test")
                        .json()
                        .at("/keypair/name")
                        .asString())
                .isEqualTo("a.b@example.test");
    }
}
