package dev.unkai.cloud.network.api;

import static dev.unkai.cloud.network.api.NetworkSite.texts;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A floating address as a port of its outer network, where programs of operators look for addresses that are free. */
class FloatingPortApiTest {
    private final NetworkSite alice = NetworkSite.project();
    private final NetworkSite operator = NetworkSite.operator();
    private String outer = "";
    private String floating = "";
    private String address = "";

    @BeforeEach
    void makeFloatingAddress() {
        outer = operator.makeId("networks", "{\"network\": {\"router:external\": true}}");
        operator.subnet(outer, "203.0.113.0/24");
        floating = alice.makeId("floatingips", "{\"floatingip\": {\"floating_network_id\": \"%s\"}}".formatted(outer));
        address = alice.get("floatingips/" + floating)
                .at("/floatingip/floating_ip_address")
                .asString();
    }

    @Test
    void anOperatorSeesItAndItsOwnerDoesNot() {
        JsonNode ports = operator.get("ports?network_id=" + outer).path("ports");

        assertThat(ports).hasSize(1);
        JsonNode port = ports.get(0);
        assertThat(port.path("device_owner").asString()).isEqualTo("network:floatingip");
        assertThat(port.path("device_id").asString()).isEqualTo(floating);
        assertThat(port.path("project_id").asString()).isEmpty();
        assertThat(port.path("status").asString()).isEqualTo("N/A");
        assertThat(port.at("/fixed_ips/0/ip_address").asString()).isEqualTo(address);
        assertThat(port.path("security_groups")).isEmpty();
        assertThat(texts(operator.get("ports?status=N/A&network_id=" + outer).path("ports"), "device_id"))
                .containsExactly(floating);
        assertThat(operator.get("ports?status=DOWN&network_id=" + outer).path("ports"))
                .isEmpty();
        assertThat(alice.get("ports?network_id=" + outer).path("ports")).isEmpty();
        alice.send("GET", "ports/" + port.path("id").asString(), null, 404);
    }

    @Test
    void itGoesWithTheAddressAndNotAlone() {
        String port = port();

        operator.refused("DELETE", "ports/" + port, null, 409, "ServicePortInUse");
        operator.refused("PUT", "ports/" + port, "{\"port\": {\"fixed_ips\": []}}", 409, "ServicePortInUse");
        operator.refused("PUT", "ports/" + port, "{\"port\": {\"device_id\": \"x\"}}", 409, "PortInUse");
        assertThat(operator.get("ports/" + port)
                        .at("/port/fixed_ips/0/ip_address")
                        .asString())
                .isEqualTo(address);

        alice.delete("floatingips/" + floating);

        operator.send("GET", "ports/" + port, null, 404);
        assertThat(operator.get("network-ip-availabilities/" + outer)
                        .at("/network_ip_availability/used_ips")
                        .asInt())
                .isZero();
    }

    @Test
    void itDoesNotKeepAnOuterNetwork() {
        String port = port();

        operator.delete("networks/" + outer);

        operator.send("GET", "ports/" + port, null, 404);
        alice.send("GET", "floatingips/" + floating, null, 404);
    }

    @Test
    void anAddressThatNoPortHasIsFree() {
        assertThat(texts(
                        operator.get("ports?fixed_ips=ip_address=" + address + "&network_id=" + outer)
                                .path("ports"),
                        "network_id"))
                .containsExactly(outer);
        operator.refused(
                "POST",
                "floatingips",
                "{\"floatingip\": {\"floating_network_id\": \"%s\", \"floating_ip_address\": \"%s\"}}"
                        .formatted(outer, address),
                409,
                "IpAddressAlreadyAllocated");
        operator.makeId(
                "floatingips",
                "{\"floatingip\": {\"floating_network_id\": \"%s\", \"floating_ip_address\": \"203.0.113.200\"}}"
                        .formatted(outer));
    }

    private String port() {
        return operator.get("ports?device_id=" + floating).at("/ports/0/id").asString();
    }
}
