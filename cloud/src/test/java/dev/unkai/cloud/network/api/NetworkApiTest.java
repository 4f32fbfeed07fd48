package dev.unkai.cloud.network.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RunningCloud;
import dev.unkai.cloud.RunningCloud.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The Network API over HTTP, with a real database behind it. */
class NetworkApiTest {
    private static RunningCloud cloud;

    private final String project = "project-" + UUID.randomUUID();
    private final String token = cloud.token(project, "member", "reader");

    @BeforeAll
    static void start() {
        cloud = RunningCloud.start();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void aNetworkLooksAsClientsExpectAndHidesHowItIsCarried() {
        JsonNode network =
                post("networks", "{\"network\": {\"name\": \"web\"}}").path("network");

        assertThat(network.path("name").asString()).isEqualTo("web");
        assertThat(network.path("status").asString()).isEqualTo("ACTIVE");
        assertThat(network.path("mtu").asInt()).isEqualTo(1442);
        assertThat(network.path("project_id").asString()).isEqualTo(project);
        assertThat(network.path("tenant_id").asString()).isEqualTo(project);
        assertThat(network.path("router:external").asBoolean(true)).isFalse();
        assertThat(network.path("revision_number").asInt()).isEqualTo(1);
        assertThat(network.path("created_at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(network.has("provider:segmentation_id")).isFalse();
        String operator = cloud.token("operator", "admin");
        JsonNode whole =
                send(operator, "GET", "networks/" + id(network), null, 200).path("network");
        assertThat(whole.path("provider:network_type").asString()).isEqualTo("geneve");
        assertThat(whole.path("provider:segmentation_id").asInt()).isGreaterThanOrEqualTo(65_536);
    }

    @Test
    void aWholeProjectNetworkCanBeBuiltUsedAndTakenDown() {
        String network =
                id(post("networks", "{\"network\": {\"name\": \"web\"}}").path("network"));
        JsonNode subnet = post("subnets", """
                        {"subnet": {"network_id": "%s", "cidr": "10.9.0.0/24", "ip_version": 4, "dns_nameservers": ["203.0.113.53"]}}""".formatted(network)).path("subnet");
        assertThat(subnet.path("gateway_ip").asString()).isEqualTo("10.9.0.1");
        assertThat(subnet.at("/allocation_pools/0/start").asString()).isEqualTo("10.9.0.2");
        assertThat(subnet.at("/allocation_pools/0/end").asString()).isEqualTo("10.9.0.254");
        String outside =
                get("networks?router:external=true").at("/networks/0/id").asString();
        JsonNode router = post(
                        "routers",
                        "{\"router\": {\"name\": \"r\", \"external_gateway_info\": {\"network_id\": \"%s\"}}}"
                                .formatted(outside))
                .path("router");
        assertThat(router.at("/external_gateway_info/external_fixed_ips/0/ip_address")
                        .asString())
                .startsWith("203.0.113.");
        JsonNode leg = send(
                token,
                "PUT",
                "routers/" + id(router) + "/add_router_interface",
                "{\"subnet_id\": \"%s\"}".formatted(id(subnet)),
                200);
        assertThat(leg.path("subnet_id").asString()).isEqualTo(id(subnet));
        JsonNode port = post("ports", "{\"port\": {\"network_id\": \"%s\"}}".formatted(network))
                .path("port");
        assertThat(port.at("/fixed_ips/0/ip_address").asString()).isEqualTo("10.9.0.2");
        assertThat(port.path("security_groups").size()).isEqualTo(1);
        assertThat(port.has("binding:host_id")).isFalse();
        JsonNode floating = post(
                        "floatingips",
                        "{\"floatingip\": {\"floating_network_id\": \"%s\", \"port_id\": \"%s\"}}"
                                .formatted(outside, id(port)))
                .path("floatingip");
        assertThat(floating.path("fixed_ip_address").asString()).isEqualTo("10.9.0.2");
        assertThat(floating.path("router_id").asString()).isEqualTo(id(router));
        assertThat(floating.path("status").asString()).isEqualTo("ACTIVE");

        assertRefused("DELETE", "networks/" + network, null, 409, "NetworkInUse");
        assertRefused("DELETE", "subnets/" + id(subnet), null, 409, "SubnetInUse");
        assertRefused("DELETE", "routers/" + id(router), null, 409, "RouterInUse");
        assertRefused("DELETE", "ports/" + leg.path("port_id").asString(), null, 409, "ServicePortInUse");
        assertRefused(
                "PUT",
                "routers/" + id(router) + "/remove_router_interface",
                "{\"subnet_id\": \"%s\"}".formatted(id(subnet)),
                409,
                "RouterInterfaceInUseByFloatingIP");
        assertRefused(
                "DELETE",
                "security-groups/" + port.at("/security_groups/0").asString(),
                null,
                409,
                "SecurityGroupCannotRemoveDefault");

        JsonNode freed =
                send(token, "PUT", "floatingips/" + id(floating), "{\"floatingip\": {\"port_id\": null}}", 200);
        assertThat(freed.at("/floatingip/port_id").isNull()).isTrue();
        assertThat(freed.at("/floatingip/status").asString()).isEqualTo("DOWN");
        send(token, "DELETE", "floatingips/" + id(floating), null, 204);
        send(token, "DELETE", "ports/" + id(port), null, 204);
        send(
                token,
                "PUT",
                "routers/" + id(router) + "/remove_router_interface",
                "{\"subnet_id\": \"%s\"}".formatted(id(subnet)),
                200);
        send(token, "DELETE", "routers/" + id(router), null, 204);
        send(token, "DELETE", "subnets/" + id(subnet), null, 204);
        send(token, "DELETE", "networks/" + network, null, 204);
        assertThat(get("networks?project_id=" + project).path("networks").size())
                .isZero();
    }

    @Test
    void everyProjectHasADefaultGroupThatIsOpenOutwardsAndClosedInwards() {
        JsonNode groups = get("security-groups").path("security_groups");

        assertThat(groups.size()).isEqualTo(1);
        JsonNode group = groups.get(0);
        assertThat(group.path("name").asString()).isEqualTo("default");
        List<String> rules = new ArrayList<>();
        for (JsonNode rule : group.path("security_group_rules")) {
            String remote = rule.path("remote_group_id").asString("").equals(id(group)) ? "self" : "any";
            rules.add(rule.path("direction").asString() + " "
                    + rule.path("ethertype").asString() + " " + remote);
        }
        assertThat(rules)
                .containsExactlyInAnyOrder(
                        "egress IPv4 any", "egress IPv6 any", "ingress IPv4 self", "ingress IPv6 self");
    }

    @Test
    void rulesAreCheckedAndNeverDoubled() {
        String group = id(post("security-groups", "{\"security_group\": {\"name\": \"web\"}}")
                .path("security_group"));
        String ssh = """
                {"security_group_rule": {"security_group_id": "%s", "direction": "ingress", "protocol": "tcp",
                 "port_range_min": 22, "port_range_max": "22", "remote_ip_prefix": "198.51.100.7/24"}}""".formatted(group);
        JsonNode rule = post("security-group-rules", ssh).path("security_group_rule");
        assertThat(rule.path("remote_ip_prefix").asString()).isEqualTo("198.51.100.7/24");
        assertThat(rule.path("normalized_cidr").asString()).isEqualTo("198.51.100.0/24");
        assertRefused("POST", "security-group-rules", ssh, 409, "SecurityGroupRuleExists");
        assertRefused(
                "POST",
                "security-group-rules",
                "{\"security_group_rule\": {\"security_group_id\": \"%s\", \"direction\": \"ingress\", \"protocol\": \"tcp\", \"port_range_min\": 90, \"port_range_max\": 80}}"
                        .formatted(group),
                400,
                "SecurityGroupInvalidPortRange");
        assertRefused(
                "POST",
                "security-group-rules",
                "{\"security_group_rule\": {\"security_group_id\": \"%s\", \"direction\": \"ingress\", \"protocol\": \"nonsense\"}}"
                        .formatted(group),
                400,
                "SecurityGroupRuleInvalidProtocol");
        send(token, "DELETE", "security-group-rules/" + id(rule), null, 204);
        send(token, "DELETE", "security-groups/" + group, null, 204);
    }

    @Test
    void listsAreFilteredSortedChosenAndPaged() {
        for (String name : List.of("b", "a", "c")) {
            post("networks", "{\"network\": {\"name\": \"%s\"}}".formatted(name));
        }
        JsonNode first =
                get("networks?project_id=" + project + "&limit=2&sort_key=name&sort_dir=asc&fields=name&fields=id");
        assertThat(names(first)).containsExactly("a", "b");
        assertThat(first.at("/networks/0").size()).isEqualTo(2);
        String next = first.at("/networks_links/0/href").asString();
        assertThat(first.at("/networks_links/0/rel").asString()).isEqualTo("next");
        assertThat(next).startsWith("https://cloud.example/network/v2.0/networks?");
        JsonNode second = get(next.substring(next.indexOf("networks?")));
        assertThat(names(second)).containsExactly("c");
        assertThat(second.at("/networks_links/0/rel").asString()).isEqualTo("previous");
        assertThat(names(get("networks?name=a&name=c&sort_key=name&sort_dir=desc")))
                .containsExactly("c", "a");
        assertThat(names(get("networks?name=nobody"))).isEmpty();
        assertThat(names(get("networks?id=not-a-uuid"))).isEmpty();
        assertRefused("GET", "networks?colour=blue", null, 400, "HTTPBadRequest");
        assertRefused("GET", "networks?limit=-1", null, 400, "HTTPBadRequest");
    }

    @Test
    void tagsAreKeptAndFound() {
        String network =
                id(post("networks", "{\"network\": {\"name\": \"tagged\"}}").path("network"));
        send(token, "PUT", "networks/" + network + "/tags", "{\"tags\": [\"red\", \"blue\"]}", 200);
        send(token, "DELETE", "networks/" + network + "/tags/blue", null, 204);

        assertThat(names(get("networks?tags=red"))).containsExactly("tagged");
        assertThat(names(get("networks?tags=blue"))).isEmpty();
    }

    @Test
    void quotasHoldAndAreSetByOperatorsOnly() {
        String operator = cloud.token("operator", "admin");
        assertThat(get("quotas/" + project).at("/quota/network").asInt()).isEqualTo(100);
        assertThat(cloud.send(token, "PUT", "/network/v2.0/quotas/" + project, "{\"quota\": {\"network\": 9}}")
                        .status())
                .isEqualTo(403);
        send(operator, "PUT", "quotas/" + project, "{\"quota\": {\"network\": 1}}", 200);
        post("networks", "{\"network\": {\"name\": \"one\"}}");
        assertRefused("POST", "networks", "{\"network\": {\"name\": \"two\"}}", 409, "OverQuota");
        assertThat(get("quotas/" + project + "/details")
                        .at("/quota/network/used")
                        .asInt())
                .isEqualTo(1);
        send(operator, "DELETE", "quotas/" + project, null, 204);
        post("networks", "{\"network\": {\"name\": \"two\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "networks|{}",
                "networks|{\"network\": 7}",
                "networks|{\"network\": {\"name\": 7}}",
                "networks|{\"network\": {\"name\": \"x\\u0000\"}}",
                "networks|{\"network\": {\"mtu\": -1}}",
                "networks|{\"network\": {\"mtu\": 99999999999999999999}}",
                "networks|{\"network\": {\"admin_state_up\": \"maybe\"}}",
                "networks|{\"network\": {\"colour\": \"blue\"}}",
                "subnets|{\"subnet\": {\"cidr\": \"10.0.0.0/24\"}}",
                "subnets|{\"subnet\": {\"network_id\": \"NET\", \"cidr\": \"10.0.0.0/33\"}}",
                "subnets|{\"subnet\": {\"network_id\": \"NET\", \"cidr\": \"nonsense\"}}",
                "subnets|{\"subnet\": {\"network_id\": \"NET\", \"cidr\": \"0.0.0.0/0\"}}",
                "subnets|{\"subnet\": {\"network_id\": \"NET\", \"cidr\": \"10.0.0.0/24\", \"ip_version\": 6}}",
                "subnets|{\"subnet\": {\"network_id\": \"NET\", \"cidr\": \"10.0.0.0/24\", \"gateway_ip\": \"10.0.1.1\"}}",
                "subnets|{\"subnet\": {\"network_id\": \"NET\", \"cidr\": \"10.0.0.0/24\", \"allocation_pools\": [{\"start\": \"10.0.0.9\", \"end\": \"10.0.0.8\"}]}}",
                "subnets|{\"subnet\": {\"network_id\": \"NET\", \"cidr\": \"10.0.0.0/24\", \"dns_nameservers\": \"8.8.8.8\"}}",
                "subnets|{\"subnet\": {\"network_id\": \"NET\", \"cidr\": \"fd00::/60\", \"ip_version\": 6, \"ipv6_address_mode\": \"slaac\"}}",
                "ports|{\"port\": {}}",
                "ports|{\"port\": {\"network_id\": \"1\"}}",
                "ports|{\"port\": {\"network_id\": \"NET\", \"mac_address\": \"01:00:5e:00:00:01\"}}",
                "ports|{\"port\": {\"network_id\": \"NET\", \"fixed_ips\": [{\"ip_address\": \"10.77.0.1\"}]}}",
                "ports|{\"port\": {\"network_id\": \"NET\", \"fixed_ips\": 3}}",
                "ports|{\"port\": {\"network_id\": \"NET\", \"allowed_address_pairs\": [{}]}}",
                "floatingips|{\"floatingip\": {\"floating_network_id\": \"NET\"}}",
                "routers|{\"router\": {\"external_gateway_info\": {\"network_id\": \"NET\"}}}",
                "routers|[]",
                "routers|{\"router\": "
            })
    void badInputIsRefusedWithASentenceAndChangesNothing(String collection, String body) {
        String network =
                id(post("networks", "{\"network\": {\"name\": \"mine\"}}").path("network"));
        String before = get("subnets").toString() + get("ports") + get("routers") + get("floatingips");

        Answer answer = cloud.send(token, "POST", "/network/v2.0/" + collection, body.replace("NET", network));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().at("/NeutronError/message").asString()).hasSizeGreaterThan(10);
        assertThat(answer.text())
                .doesNotContain("Exception")
                .doesNotContain("org.")
                .doesNotContain("SQL");
        assertThat(get("subnets").toString() + get("ports") + get("routers") + get("floatingips"))
                .isEqualTo(before);
    }

    @Test
    void aTooLongNameIsRefused() {
        Answer answer = cloud.send(
                token,
                "POST",
                "/network/v2.0/networks",
                "{\"network\": {\"name\": \"%s\"}}".formatted("x".repeat(256)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/NeutronError/message").asString()).contains("255");
    }

    @Test
    void whatOnlyOperatorsMayDoIsRefusedToOthers() {
        assertThat(cloud.send(token, "POST", "/network/v2.0/networks", "{\"network\": {\"shared\": true}}")
                        .status())
                .isEqualTo(403);
        assertThat(cloud.send(token, "POST", "/network/v2.0/networks", "{\"network\": {\"project_id\": \"other\"}}")
                        .status())
                .isEqualTo(400);
        String outside =
                get("networks?router:external=true").at("/networks/0/id").asString();
        assertThat(cloud.send(token, "DELETE", "/network/v2.0/networks/" + outside, null)
                        .status())
                .isEqualTo(403);
        assertThat(cloud.send(
                                token,
                                "POST",
                                "/network/v2.0/ports",
                                "{\"port\": {\"network_id\": \"%s\"}}".formatted(outside))
                        .status())
                .isEqualTo(403);
    }

    private static List<String> names(JsonNode page) {
        List<String> names = new ArrayList<>();
        page.path("networks").forEach(network -> names.add(network.path("name").asString()));
        return names;
    }

    private static String id(JsonNode resource) {
        return resource.path("id").asString();
    }

    private JsonNode get(String path) {
        return send(token, "GET", path, null, 200);
    }

    private JsonNode post(String path, String body) {
        return send(token, "POST", path, body, 201);
    }

    private void assertRefused(String method, String path, String body, int status, String type) {
        JsonNode answer = send(token, method, path, body, status);
        assertThat(answer.at("/NeutronError/type").asString())
                .as(answer.toString())
                .isEqualTo(type);
        assertThat(answer.at("/NeutronError/message").asString()).isNotEmpty();
    }

    private static JsonNode send(String token, String method, String path, String body, int expected) {
        Answer answer = cloud.send(token, method, "/network/v2.0/" + path, body);
        assertThat(answer.status()).as("%s %s: %s", method, path, answer.text()).isEqualTo(expected);
        return answer.text().isEmpty() ? RunningCloud.JSON.createObjectNode() : answer.json();
    }
}
