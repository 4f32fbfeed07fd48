package dev.unkai.cloud.compute.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.compute.api.ComputeSite.Customer;
import java.net.http.HttpHeaders;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LegacyVersionTest {
    private final ComputeSite site = ComputeSite.shared();
    private final Customer customer = site.customer();

    @Test
    void bothVersionsAreListedTheOldOneFirst() {
        Answer all = site.cloud.send(null, "GET", "/compute/", null, Map.of());

        assertThat(Shapes.faults("versions", "list_versions", 1, all.status(), all.json()))
                .as(all.text())
                .isEmpty();
        assertThat(all.json().at("/versions/0/id").asString()).isEqualTo("v2.0");
        assertThat(all.json().at("/versions/1/id").asString()).isEqualTo("v2.1");
        for (String path : new String[] {"/compute/v2/", "/compute/v2.1/"}) {
            Answer one = site.cloud.send(null, "GET", path, null, Map.of());
            assertThat(Shapes.faults("versions", "get_one_version", 1, one.status(), one.json()))
                    .as(one.text())
                    .isEmpty();
        }
    }

    @Test
    void theOldAddressAnswersInTheOldestMicroversionWhateverIsAskedFor() {
        String server = customer.running("old");
        Answer shown = site.cloud.send(
                customer.token,
                "GET",
                "/compute/v2/servers/" + server,
                null,
                Map.of("OpenStack-API-Version", "compute 2.89"));

        assertThat(Shapes.faults("servers", "get_server", 1, shown.status(), shown.json()))
                .as(shown.text())
                .isEmpty();
        assertThat(site.cloud
                        .headers(customer.token, "/compute/v2/servers", Map.of("OpenStack-API-Version", "compute 2.89"))
                        .firstValue("OpenStack-API-Version"))
                .isEmpty();
        assertThat(site.cloud
                        .send(null, "GET", "/compute/v2/servers", null, Map.of())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void anAddressThatOnlyBeginsAsTheOldOneIsNotFound() {
        for (String path : new String[] {"/compute/v2/../x", "/compute/v2/../../x"}) {
            assertThat(site.cloud
                            .send(customer.token, "GET", path, null, Map.of())
                            .status())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @Test
    void answersCarryTheRequestsIdByBothOfItsNames() {
        HttpHeaders headers = site.cloud.headers(customer.token, "/compute/v2.1/servers", Map.of());

        assertThat(headers.firstValue("X-Compute-Request-Id"))
                .isPresent()
                .isEqualTo(headers.firstValue("X-Openstack-Request-Id"));
    }
}
