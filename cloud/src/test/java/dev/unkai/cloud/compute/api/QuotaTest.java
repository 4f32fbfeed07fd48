package dev.unkai.cloud.compute.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.compute.api.ComputeSite.Customer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class QuotaTest {
    private final ComputeSite site = ComputeSite.shared();
    private final Customer customer = site.customer();

    private void limit(String resource, int most) {
        Answer set = customer.send(
                customer.operatorToken(),
                1,
                "PUT",
                "/os-quota-sets/" + customer.project,
                "{\"quota_set\":{\"%s\":%d}}".formatted(resource, most));
        assertThat(set.status()).as(set.text()).isEqualTo(200);
    }

    @Test
    void whatExceedsTheLimitIsRefusedWithWhatIsUsed() {
        limit("instances", 1);
        customer.server("first");
        Answer refused = customer.post(1, "/servers", customer.body("second", ""));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().at("/forbidden/message").asString())
                .startsWith("Quota exceeded for instances: Requested 1, but already used 1 of 1 instances");
    }

    @Test
    void coresAndMemoryCountToo() {
        limit("cores", 1);
        assertThat(customer.post(1, "/servers", customer.body("two", "").replace("u1.nano", "u1.medium"))
                        .status())
                .isEqualTo(403);
        limit("cores", 20);
        limit("ram", 100);
        assertThat(customer.post(1, "/servers", customer.body("one", "")).status())
                .isEqualTo(403);
    }

    @Test
    void asManyAsFitAreMadeWhenTheCustomerSaysSo() {
        limit("instances", 2);
        assertThat(customer.post(1, "/servers", customer.body("some", ",\"min_count\":1,\"max_count\":5"))
                        .status())
                .isEqualTo(202);
        assertThat(customer.get(1, "/servers").json().path("servers").size()).isEqualTo(2);
    }

    @Test
    void atOnceOrOneByOneTheLimitHolds() throws Exception {
        limit("instances", 3);
        String body = customer.body("race", "");
        List<Callable<Integer>> creates = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            creates.add(() -> customer.post(1, "/servers", body).status());
        }
        int made = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> create : threads.invokeAll(creates)) {
                made += create.get() == 202 ? 1 : 0;
            }
        }
        assertThat(made).isEqualTo(3);
        assertThat(customer.get(1, "/servers").json().path("servers").size()).isEqualTo(3);
    }

    @Test
    void aLimitBelowUseNeedsForce() {
        customer.server("used");
        String path = "/os-quota-sets/" + customer.project;
        String operator = customer.operatorToken();
        assertThat(customer.send(operator, 1, "PUT", path, "{\"quota_set\":{\"instances\":0}}")
                        .status())
                .isEqualTo(400);
        assertThat(customer.send(operator, 1, "PUT", path, "{\"quota_set\":{\"instances\":0,\"force\":true}}")
                        .status())
                .isEqualTo(200);
        assertThat(customer.get(1, path).json().at("/quota_set/instances").asInt())
                .isZero();
        assertThat(customer.send(operator, 1, "DELETE", path, null).status()).isEqualTo(202);
        assertThat(customer.get(1, path).json().at("/quota_set/instances").asInt())
                .isEqualTo(10);
    }

    @Test
    void aUserWithinTheProjectMayBeGivenLess() {
        String path = "/os-quota-sets/" + customer.project;
        String ofUser = path + "?user_id=user-of-" + customer.project;
        String operator = customer.operatorToken();
        limit("instances", 3);
        assertThat(customer.send(operator, 1, "PUT", ofUser, "{\"quota_set\":{\"instances\":1}}")
                        .json()
                        .at("/quota_set/instances")
                        .asInt())
                .isEqualTo(1);
        customer.server("first");

        Answer refused = customer.post(1, "/servers", customer.body("second", ""));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().at("/forbidden/message").asString()).contains("1 of 1 instances");
        assertThat(customer.get(1, path).json().at("/quota_set/instances").asInt())
                .isEqualTo(3);
        assertThat(customer.get(1, path + "/detail?user_id=user-of-" + customer.project)
                        .json()
                        .at("/quota_set/instances")
                        .toString())
                .isEqualTo("{\"limit\":1,\"in_use\":1,\"reserved\":0}");
        assertThat(customer.get(1, path + "?user_id=another")
                        .json()
                        .at("/quota_set/instances")
                        .asInt())
                .isEqualTo(3);

        assertThat(customer.send(operator, 1, "DELETE", ofUser, null).status()).isEqualTo(202);
        assertThat(customer.post(1, "/servers", customer.body("second", "")).status())
                .isEqualTo(202);
    }

    @Test
    void aUsersLimitLiesBetweenHisUseAndTheProjectsLimit() {
        limit("instances", 3);
        customer.server("used");
        String operator = customer.operatorToken();
        String path = "/os-quota-sets/" + customer.project + "?user_id=user-of-" + customer.project;
        for (String wanted : List.of("4", "-1", "0")) {
            assertThat(customer.send(operator, 1, "PUT", path, "{\"quota_set\":{\"instances\":" + wanted + "}}")
                            .status())
                    .as(wanted)
                    .isEqualTo(400);
        }
        assertThat(customer.send(operator, 1, "PUT", path, "{\"quota_set\":{\"instances\":0,\"force\":true}}")
                        .status())
                .isEqualTo(200);
        assertThat(customer.send(operator, 1, "DELETE", "/os-quota-sets/" + customer.project, null)
                        .status())
                .isEqualTo(202);
        assertThat(customer.get(1, path).json().at("/quota_set/instances").asInt())
                .as("the project's limits take those of its users with them")
                .isEqualTo(10);
    }

    @Test
    void keyPairsGroupsAndMetadataAreLimited() {
        limit("server_groups", 0);
        assertThat(customer.post(
                                1,
                                "/os-server-groups",
                                "{\"server_group\":{\"name\":\"g\",\"policies\":[\"affinity\"]}}")
                        .status())
                .isEqualTo(403);
        limit("key_pairs", 0);
        assertThat(customer.post(
                                1,
                                "/os-keypairs",
                                "{\"keypair\":{\"name\":\"k\",\"public_key\":\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\"}}")
                        .status())
                .isEqualTo(403);
        limit("metadata_items", 1);
        assertThat(customer.post(1, "/servers", customer.body("m", ",\"metadata\":{\"a\":\"1\",\"b\":\"2\"}"))
                        .status())
                .isEqualTo(403);
        String id = customer.server("m");
        assertThat(customer.post(1, "/servers/" + id + "/metadata", "{\"metadata\":{\"a\":\"1\",\"b\":\"2\"}}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void anotherProjectsLimitsAreTheProvidersToSee() {
        Customer other = site.customer();
        assertThat(other.get(1, "/os-quota-sets/" + customer.project).status()).isEqualTo(403);
        assertThat(other.get(1, "/limits?tenant_id=" + customer.project).status())
                .isEqualTo(403);
    }
}
