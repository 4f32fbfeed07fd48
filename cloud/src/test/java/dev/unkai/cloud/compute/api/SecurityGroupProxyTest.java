package dev.unkai.cloud.compute.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.compute.api.ComputeSite.Customer;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SecurityGroupProxyTest {
    private final ComputeSite site = ComputeSite.shared();
    private final Customer customer = site.customer();

    private void fits(String shape, Answer answer) {
        assertThat(Shapes.faults("security_groups", shape, 1, answer.status(), answer.json()))
                .as(answer.text())
                .isEmpty();
    }

    @Test
    void groupsAreMadeShownChangedAndDeletedUntil235() {
        String body = "{\"security_group\":{\"name\":\"web\",\"description\":\"d\"}}";
        Answer made = customer.post(1, "/os-security-groups", body);
        fits("create_security_group", made);
        String path =
                "/os-security-groups/" + made.json().at("/security_group/id").asString();

        fits("get_security_group", customer.get(1, path));
        fits("list_security_groups", customer.get(1, "/os-security-groups"));
        fits("update_security_group", customer.put(1, path, body.replace("web", "www")));
        assertThat(customer.get(1, path).json().at("/security_group/name").asString())
                .isEqualTo("www");
        assertThat(customer.get(36, path).status()).isEqualTo(404);
        assertThat(site.customer().get(1, path).status()).isEqualTo(404);
        assertThat(customer.delete(1, path).status()).isEqualTo(202);
        assertThat(customer.delete(1, path).status()).isEqualTo(404);
        assertThat(customer.get(1, "/os-security-groups/" + UUID.randomUUID()).status())
                .isEqualTo(404);
        assertThat(customer.get(1, "/os-security-groups/x").status()).isEqualTo(400);
    }

    @Test
    void aNameIsTakenAsItIsWritten() {
        Answer made = customer.post(
                1, "/os-security-groups", "{\"security_group\":{\"name\":\" a b \",\"description\":\"\"}}");
        fits("create_security_group", made);
        assertThat(made.json().at("/security_group/name").asString()).isEqualTo(" a b ");
    }

    @Test
    void theDefaultGroupStays() {
        String id = customer.get(1, "/os-security-groups")
                .json()
                .at("/security_groups/0/id")
                .asString();
        assertThat(customer.delete(1, "/os-security-groups/" + id).status()).isEqualTo(400);
    }

    @Test
    void aServersGroupsAreAddedAndRemoved() {
        String id = customer.running("guarded");
        customer.post(1, "/os-security-groups", "{\"security_group\":{\"name\":\"more\",\"description\":\"d\"}}");
        assertThat(customer.act(id, "{\"addSecurityGroup\":{\"name\":\"more\"}}")
                        .status())
                .isEqualTo(202);
        Answer groups = customer.get(89, "/servers/" + id + "/os-security-groups");
        fits("list_security_groups", groups);
        assertThat(groups.json().path("security_groups").size()).isEqualTo(2);
        assertThat(customer.act(id, "{\"removeSecurityGroup\":{\"name\":\"more\"}}")
                        .status())
                .isEqualTo(202);
        assertThat(customer.act(id, "{\"removeSecurityGroup\":{\"name\":\"more\"}}")
                        .status())
                .isEqualTo(404);
    }
}
