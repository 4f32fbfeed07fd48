package dev.unkai.cloud.network.api;

import static dev.unkai.cloud.network.api.NetworkSite.texts;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What one project opens to another, and that nobody else sees it. */
class SharingApiTest {
    private final NetworkSite alice = NetworkSite.project();
    private final NetworkSite bob = NetworkSite.project();
    private final NetworkSite carol = NetworkSite.project();
    private final NetworkSite operator = NetworkSite.operator();

    @Test
    void aNetworkSharedWithOneProjectIsSeenAndUsedByItAndByNobodyElse() {
        String network = alice.network();
        String subnet = alice.subnet(network, "10.1.0.0/24");
        bob.send("GET", "networks/" + network, null, 404);
        JsonNode policy = alice.make("rbac-policies", share("network", network, bob.id()));
        assertThat(policy.path("target_tenant").asString()).isEqualTo(bob.id());

        assertThat(bob.get("networks/" + network).at("/network/shared").asBoolean())
                .isTrue();
        assertThat(texts(bob.get("networks?shared=true").path("networks"), "id"))
                .contains(network);
        assertThat(alice.get("networks/" + network).at("/network/shared").asBoolean(true))
                .isFalse();
        assertThat(bob.get("subnets/" + subnet).at("/subnet/cidr").asString()).isEqualTo("10.1.0.0/24");
        String port = bob.makeId("ports", "{\"port\": {\"network_id\": \"%s\"}}".formatted(network));
        assertThat(alice.get("ports/" + port).at("/port/fixed_ips/0/ip_address").asString())
                .as("who owns the network sees who is on it")
                .isEqualTo("10.1.0.2");
        carol.refused("DELETE", "ports/" + port, null, 404, "PortNotFound");
        String cleared = bob.makeId("ports", "{\"port\": {\"network_id\": \"%s\"}}".formatted(network));
        alice.refused("PUT", "ports/" + cleared, "{\"port\": {\"name\": \"mine\"}}", 403, "PolicyNotAuthorized");
        alice.delete("ports/" + cleared);
        bob.send("GET", "ports/" + cleared, null, 404);
        carol.send("GET", "ports/" + port, null, 404);
        carol.send("GET", "networks/" + network, null, 404);
        carol.send("GET", "subnets/" + subnet, null, 404);
        carol.send("POST", "ports", "{\"port\": {\"network_id\": \"%s\"}}".formatted(network), 404);
        bob.send("GET", "rbac-policies/" + policy.path("id").asString(), null, 404);
        assertThat(bob.get("rbac-policies").path("rbac_policies").size()).isZero();
        bob.refused("PUT", "networks/" + network, "{\"network\": {\"name\": \"mine\"}}", 403, "PolicyNotAuthorized");
        bob.refused("POST", "rbac-policies", share("network", network, carol.id()), 400, "InvalidInput");

        alice.refused("DELETE", "rbac-policies/" + policy.path("id").asString(), null, 409, "RbacPolicyInUse");
        alice.refused(
                "PUT",
                "rbac-policies/" + policy.path("id").asString(),
                "{\"rbac_policy\": {\"target_tenant\": \"%s\"}}".formatted(carol.id()),
                409,
                "RbacPolicyInUse");
        bob.delete("ports/" + port);
        alice.put(
                "rbac-policies/" + policy.path("id").asString(),
                "{\"rbac_policy\": {\"target_tenant\": \"%s\"}}".formatted(carol.id()));
        carol.send("GET", "networks/" + network, null, 200);
        alice.delete("rbac-policies/" + policy.path("id").asString());
        carol.send("GET", "networks/" + network, null, 404);
        bob.send("GET", "networks/" + network, null, 404);
    }

    @Test
    void onlyOperatorsOpenToEverybodyOrToTheOutside() {
        String network = alice.network();
        alice.refused("POST", "rbac-policies", share("network", network, "*"), 403, "PolicyNotAuthorized");
        alice.refused(
                "POST",
                "rbac-policies",
                share("network", network, bob.id()).replace("access_as_shared", "access_as_external"),
                403,
                "PolicyNotAuthorized");
        operator.make("rbac-policies", share("network", network, "*"));
        assertThat(carol.get("networks/" + network).at("/network/shared").asBoolean())
                .isTrue();
        operator.refused("POST", "rbac-policies", share("network", network, "*"), 409, "DuplicateRbacPolicy");
        operator.put("networks/" + network, "{\"network\": {\"shared\": false}}");
        carol.send("GET", "networks/" + network, null, 404);
        alice.refused("POST", "rbac-policies", share("port", network, bob.id()), 400, "InvalidInput");
        alice.refused(
                "POST",
                "rbac-policies",
                share("network", network, bob.id()).replace("access_as_shared", "access"),
                400,
                "InvalidInput");
    }

    @Test
    void anExternalNetworkForOneProjectIsItsAlone() {
        String outside = operator.makeId("networks", "{\"network\": {\"name\": \"partner\"}}");
        operator.subnet(outside, "198.51.100.0/24");
        String policy = operator.makeId(
                "rbac-policies", share("network", outside, bob.id()).replace("access_as_shared", "access_as_external"));

        assertThat(bob.get("networks/" + outside).at("/network/router:external").asBoolean())
                .isTrue();
        carol.send("GET", "networks/" + outside, null, 404);
        String router = bob.makeId("routers", """
                {"router": {"external_gateway_info": {"network_id": "%s"}}}""".formatted(outside));
        operator.refused("DELETE", "rbac-policies/" + policy, null, 409, "RbacPolicyInUse");
        bob.delete("routers/" + router);
        operator.delete("rbac-policies/" + policy);
        assertThat(operator.get("networks/" + outside)
                        .at("/network/router:external")
                        .asBoolean(true))
                .isFalse();
    }

    private static String share(String type, String id, String target) {
        return """
                {"rbac_policy": {"object_type": "%s", "object_id": "%s", "action": "access_as_shared", "target_tenant": "%s"}}""".formatted(type, id, target);
    }
}
