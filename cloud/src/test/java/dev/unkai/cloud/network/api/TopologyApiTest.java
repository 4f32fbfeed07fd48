package dev.unkai.cloud.network.api;

import static dev.unkai.cloud.network.api.NetworkSite.texts;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The picture of a project's networks, and how full they are. */
class TopologyApiTest {
    private final NetworkSite alice = NetworkSite.project();
    private final NetworkSite bob = NetworkSite.project();
    private final NetworkSite operator = NetworkSite.operator();

    @Test
    void oneDocumentHoldsWhatIsNeededToDrawTheProjectAndNothingOfOthers() {
        String network = alice.network();
        String subnet = alice.subnet(network, "10.1.0.0/24");
        String outside = alice.get("networks?router:external=true&name=public")
                .at("/networks/0/id")
                .asString();
        String router = alice.makeId(
                "routers", "{\"router\": {\"external_gateway_info\": {\"network_id\": \"%s\"}}}".formatted(outside));
        alice.send(
                "PUT", "routers/" + router + "/add_router_interface", "{\"subnet_id\": \"%s\"}".formatted(subnet), 200);
        String port = alice.makeId("ports", "{\"port\": {\"network_id\": \"%s\"}}".formatted(network));
        String floating = alice.makeId(
                "floatingips",
                "{\"floatingip\": {\"floating_network_id\": \"%s\", \"port_id\": \"%s\"}}".formatted(outside, port));

        JsonNode picture = alice.service("/service/v1/topology");
        assertThat(texts(picture.path("networks"), "id")).contains(network, outside);
        assertThat(texts(picture.path("subnets"), "id")).contains(subnet);
        assertThat(picture.at("/routers/0/externalNetworkId").asString()).isEqualTo(outside);
        assertThat(picture.at("/routers/0/externalAddresses").size()).isEqualTo(1);
        assertThat(texts(picture.path("ports"), "routerId")).contains(router);
        assertThat(picture.at("/floatingAddresses/0/id").asString()).isEqualTo(floating);
        assertThat(picture.at("/floatingAddresses/0/portId").asString()).isEqualTo(port);
        assertThat(picture.path("servers").isArray()).isTrue();

        String others = bob.service("/service/v1/topology").toString();
        assertThat(others).doesNotContain(network).doesNotContain(router).doesNotContain(floating);
        alice.send("PUT", "floatingips/" + floating, "{\"floatingip\": {\"port_id\": null}}", 200);
        alice.delete("floatingips/" + floating);
    }

    @Test
    void operatorsSeeHowFullNetworksAre() {
        String network = alice.network();
        alice.subnet(network, "10.1.0.0/29");
        alice.subnet(network, "fd00:1::/64");
        alice.make("ports", "{\"port\": {\"network_id\": \"%s\"}}".formatted(network));
        alice.send("GET", "network-ip-availabilities", null, 403);

        JsonNode seen = operator.get("network-ip-availabilities/" + network).path("network_ip_availability");
        assertThat(seen.path("used_ips").asInt()).isEqualTo(2);
        assertThat(seen.at("/subnet_ip_availability/0/total_ips").asInt()).isEqualTo(5);
        assertThat(seen.path("total_ips").asString()).isEqualTo("18446744073709551619");
        assertThat(texts(
                        operator.get("network-ip-availabilities?network_id=" + network)
                                .path("network_ip_availabilities"),
                        "network_id"))
                .containsExactly(network);
    }
}
