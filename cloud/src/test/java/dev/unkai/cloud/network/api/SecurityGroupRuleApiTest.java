package dev.unkai.cloud.network.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What of a security group rule is kept as it was said, and what two rules are the same. */
class SecurityGroupRuleApiTest {
    private final NetworkSite alice = NetworkSite.project();
    private String group;

    @BeforeEach
    void makeGroup() {
        group = alice.makeId("security-groups", "{\"security_group\": {\"name\": \"web\"}}");
    }

    @Test
    void aPrefixStaysAsItWasSaidAndItsRangeStandsBeside() {
        JsonNode rule = rule("\"protocol\": \"tcp\", \"remote_ip_prefix\": \"10.2.3.124/24\"");
        assertThat(rule.path("remote_ip_prefix").asString()).isEqualTo("10.2.3.124/24");
        assertThat(rule.path("normalized_cidr").asString()).isEqualTo("10.2.3.0/24");

        JsonNode address = rule("\"protocol\": \"tcp\", \"remote_ip_prefix\": \"10.2.3.4\"");
        assertThat(address.path("remote_ip_prefix").asString()).isEqualTo("10.2.3.4/32");
        assertThat(address.path("normalized_cidr").asString()).isEqualTo("10.2.3.4/32");
        JsonNode found = alice.get("security-group-rules?remote_ip_prefix=10.2.3.124/24");
        assertThat(NetworkSite.texts(found.path("security_group_rules"), "id"))
                .containsExactly(rule.path("id").asString());
    }

    @Test
    void allPortsAreNoPorts() {
        JsonNode rule = rule("\"protocol\": \"udp\", \"port_range_min\": 1, \"port_range_max\": 65535");
        assertThat(rule.path("port_range_min").isNull()).isTrue();
        assertThat(rule.path("port_range_max").isNull()).isTrue();
    }

    @Test
    void icmpOfIpv6HasItsOwnName() {
        assertThat(rule("\"ethertype\": \"IPv6\", \"protocol\": \"icmp\"")
                        .path("protocol")
                        .asString())
                .isEqualTo("ipv6-icmp");
    }

    @Test
    void theSameTrafficIsOpenedOnlyOnceHoweverItIsSaid() {
        rule("\"protocol\": \"tcp\", \"port_range_min\": 80, \"port_range_max\": 80");
        for (String twin : new String[] {
            "\"protocol\": \"6\", \"port_range_min\": 80, \"port_range_max\": 80",
            "\"protocol\": \"tcp\", \"port_range_min\": \"80\", \"port_range_max\": 80, \"remote_ip_prefix\": \"0.0.0.0/0\""
        }) {
            alice.refused("POST", "security-group-rules", body(twin), 409, "SecurityGroupRuleExists");
        }
    }

    private JsonNode rule(String fields) {
        return alice.send("POST", "security-group-rules", body(fields), 201).path("security_group_rule");
    }

    private String body(String fields) {
        return "{\"security_group_rule\": {\"security_group_id\": \"%s\", \"direction\": \"ingress\", %s}}"
                .formatted(group, fields);
    }
}
