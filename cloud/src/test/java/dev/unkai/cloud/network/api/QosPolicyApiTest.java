package dev.unkai.cloud.network.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who may do what with QoS policies, and what who may not is told. */
class QosPolicyApiTest {
    private final NetworkSite alice = NetworkSite.project();
    private final NetworkSite bob = NetworkSite.project();
    private final NetworkSite operator = NetworkSite.operator();

    @Test
    void whatIsWrongWithTheBodyIsToldBeforeThatOneMayNot() {
        String name = "x".repeat(256);
        for (String wrong : new String[] {
            "\"name\": \"" + name + "\"",
            "\"name\": \"n\", \"description\": \"" + name + "\"",
            "\"name\": \"n\", \"tenant_id\": \"" + name + "\"",
            "\"name\": \"n\", \"tenant_id\": \"another\"",
            "\"name\": \"n\", \"strange\": 1"
        }) {
            alice.refused("POST", "qos/policies", "{\"policy\": {" + wrong + "}}", 400, "HTTPBadRequest");
        }
        alice.refused("POST", "qos/policies", "{\"policy\": {\"name\": \"n\"}}", 403, "PolicyNotAuthorized");
        String own = operator.makeId(
                "qos/policies", "{\"policy\": {\"name\": \"own\", \"project_id\": \"%s\"}}".formatted(alice.id()));
        String path = "qos/policies/" + own;
        alice.refused("PUT", path, "{\"policy\": {\"description\": \"" + name + "\"}}", 400, "HTTPBadRequest");
        alice.refused("PUT", path, "{\"policy\": {\"description\": \"d\"}}", 403, "PolicyNotAuthorized");
        alice.refused("DELETE", path, null, 403, "PolicyNotAuthorized");
        alice.refused(
                "POST",
                path + "/bandwidth_limit_rules",
                "{\"bandwidth_limit_rule\": {\"max_kbps\": \"fast\"}}",
                400,
                "HTTPBadRequest");
        alice.refused(
                "POST",
                path + "/dscp_marking_rules",
                "{\"dscp_marking_rule\": {\"dscp_mark\": 3}}",
                400,
                "HTTPBadRequest");
        alice.refused(
                "POST",
                path + "/bandwidth_limit_rules",
                "{\"bandwidth_limit_rule\": {\"max_kbps\": 1}}",
                403,
                "PolicyNotAuthorized");
        operator.delete(path);
    }

    @Test
    void whoDoesNotSeeAPolicyIsToldThatThereIsNone() {
        String policy = operator.makeId("qos/policies", "{\"policy\": {\"name\": \"hidden\"}}");
        String rules = "qos/policies/" + policy + "/bandwidth_limit_rules";
        String rule = operator.makeId(rules, "{\"bandwidth_limit_rule\": {\"max_kbps\": 1}}");
        String limit = "{\"bandwidth_limit_rule\": {\"max_kbps\": 2}}";
        String change = "{\"policy\": {\"description\": \"d\"}}";
        alice.refused("PUT", "qos/policies/" + policy, change, 404, "QosPolicyNotFound");
        alice.refused("DELETE", "qos/policies/" + policy, null, 404, "QosPolicyNotFound");
        alice.refused("PUT", rules + "/" + rule, limit, 404, "QosPolicyNotFound");
        alice.refused("DELETE", rules + "/" + rule, null, 404, "QosPolicyNotFound");
        operator.put("qos/policies/" + policy, "{\"policy\": {\"shared\": true}}");
        alice.refused("PUT", "qos/policies/" + policy, change, 403, "PolicyNotAuthorized");
        alice.refused("PUT", rules + "/" + rule, limit, 403, "PolicyNotAuthorized");
        operator.delete("qos/policies/" + policy);
    }

    @Test
    void aPolicyInUseIsNotKeptFromOthersAlsoWhenTheUseIsItsOwners() {
        String policy = operator.makeId("qos/policies", "{\"policy\": {\"name\": \"wide\", \"shared\": true}}");
        String sharing = operator.get("rbac-policies?object_id=" + policy)
                .at("/rbac_policies/0/id")
                .asString();
        String own = operator.makeId("networks", "{\"network\": {\"qos_policy_id\": \"%s\"}}".formatted(policy));
        String unshared = "{\"policy\": {\"shared\": false}}";
        operator.refused("PUT", "qos/policies/" + policy, unshared, 409, "RbacPolicyInUse");
        operator.refused("DELETE", "rbac-policies/" + sharing, null, 409, "RbacPolicyInUse");
        operator.delete("networks/" + own);
        operator.put("qos/policies/" + policy, unshared);
        operator.delete("qos/policies/" + policy);
    }

    @Test
    void aSharingThatIsNeededIsNotTurnedToAnother() {
        String policy = operator.makeId("qos/policies", "{\"policy\": {\"name\": \"narrow\"}}");
        String body = """
                {"rbac_policy": {"object_type": "qos_policy", "object_id": "%s", "action": "access_as_shared", "target_tenant": "%s"}}""";
        String hers = operator.makeId("rbac-policies", body.formatted(policy, alice.id()));
        String network = alice.makeId("networks", "{\"network\": {\"qos_policy_id\": \"%s\"}}".formatted(policy));
        String turned = "{\"rbac_policy\": {\"target_tenant\": \"%s\"}}";
        operator.refused("DELETE", "rbac-policies/" + hers, null, 409, "RbacPolicyInUse");
        operator.refused("PUT", "rbac-policies/" + hers, turned.formatted(bob.id()), 409, "RbacPolicyInUse");
        String all = operator.makeId("rbac-policies", body.formatted(policy, "*"));
        operator.delete("rbac-policies/" + hers);
        operator.refused("DELETE", "rbac-policies/" + all, null, 409, "RbacPolicyInUse");
        operator.refused("PUT", "rbac-policies/" + all, turned.formatted(alice.id()), 409, "RbacPolicyInUse");
        alice.delete("networks/" + network);
        operator.put("rbac-policies/" + all, turned.formatted(bob.id()));
        assertThat(bob.get("qos/policies/" + policy).at("/policy/shared").asBoolean())
                .isTrue();
        alice.send("GET", "qos/policies/" + policy, null, 404);
        operator.delete("qos/policies/" + policy);
    }

    @Test
    void howARuleTypeIsMadeIsTheOperatorsToKnow() {
        alice.refused("GET", "qos/rule-types/bandwidth_limit", null, 403, "PolicyNotAuthorized");
        assertThat(operator.get("qos/rule-types/bandwidth_limit")
                        .at("/rule_type/drivers/0/name")
                        .asString())
                .isEqualTo("ovn");
    }
}
