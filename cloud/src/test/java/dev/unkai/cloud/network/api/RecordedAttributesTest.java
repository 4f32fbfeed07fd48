package dev.unkai.cloud.network.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RunningCloud;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every resource of the Network API shows, and is filtered and sorted by, what was recorded from the reference. */
class RecordedAttributesTest {
    private static final NetworkSite OPERATOR = NetworkSite.operator();
    private static JsonNode recorded;
    private static Map<String, String> addresses;

    /** What is shown beside: always empty, for clients that were made for larger installations. */
    private static final Map<String, Set<String>> BESIDE = Map.of(
            "address_groups", Set.of("tags"),
            "floatingips", Set.of("port_forwardings"),
            "routers", Set.of("distributed", "flavor_id", "ha"),
            "security_group_rules", Set.of("tags"),
            "subnets", Set.of("segment_id"));

    @BeforeAll
    static void makeOneOfEach() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(RecordedAttributesTest.class.getResourceAsStream("/network/attributes.json"))) {
            recorded = RunningCloud.JSON.readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        addresses = Map.of(
                "policies", "qos/policies",
                "logs", "log/logs",
                "security_groups", "security-groups",
                "security_group_rules", "security-group-rules",
                "address_groups", "address-groups",
                "address_scopes", "address-scopes",
                "rbac_policies", "rbac-policies");
        String outer = OPERATOR.makeId("networks", "{\"network\": {\"router:external\": true}}");
        OPERATOR.subnet(outer, "203.0.113.0/24");
        String network = OPERATOR.network();
        OPERATOR.subnet(network, "10.61.0.0/24");
        String parent = OPERATOR.makeId("ports", "{\"port\": {\"network_id\": \"%s\"}}".formatted(network));
        OPERATOR.makeId("trunks", "{\"trunk\": {\"port_id\": \"%s\"}}".formatted(parent));
        OPERATOR.makeId("ports", "{\"port\": {\"network_id\": \"%s\"}}".formatted(network));
        OPERATOR.makeId("subnetpools", "{\"subnetpool\": {\"name\": \"p\", \"prefixes\": [\"10.62.0.0/16\"]}}");
        OPERATOR.makeId("address-scopes", "{\"address_scope\": {\"name\": \"s\", \"ip_version\": 4}}");
        OPERATOR.makeId("routers", "{\"router\": {\"name\": \"r\"}}");
        OPERATOR.makeId("floatingips", "{\"floatingip\": {\"floating_network_id\": \"%s\"}}".formatted(outer));
        OPERATOR.makeId("qos/policies", "{\"policy\": {\"name\": \"p\"}}");
        String group = OPERATOR.makeId("security-groups", "{\"security_group\": {\"name\": \"g\"}}");
        OPERATOR.makeId("address-groups", "{\"address_group\": {\"name\": \"a\", \"addresses\": [\"10.0.0.0/8\"]}}");
        OPERATOR.makeId(
                "log/logs",
                "{\"log\": {\"name\": \"l\", \"resource_type\": \"security_group\", \"resource_id\": \"%s\"}}"
                        .formatted(group));
        OPERATOR.makeId("rbac-policies", """
                {"rbac_policy": {"object_type": "network", "object_id": "%s", "action": "access_as_shared", "target_tenant": "t"}}""".formatted(network));
    }

    static List<String> collections() {
        return recorded.propertyNames().stream()
                .filter(name -> !name.equals("about"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("collections")
    void theyAreShownFilteredAndSorted(String collection) {
        String address = addresses.getOrDefault(collection, collection);
        JsonNode known = recorded.path(collection);
        Set<String> expected = new TreeSet<>(names(known.path("shown")));
        expected.addAll(BESIDE.getOrDefault(collection, Set.of()));

        JsonNode last = null;
        for (JsonNode one : OPERATOR.get(address).path(collection)) {
            last = one;
        }
        assertThat(last).isNotNull();
        assertThat(new TreeSet<>(last.propertyNames())).isEqualTo(expected);
        for (String name : names(known.path("filters"))) {
            String value = name.equals("fixed_ips") ? "ip_address=10.0.0.1" : "1";
            OPERATOR.send("GET", address + "?" + name + "=" + value, null, 200);
        }
        assertThat(OPERATOR.refused("GET", address + "?strange=1", null, 400, "HTTPBadRequest"))
                .contains("['strange'] is invalid attribute for filtering");
        for (String name : names(known.path("sorts"))) {
            OPERATOR.send("GET", address + "?limit=2&sort_dir=desc&sort_key=" + name, null, 200);
        }
        OPERATOR.get(address + "?fields=id")
                .path(collection)
                .forEach(one -> assertThat(one.propertyNames()).containsExactly("id"));
    }

    private static List<String> names(JsonNode texts) {
        List<String> names = new ArrayList<>();
        texts.forEach(text -> names.add(text.asString()));
        return names;
    }
}
