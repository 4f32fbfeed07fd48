package dev.unkai.cloud.network.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.network.domain.Macs;
import dev.unkai.cloud.network.domain.Prefix;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How guests come by their IPv6 addresses, and which combinations make no sense. */
class Ipv6ApiTest {
    private final NetworkSite alice = NetworkSite.project();
    private final NetworkSite operator = NetworkSite.operator();
    private final String network = alice.network();

    @Test
    void whereGuestsMakeTheirOwnAddressThePortHasIt() {
        for (String modes : List.of(
                "\"ipv6_ra_mode\": \"slaac\", \"ipv6_address_mode\": \"slaac\"",
                "\"ipv6_ra_mode\": \"dhcpv6-stateless\", \"ipv6_address_mode\": \"dhcpv6-stateless\"",
                "\"ipv6_address_mode\": \"slaac\"",
                "\"ipv6_ra_mode\": \"slaac\"")) {
            String net = alice.network();
            alice.make("subnets", subnet(net, "fd00:3::/64", modes));
            JsonNode port = alice.make("ports", "{\"port\": {\"network_id\": \"%s\"}}".formatted(net));
            assertThat(port.at("/fixed_ips/0/ip_address").asString())
                    .as(modes)
                    .isEqualTo(automatic("fd00:3::/64", port));
            alice.delete("ports/" + port.path("id").asString());
        }
    }

    @Test
    void modesThatContradictOrDoNotFitAreRefused() {
        for (String modes : List.of(
                "\"ipv6_ra_mode\": \"slaac\", \"ipv6_address_mode\": \"dhcpv6-stateful\"",
                "\"ipv6_ra_mode\": \"dhcpv6-stateless\", \"ipv6_address_mode\": \"slaac\"",
                "\"ipv6_ra_mode\": \"slaac\", \"enable_dhcp\": false")) {
            alice.refused("POST", "subnets", subnet(network, "fd00:4::/64", modes), 400, "InvalidInput");
        }
        alice.refused(
                "POST", "subnets", subnet(network, "fd00:4::/80", "\"ipv6_ra_mode\": \"slaac\""), 400, "InvalidInput");
        alice.refused("POST", "subnets", subnet(network, "fd00:4::/127", "\"enable_dhcp\": true"), 400, "InvalidInput");
        alice.refused(
                "POST",
                "subnets",
                subnet(network, "fd00:4::/64", "\"dns_nameservers\": [\"203.0.113.53\"]"),
                400,
                "InvalidInput");
        String other =
                subnet(network, "10.4.0.0/24", "\"ipv6_ra_mode\": \"slaac\"").replace(": 6,", ": 4,");
        alice.refused("POST", "subnets", other, 400, "InvalidInput");
    }

    @Test
    void anAutomaticAddressIsNeverChosenAndStaysBesideChosenOnes() {
        String automatic = alice.makeId(
                "subnets",
                subnet(network, "fd00:5::/64", "\"ipv6_ra_mode\": \"slaac\", \"ipv6_address_mode\": \"slaac\""));
        String v4 = alice.subnet(network, "10.5.0.0/24");
        alice.refused(
                "POST",
                "ports",
                "{\"port\": {\"network_id\": \"%s\", \"fixed_ips\": [{\"subnet_id\": \"%s\", \"ip_address\": \"fd00:5::9\"}]}}"
                        .formatted(network, automatic),
                400,
                "AllocationOnAutoAddressSubnet");
        JsonNode port = alice.make("ports", """
                {"port": {"network_id": "%s", "fixed_ips": [{"subnet_id": "%s", "ip_address": "10.5.0.9"}]}}""".formatted(network, v4));
        assertThat(NetworkSite.texts(port.path("fixed_ips"), "ip_address"))
                .containsExactlyInAnyOrder("10.5.0.9", automatic("fd00:5::/64", port));
        JsonNode moved = alice.put("ports/" + port.path("id").asString(), """
                {"port": {"fixed_ips": [{"subnet_id": "%s", "ip_address": "10.5.0.10"}]}}""".formatted(v4));
        assertThat(NetworkSite.texts(moved.path("fixed_ips"), "ip_address"))
                .containsExactlyInAnyOrder("10.5.0.10", automatic("fd00:5::/64", port));
        JsonNode renamed = operator.put("ports/" + port.path("id").asString(), """
                {"port": {"mac_address": "fa:16:3e:00:00:99"}}""");
        assertThat(NetworkSite.texts(renamed.path("fixed_ips"), "ip_address"))
                .containsExactlyInAnyOrder("10.5.0.10", "fd00:5::f816:3eff:fe00:99");
    }

    @Test
    void aSubnetKeptForAServiceGivesNobodyElseAnAddress() {
        alice.make("subnets", """
                {"subnet": {"network_id": "%s", "cidr": "10.6.0.0/24", "ip_version": 4, "service_types": ["compute:nova"]}}""".formatted(network));
        assertThat(alice.make("ports", "{\"port\": {\"network_id\": \"%s\"}}".formatted(network))
                        .path("fixed_ips")
                        .size())
                .isZero();
        assertThat(alice.make(
                                "ports",
                                "{\"port\": {\"network_id\": \"%s\", \"device_owner\": \"compute:nova\"}}"
                                        .formatted(network))
                        .path("fixed_ips")
                        .size())
                .isEqualTo(1);
    }

    private static String automatic(String prefix, JsonNode port) {
        return Macs.autoAddress(Prefix.of(prefix), port.path("mac_address").asString())
                .toString();
    }

    private static String subnet(String network, String cidr, String modes) {
        return "{\"subnet\": {\"network_id\": \"%s\", \"ip_version\": 6, \"cidr\": \"%s\", %s}}"
                .formatted(network, cidr, modes);
    }
}
