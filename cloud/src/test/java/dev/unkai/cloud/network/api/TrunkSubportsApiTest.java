package dev.unkai.cloud.network.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How requests say which tag a subport has. */
class TrunkSubportsApiTest {
    private static final String TRUNK = "{\"trunk\": {\"port_id\": \"%s\", \"sub_ports\": [%s]}}";

    private final NetworkSite alice = NetworkSite.project();
    private final NetworkSite operator = NetworkSite.operator();
    private final String network = alice.network();

    @Test
    void aTagIsSaidWithItsTypeAndWithinItsRange() {
        String parent = port(alice, network);
        String child = port(alice, network);
        String empty = alice.makeId("trunks", TRUNK.formatted(parent, ""));
        for (String less : new String[] {"", ", \"segmentation_id\": 3", ", \"segmentation_type\": \"vlan\""}) {
            String subport = "{\"port_id\": \"%s\"%s}".formatted(child, less);
            alice.refused("POST", "trunks", TRUNK.formatted(child, subport), 400, "HTTPBadRequest");
            assertThat(add(empty, subport)).contains("missing segmentation information");
        }
        String tagged = "{\"port_id\": \"%s\", \"segmentation_type\": \"%s\", \"segmentation_id\": %s}";
        assertThat(add(empty, tagged.formatted(child, "geneve", "3"))).contains("Unknown segmentation_type 'geneve'");
        assertThat(add(empty, tagged.formatted(child, "vlan", "4095"))).contains("'4095' is not in range");
        assertThat(add(empty, tagged.formatted(child, "vlan", "\"x\""))).contains("'x' is not an integer");
        alice.send("PUT", "trunks/" + empty + "/add_subports", subports(tagged.formatted(child, "vlan", "\"7\"")), 200);
        alice.delete("trunks/" + empty);
    }

    @Test
    void aSubportInheritsTheTagThatItsNetworkHasOutside() {
        JsonNode vlan = operator.make("networks", """
                {"network": {"provider:network_type": "vlan", "provider:physical_network": "provider", "provider:segmentation_id": 77}}""");
        String outside = vlan.path("id").asString();
        String inherits = "{\"port_id\": \"%s\", \"segmentation_type\": \"inherit\"}";
        String child = port(operator, outside);
        JsonNode trunk = operator.make("trunks", TRUNK.formatted(port(operator, outside), inherits.formatted(child)));
        assertThat(trunk.at("/sub_ports/0").toString())
                .isEqualTo(
                        "{\"port_id\":\"%s\",\"segmentation_type\":\"vlan\",\"segmentation_id\":77}".formatted(child));
        String second = port(operator, outside);
        operator.refused(
                "PUT",
                "trunks/" + trunk.path("id").asString() + "/add_subports",
                subports(inherits.formatted(second)),
                409,
                "DuplicateSubPort");
        String untagged = alice.makeId("trunks", TRUNK.formatted(port(alice, network), ""));
        assertThat(add(untagged, inherits.formatted(port(alice, network))))
                .contains("Unknown segmentation_type 'geneve'");
    }

    private String add(String trunk, String subport) {
        return alice.refused("PUT", "trunks/" + trunk + "/add_subports", subports(subport), 400, "InvalidInput");
    }

    private static String subports(String subport) {
        return "{\"sub_ports\": [" + subport + "]}";
    }

    private static String port(NetworkSite site, String network) {
        return site.makeId("ports", "{\"port\": {\"network_id\": \"%s\"}}".formatted(network));
    }
}
