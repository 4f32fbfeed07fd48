package dev.unkai.cloud.network.api;

import static dev.unkai.cloud.network.api.NetworkSite.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Requests that the reference's own interface tests make and few others do. */
class OddRequestsApiTest {
    private final NetworkSite operator = NetworkSite.operator();

    @Test
    void aProjectNamedTwiceMustBeTheSame() {
        String message = operator.refused(
                "POST",
                "networks",
                "{\"network\": {\"project_id\": \"one\", \"tenant_id\": \"other\"}}",
                400,
                "HTTPBadRequest");

        assertThat(message).isEqualTo("'project_id' and 'tenant_id' do not match");
        assertThat(operator.make("networks", "{\"network\": {\"project_id\": \"one\", \"tenant_id\": \"one\"}}")
                        .path("project_id")
                        .asString())
                .isEqualTo("one");
    }

    @Test
    void aRouterMayHaveItsGatewayOnAnOuterNetworkThatHasNoSubnetYet() {
        String outer = operator.makeId("networks", "{\"network\": {\"router:external\": true}}");

        JsonNode router = operator.make(
                "routers", "{\"router\": {\"external_gateway_info\": {\"network_id\": \"%s\"}}}".formatted(outer));

        assertThat(router.at("/external_gateway_info/network_id").asString()).isEqualTo(outer);
        assertThat(router.at("/external_gateway_info/external_fixed_ips")).isEmpty();
        operator.delete("routers/" + router.path("id").asString());
        operator.delete("networks/" + outer);
    }

    @Test
    void anAgentThatIsNotThereCannotBeDeleted() {
        operator.refused("DELETE", "agents/" + UUID.randomUUID(), null, 404, "AgentNotFound");
    }

    @Test
    void anEmptyChangeOfAFloatingAddressTakesItsPortAway() {
        String outer = operator.makeId("networks", "{\"network\": {\"router:external\": true}}");
        operator.subnet(outer, "203.0.113.0/24");
        String network = operator.network();
        String subnet = operator.subnet(network, "10.7.0.0/24");
        String router = operator.makeId(
                "routers", "{\"router\": {\"external_gateway_info\": {\"network_id\": \"%s\"}}}".formatted(outer));
        operator.put("routers/" + router + "/add_router_interface", "{\"subnet_id\": \"%s\"}".formatted(subnet));
        String port = operator.makeId("ports", "{\"port\": {\"network_id\": \"%s\"}}".formatted(network));
        String floating = operator.makeId(
                "floatingips",
                "{\"floatingip\": {\"floating_network_id\": \"%s\", \"port_id\": \"%s\"}}".formatted(outer, port));

        JsonNode kept = operator.put("floatingips/" + floating, "{\"floatingip\": {\"description\": \"d\"}}");
        JsonNode freed = operator.put("floatingips/" + floating, "{\"floatingip\": {}}");

        assertThat(kept.path("port_id").asString()).isEqualTo(port);
        assertThat(freed.get("port_id").isNull()).isTrue();
        assertThat(freed.get("fixed_ip_address").isNull()).isTrue();
    }

    @Test
    void aRouterHasOneLegForAllIpv6PrefixesOfANetwork() {
        String network = operator.network();
        String router = operator.makeId("routers", "{\"router\": {}}");
        String first = prefix(network, "2001:db8:7::/64");
        String second = prefix(network, "2001:db8:8::/64");
        String old = operator.subnet(network, "10.7.0.0/24");
        for (String subnet : List.of(first, second, old)) {
            JsonNode answer = operator.send("PUT", "routers/" + router + "/add_router_interface", leg(subnet), 200);
            assertThat(answer.path("subnet_id").asString()).isEqualTo(subnet);
        }
        assertThat(operator.get("ports?device_id=" + router).path("ports")).hasSize(2);

        JsonNode shared = operator.get("ports?device_id=" + router + "&fixed_ips=subnet_id=" + second)
                .at("/ports/0");
        assertThat(texts(shared.path("fixed_ips"), "subnet_id")).containsExactly(first, second);

        operator.send("PUT", "routers/" + router + "/remove_router_interface", leg(first), 200);
        assertThat(texts(operator.get("ports/" + shared.path("id").asString()).at("/port/fixed_ips"), "subnet_id"))
                .containsExactly(second);
        operator.delete("subnets/" + first);
        operator.send("PUT", "routers/" + router + "/remove_router_interface", leg(second), 200);
        operator.send("GET", "ports/" + shared.path("id").asString(), null, 404);
    }

    private String prefix(String network, String cidr) {
        return operator.makeId("subnets", """
                {"subnet": {"network_id": "%s", "cidr": "%s", "ip_version": 6, "ipv6_ra_mode": "slaac",
                 "ipv6_address_mode": "slaac"}}""".formatted(network, cidr));
    }

    private static String leg(String subnet) {
        return "{\"subnet_id\": \"%s\"}".formatted(subnet);
    }

    @Test
    void portsComeWithTagsAloneOrSeveralAtOnce() {
        String network = operator.network();
        String one = operator.makeId(
                "ports", "{\"port\": {\"network_id\": \"%s\", \"tags\": [\"b\", \"a\"]}}".formatted(network));
        JsonNode several = operator.send(
                "POST",
                "ports",
                "{\"ports\": [{\"network_id\": \"%s\", \"tags\": [\"a\"]}, {\"network_id\": \"%s\"}]}"
                        .formatted(network, network),
                201);

        assertThat(operator.get("ports/" + one).at("/port/tags").toString()).isEqualTo("[\"b\",\"a\"]");
        assertThat(several.at("/ports/0/tags").toString()).isEqualTo("[\"a\"]");
        assertThat(several.at("/ports/1/tags")).isEmpty();
        operator.refused(
                "POST",
                "ports",
                "{\"port\": {\"network_id\": \"%s\", \"tags\": [\"a,b\"]}}".formatted(network),
                400,
                "HTTPBadRequest");
        operator.refused("PUT", "ports/" + one, "{\"port\": {\"tags\": [\"c\"]}}", 400, "HTTPBadRequest");
    }

    @Test
    void anOperatorGivesAPortAFreshHardwareAddress() {
        NetworkSite customer = NetworkSite.project();
        String port = customer.makeId("ports", "{\"port\": {\"network_id\": \"%s\"}}".formatted(customer.network()));
        String before = operator.get("ports/" + port).at("/port/mac_address").asString();

        JsonNode changed = operator.put("ports/" + port, "{\"port\": {\"mac_address\": null}}");

        assertThat(changed.path("mac_address").asString()).isNotEqualTo(before).matches("fa:16:3e(:[0-9a-f]{2}){3}");
        customer.refused("PUT", "ports/" + port, "{\"port\": {\"mac_address\": null}}", 403, "PolicyNotAuthorized");
    }

    @Test
    void whoMayUseANetworkCountsAsAChangeOfIt() {
        String network = operator.network();
        long before = revision(network);

        String policy = operator.makeId("rbac-policies", """
                {"rbac_policy": {"object_type": "network", "object_id": "%s", "action": "access_as_shared",
                                 "target_tenant": "another"}}""".formatted(network));
        long shared = revision(network);
        operator.delete("rbac-policies/" + policy);

        assertThat(shared).isGreaterThan(before);
        assertThat(revision(network)).isGreaterThan(shared);
    }

    @Test
    void aChangeOfASubnetCountsAsOneOfItsNetwork() {
        String network = operator.network();
        String subnet = operator.subnet(network, "10.8.0.0/24");
        long before = revision(network);

        operator.put("subnets/" + subnet, "{\"subnet\": {\"name\": \"renamed\"}}");
        long renamed = revision(network);
        operator.delete("subnets/" + subnet);

        assertThat(renamed).isGreaterThan(before);
        assertThat(revision(network)).isGreaterThan(renamed);
    }

    @Test
    void aLegThatComesOrGoesIsAChangeOfItsRouter() {
        String subnet = operator.subnet(operator.network(), "10.9.0.0/24");
        JsonNode made = operator.make("routers", "{\"router\": {\"name\": \"r\"}}");
        String router = "routers/" + made.path("id").asString();
        String leg = "{\"subnet_id\": \"%s\"}".formatted(subnet);

        operator.put(router + "/add_router_interface", leg);
        long with = operator.get(router).at("/router/revision_number").asLong();
        operator.put(router + "/remove_router_interface", leg);

        assertThat(with).isGreaterThan(made.path("revision_number").asLong());
        assertThat(operator.get(router).at("/router/revision_number").asLong()).isGreaterThan(with);
    }

    @Test
    void aGroupNeedsRoomForTheRulesThatItComesWith() {
        NetworkSite alice = NetworkSite.project();
        operator.put("quotas/" + alice.id(), "{\"quota\": {\"security_group_rule\": 1}}");

        assertThat(alice.refused(
                        "POST", "security-groups", "{\"security_group\": {\"name\": \"g\"}}", 409, "OverQuota"))
                .contains("security_group_rule");
    }

    @Test
    void anOuterNetworkThatOnlyOneProjectUsesMayBeOpenedToThatOneAlone() {
        NetworkSite alice = NetworkSite.project();
        String outer = operator.makeId("networks", "{\"network\": {\"router:external\": true}}");
        operator.subnet(outer, "203.0.113.0/24");
        alice.makeId("routers", "{\"router\": {\"external_gateway_info\": {\"network_id\": \"%s\"}}}".formatted(outer));
        String all = operator.get("rbac-policies?action=access_as_external&object_id=" + outer)
                .at("/rbac_policies/0/id")
                .asString();
        String turned = "{\"rbac_policy\": {\"target_tenant\": \"%s\"}}";

        operator.refused("PUT", "rbac-policies/" + all, turned.formatted("another"), 409, "RbacPolicyInUse");
        operator.put("rbac-policies/" + all, turned.formatted(alice.id()));
    }

    @Test
    void severalGroupsAreMadeAtOnceEachBareOrInAFrame() {
        JsonNode made = operator.send("POST", "security-groups", """
                {"security_groups": [{"security_group": {"name": "framed"}}, {"name": "bare"}]}""", 201);

        assertThat(NetworkSite.texts(made.path("security_groups"), "name")).containsExactly("framed", "bare");
    }

    @Test
    void anAddressGroupTakesRangesOnly() {
        operator.refused(
                "POST",
                "address-groups",
                "{\"address_group\": {\"addresses\": [\"10.20.30.40\"]}}",
                400,
                "HTTPBadRequest");
    }

    @Test
    void fromBeyondTheEndOfAListThereIsAWayBack() {
        String mark = "paged-" + UUID.randomUUID();
        for (String name : List.of("a", "b", "c")) {
            operator.makeId(
                    "networks", "{\"network\": {\"name\": \"%s\", \"description\": \"%s\"}}".formatted(name, mark));
        }
        List<String> forth = new ArrayList<>();
        String path = "networks?limit=1&sort_key=name&sort_dir=asc&description=" + mark;
        JsonNode page = operator.get(path);
        while (!page.path("networks").isEmpty()) {
            forth.add(page.at("/networks/0/name").asString());
            page = operator.get(link(page, "next"));
        }
        List<String> back = new ArrayList<>();
        page = operator.get(link(page, "previous"));
        while (!page.path("networks").isEmpty()) {
            back.add(page.at("/networks/0/name").asString());
            page = operator.get(link(page, "previous"));
        }

        assertThat(forth).containsExactly("a", "b", "c");
        assertThat(back).containsExactly("c", "b", "a");
    }

    private static String link(JsonNode page, String relation) {
        return page.path("networks_links")
                .valueStream()
                .filter(one -> one.path("rel").asString().equals(relation))
                .map(one -> one.path("href").asString().replaceFirst(".*/v2.0/", ""))
                .findFirst()
                .orElseThrow();
    }

    private long revision(String network) {
        return operator.get("networks/" + network)
                .at("/network/revision_number")
                .asLong();
    }
}
