package dev.unkai.cloud.network.api;

import static dev.unkai.cloud.network.api.NetworkSite.texts;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Limits, names, DHCP options, address groups and trunks as clients ask for them. */
class PortExtrasApiTest {
    private final NetworkSite alice = NetworkSite.project();
    private final NetworkSite bob = NetworkSite.project();
    private final NetworkSite operator = NetworkSite.operator();
    private final String network = alice.network();

    @Test
    void operatorsMakeLimitsAndCustomersUseThoseThatAreOpenToThem() {
        alice.refused("POST", "qos/policies", "{\"policy\": {\"name\": \"gold\"}}", 403, "PolicyNotAuthorized");
        String policy = operator.makeId("qos/policies", "{\"policy\": {\"name\": \"gold\"}}");
        JsonNode rule = operator.make("qos/policies/" + policy + "/bandwidth_limit_rules", """
                {"bandwidth_limit_rule": {"max_kbps": 10000, "max_burst_kbps": 1000, "direction": "ingress"}}""");
        assertThat(rule.path("max_kbps").asInt()).isEqualTo(10_000);
        operator.make(
                "qos/policies/" + policy + "/dscp_marking_rules", "{\"dscp_marking_rule\": {\"dscp_mark\": \"26\"}}");
        operator.refused(
                "POST",
                "qos/policies/" + policy + "/bandwidth_limit_rules",
                "{\"bandwidth_limit_rule\": {\"max_kbps\": 1, \"direction\": \"ingress\"}}",
                409,
                "QoSRulesConflict");
        operator.refused(
                "POST",
                "qos/policies/" + policy + "/dscp_marking_rules",
                "{\"dscp_marking_rule\": {\"dscp_mark\": 3}}",
                400,
                "HTTPBadRequest");
        assertThat(operator.refused(
                        "POST",
                        "qos/policies/" + policy + "/minimum_bandwidth_rules",
                        "{\"minimum_bandwidth_rule\": {\"min_kbps\": 1}}",
                        409,
                        "QosRuleNotSupported"))
                .contains("do not reserve bandwidth");
        String port = alice.makeId("ports", "{\"port\": {\"network_id\": \"%s\"}}".formatted(network));
        String limit = "{\"port\": {\"qos_policy_id\": \"%s\"}}".formatted(policy);
        alice.refused("PUT", "ports/" + port, limit, 404, "QosPolicyNotFound");

        operator.put("qos/policies/" + policy, "{\"policy\": {\"shared\": true}}");
        assertThat(alice.put("ports/" + port, limit).path("qos_policy_id").asString())
                .isEqualTo(policy);
        JsonNode seen = alice.get("qos/policies/" + policy).path("policy");
        assertThat(texts(seen.path("rules"), "type")).containsExactly("bandwidth_limit", "dscp_marking");
        operator.refused("DELETE", "qos/policies/" + policy, null, 409, "QosPolicyInUse");
        operator.refused("PUT", "qos/policies/" + policy, "{\"policy\": {\"shared\": false}}", 409, "RbacPolicyInUse");
        alice.put("ports/" + port, "{\"port\": {\"qos_policy_id\": null}}");
        operator.delete("qos/policies/" + policy);
        assertThat(texts(alice.get("qos/rule-types").path("rule_types"), "type"))
                .containsExactly("bandwidth_limit", "dscp_marking");
    }

    @Test
    void whatAnOperatorLimitedACustomerDoesNotUnlimit() {
        String policy = operator.makeId("qos/policies", "{\"policy\": {\"name\": \"fence\"}}");
        operator.put("networks/" + network, "{\"network\": {\"qos_policy_id\": \"%s\"}}".formatted(policy));
        alice.refused(
                "PUT",
                "networks/" + network,
                "{\"network\": {\"qos_policy_id\": null}}",
                403,
                "PolicyRemoveAuthorizationError");
        JsonNode port = alice.make("ports", "{\"port\": {\"network_id\": \"%s\"}}".formatted(network));
        assertThat(port.path("qos_network_policy_id").asString()).isEqualTo(policy);
        assertThat(port.path("qos_policy_id").isNull()).isTrue();
    }

    @Test
    void aPortIsNamedInItsNetworksDomain() {
        alice.put("networks/" + network, "{\"network\": {\"dns_domain\": \"shop.example.\"}}");
        alice.subnet(network, "10.1.0.0/24");
        JsonNode port =
                alice.make("ports", "{\"port\": {\"network_id\": \"%s\", \"dns_name\": \"Web-1\"}}".formatted(network));
        assertThat(port.path("dns_name").asString()).isEqualTo("web-1");
        assertThat(port.at("/dns_assignment/0/hostname").asString()).isEqualTo("web-1");
        assertThat(port.at("/dns_assignment/0/fqdn").asString()).isEqualTo("web-1.shop.example.");
        assertThat(port.at("/dns_assignment/0/ip_address").asString()).isEqualTo("10.1.0.2");
        JsonNode plain = alice.make("ports", "{\"port\": {\"network_id\": \"%s\"}}".formatted(network));
        assertThat(plain.at("/dns_assignment/0/hostname").asString()).isEqualTo("host-10-1-0-3");
        alice.refused(
                "PUT",
                "ports/" + port.path("id").asString(),
                "{\"port\": {\"dns_name\": \"-web\"}}",
                400,
                "HTTPBadRequest");
        alice.refused(
                "PUT",
                "networks/" + network,
                "{\"network\": {\"dns_domain\": \"shop.example\"}}",
                400,
                "HTTPBadRequest");
    }

    @Test
    void dhcpOptionsAreKeptUntilTheyAreTakenAway() {
        JsonNode port = alice.make("ports", """
                {"port": {"network_id": "%s", "extra_dhcp_opts": [
                  {"opt_name": "bootfile-name", "opt_value": "pxelinux.0"},
                  {"opt_name": "server-ip-address", "opt_value": "198.51.100.7"}]}}""".formatted(network));
        assertThat(texts(port.path("extra_dhcp_opts"), "opt_name"))
                .containsExactly("bootfile-name", "server-ip-address");
        JsonNode less = alice.put("ports/" + port.path("id").asString(), """
                {"port": {"extra_dhcp_opts": [{"opt_name": "bootfile-name", "opt_value": null},
                  {"opt_name": "mtu", "opt_value": "1400"}]}}""");
        assertThat(texts(less.path("extra_dhcp_opts"), "opt_name")).containsExactly("server-ip-address", "mtu");
        alice.make("ports", """
                {"port": {"network_id": "%s", "extra_dhcp_opts": [
                  {"opt_name": "tftp-server", "opt_value": "2001:db8::7", "ip_version": 6}]}}""".formatted(network));
        for (String bad : new String[] {
            "\"opt_name\": \"bootfile-name\", \"opt_value\": \"x\\\"; drop;\"",
            "\"opt_name\": \"mtu\", \"opt_value\": \"wide\"",
            "\"opt_name\": \"no-such\", \"opt_value\": \"1\"",
            "\"opt_name\": \"router\", \"opt_value\": \"nowhere\""
        }) {
            alice.refused(
                    "POST",
                    "ports",
                    "{\"port\": {\"network_id\": \"%s\", \"extra_dhcp_opts\": [{%s}]}}".formatted(network, bad),
                    400,
                    "HTTPBadRequest");
        }
    }

    @Test
    void addressGroupsGrowShrinkAndAreHeldByTheRulesThatNameThem() {
        String group = alice.makeId("address-groups", """
                {"address_group": {"name": "partners", "addresses": ["198.51.100.7/32", "203.0.113.0/25"]}}""");
        assertThat(alice.get("address-groups/" + group)
                        .at("/address_group/addresses")
                        .toString())
                .isEqualTo("[\"198.51.100.7/32\",\"203.0.113.0/25\"]");
        alice.put("address-groups/" + group + "/add_addresses", "{\"addresses\": [\"fd00:1::/64\"]}");
        alice.refused(
                "PUT",
                "address-groups/" + group + "/add_addresses",
                "{\"addresses\": [\"fd00:1::/64\"]}",
                400,
                "AddressesAlreadyExist");
        alice.refused(
                "PUT",
                "address-groups/" + group + "/remove_addresses",
                "{\"addresses\": [\"10.0.0.0/8\"]}",
                404,
                "AddressesNotFound");
        alice.refused(
                "PUT",
                "address-groups/" + group + "/remove_addresses",
                "{\"addresses\": [\"10.0.0.1\"]}",
                404,
                "AddressesNotFound");
        String rules = alice.makeId("security-groups", "{\"security_group\": {\"name\": \"web\"}}");
        String rule = """
                {"security_group_rule": {"security_group_id": "%s", "direction": "ingress", "protocol": "tcp",
                 "remote_address_group_id": "%s"%s}}""";
        JsonNode made = alice.make("security-group-rules", rule.formatted(rules, group, ""));
        assertThat(made.path("remote_address_group_id").asString()).isEqualTo(group);
        alice.refused("POST", "security-group-rules", rule.formatted(rules, group, ""), 409, "SecurityGroupRuleExists");
        alice.refused(
                "POST",
                "security-group-rules",
                rule.formatted(rules, group, ", \"remote_ip_prefix\": \"10.0.0.0/8\""),
                400,
                "SecurityGroupMultipleRemoteEntites");
        alice.refused("DELETE", "address-groups/" + group, null, 409, "AddressGroupInUse");

        String bobs = bob.makeId("security-groups", "{\"security_group\": {\"name\": \"web\"}}");
        bob.refused("POST", "security-group-rules", rule.formatted(bobs, group, ""), 404, "AddressGroupNotFound");
        String policy = alice.makeId("rbac-policies", """
                {"rbac_policy": {"object_type": "address_group", "object_id": "%s", "action": "access_as_shared", "target_tenant": "%s"}}""".formatted(group, bob.id()));
        bob.make("security-group-rules", rule.formatted(bobs, group, ""));
        bob.refused(
                "PUT",
                "address-groups/" + group,
                "{\"address_group\": {\"name\": \"x\"}}",
                404,
                "AddressGroupNotFound");
        alice.refused("DELETE", "rbac-policies/" + policy, null, 409, "RbacPolicyInUse");
    }

    @Test
    void aSharedSecurityGroupIsUsedAndNotChangedByTheOther() {
        String group = alice.makeId("security-groups", "{\"security_group\": {\"name\": \"all\"}}");
        bob.send("GET", "security-groups/" + group, null, 404);
        alice.make("rbac-policies", """
                {"rbac_policy": {"object_type": "security_group", "object_id": "%s", "action": "access_as_shared", "target_tenant": "%s"}}""".formatted(group, bob.id()));
        assertThat(bob.get("security-groups/" + group)
                        .at("/security_group/shared")
                        .asBoolean())
                .isTrue();
        String net = bob.network();
        bob.make("ports", "{\"port\": {\"network_id\": \"%s\", \"security_groups\": [\"%s\"]}}".formatted(net, group));
        bob.refused(
                "PUT",
                "security-groups/" + group,
                "{\"security_group\": {\"name\": \"x\"}}",
                403,
                "PolicyNotAuthorized");
        alice.refused("DELETE", "security-groups/" + group, null, 409, "SecurityGroupInUse");
    }

    @Test
    void aTrunkHoldsItsPortsAndGivesThemBack() {
        String parent = port();
        String first = port();
        String second = port();
        JsonNode trunk = alice.make("trunks", """
                {"trunk": {"name": "t", "port_id": "%s", "sub_ports": [
                  {"port_id": "%s", "segmentation_type": "vlan", "segmentation_id": 101}]}}""".formatted(parent, first));
        String id = trunk.path("id").asString();
        assertThat(trunk.at("/sub_ports/0/segmentation_id").asInt()).isEqualTo(101);
        assertThat(alice.get("ports/" + parent)
                        .at("/port/trunk_details/sub_ports/0/port_id")
                        .asString())
                .isEqualTo(first);
        String add =
                "{\"sub_ports\": [{\"port_id\": \"%s\", \"segmentation_type\": \"vlan\", \"segmentation_id\": %d}]}";
        alice.refused("PUT", "trunks/" + id + "/add_subports", add.formatted(second, 101), 409, "DuplicateSubPort");
        alice.refused("PUT", "trunks/" + id + "/add_subports", add.formatted(second, 4095), 400, "InvalidInput");
        alice.refused("PUT", "trunks/" + id + "/add_subports", add.formatted(first, 7), 409, "TrunkPortInUse");
        alice.send("PUT", "trunks/" + id + "/add_subports", add.formatted(second, 102), 200);
        assertThat(alice.get("ports/" + second).at("/port/device_owner").asString())
                .isEqualTo("trunk:subport");
        alice.refused("DELETE", "ports/" + parent, null, 409, "PortInUseAsTrunkParent");
        alice.refused("DELETE", "ports/" + second, null, 409, "PortInUseAsSubPort");
        alice.refused("POST", "trunks", "{\"trunk\": {\"port_id\": \"%s\"}}".formatted(second), 409, "TrunkPortInUse");
        alice.put("trunks/" + id, "{\"trunk\": {\"admin_state_up\": false}}");
        alice.refused(
                "PUT",
                "trunks/" + id + "/remove_subports",
                "{\"sub_ports\": [{\"port_id\": \"%s\"}]}".formatted(second),
                409,
                "TrunkDisabled");
        alice.put("trunks/" + id, "{\"trunk\": {\"admin_state_up\": true}}");
        alice.send(
                "PUT",
                "trunks/" + id + "/remove_subports",
                "{\"sub_ports\": [{\"port_id\": \"%s\"}]}".formatted(second),
                200);
        assertThat(alice.get("trunks/" + id + "/get_subports").path("sub_ports").size())
                .isEqualTo(1);
        alice.delete("trunks/" + id);
        assertThat(alice.get("ports/" + first).at("/port/device_owner").asString())
                .isEmpty();
        alice.delete("ports/" + parent);
    }

    @Test
    void whatCannotStandInATrunkIsRefusedAsTheReferenceDoes() {
        String parent = port();
        String child = port();
        String id = alice.makeId("trunks", "{\"trunk\": {\"port_id\": \"%s\"}}".formatted(parent));
        String adding = "trunks/" + id + "/add_subports";
        String one = "{\"port_id\": \"%s\", \"segmentation_type\": \"vlan\", \"segmentation_id\": %d}";
        String alone = "{\"sub_ports\": [" + one + "]}";
        String both = "{\"sub_ports\": [" + one + ", " + one + "]}";

        alice.refused("POST", "trunks", "{\"trunk\": {\"port_id\": \"%s\"}}".formatted(parent), 409, "ParentPortInUse");
        alice.refused("PUT", adding, alone.formatted(parent, 5), 409, "ParentPortInUse");
        alice.refused("PUT", adding, both.formatted(child, 5, child, 6), 400, "InvalidInput");
        alice.refused("PUT", adding, both.formatted(child, 5, port(), 5), 400, "InvalidInput");
        String busy = port();
        alice.put("ports/" + busy, "{\"port\": {\"device_id\": \"somebody\"}}");
        alice.refused("PUT", adding, alone.formatted(busy, 5), 409, "PortInUse");
        String narrow = alice.makeId("networks", "{\"network\": {\"name\": \"narrow\", \"mtu\": 1300}}");
        String low = alice.makeId("ports", "{\"port\": {\"network_id\": \"%s\"}}".formatted(narrow));
        String lowTrunk = alice.makeId("trunks", "{\"trunk\": {\"port_id\": \"%s\"}}".formatted(low));
        alice.refused(
                "PUT",
                "trunks/" + lowTrunk + "/add_subports",
                alone.formatted(child, 5),
                409,
                "SubPortMtuGreaterThanTrunkPortMtu");
        alice.put("trunks/" + id, "{\"trunk\": {\"admin_state_up\": false}}");
        alice.refused("DELETE", "trunks/" + id, null, 409, "TrunkDisabled");
        alice.put("trunks/" + id, "{\"trunk\": {\"admin_state_up\": true}}");
        alice.delete("trunks/" + id);
    }

    private String port() {
        return alice.makeId("ports", "{\"port\": {\"network_id\": \"%s\"}}".formatted(network));
    }
}
