package dev.unkai.cloud.network.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a member of a project may see and change, where the recorded answers tell a status only. */
class MemberApiTest {
    private final NetworkSite member = NetworkSite.project();
    private final NetworkSite operator = NetworkSite.operator();

    private String port(String network) {
        return member.makeId("ports", "{\"port\": {\"network_id\": \"%s\"}}".formatted(network));
    }

    private String router() {
        return member.makeId("routers", "{\"router\": {}}");
    }

    @Test
    void theSubnetsOfAnExternalNetworkAreNamedButNotShown() {
        String network = operator.makeId("networks", "{\"network\": {\"name\": \"outer\", \"router:external\": true}}");
        String subnet = operator.subnet(network, "198.51.100.0/24");

        JsonNode seen = member.get("networks/" + network).path("network").path("subnets");

        assertThat(seen.size()).isEqualTo(1);
        assertThat(seen.get(0).asString()).isEqualTo(subnet);
        member.send("GET", "subnets/" + subnet, null, 404);
    }

    @Test
    void aTrunksParentBecomesNoLegOfARouterAndShowsItsTrunkInLists() {
        String network = member.network();
        member.subnet(network, "10.7.0.0/24");
        String parent = port(network);
        String trunk = member.makeId("trunks", "{\"trunk\": {\"port_id\": \"%s\"}}".formatted(parent));

        member.refused(
                "PUT",
                "routers/" + router() + "/add_router_interface",
                "{\"port_id\": \"%s\"}".formatted(parent),
                409,
                "PortInUse");

        JsonNode listed = member.get("ports?id=" + parent).at("/ports/0/trunk_details/trunk_id");
        assertThat(listed.asString()).isEqualTo(trunk);
    }

    @Test
    void aLegOfARouterKeepsAnAddress() {
        String network = member.network();
        String subnet = member.subnet(network, "10.7.0.0/24");
        String router = router();
        String leg = member.put(
                        "routers/" + router + "/add_router_interface", "{\"subnet_id\": \"%s\"}".formatted(subnet))
                .path("port_id")
                .asString();

        member.refused("PUT", "ports/" + leg, "{\"port\": {\"fixed_ips\": []}}", 400, "BadRequest");

        member.send("DELETE", "routers/" + router, null, 409);
    }

    @Test
    void anOwnerWrittenByHandLikeASubportsIsWrittenBack() {
        String port = port(member.network());

        member.put("ports/" + port, "{\"port\": {\"device_owner\": \"trunk:subport\"}}");

        JsonNode back = member.put("ports/" + port, "{\"port\": {\"device_owner\": \"\"}}");
        assertThat(back.path("device_owner").asString()).isEmpty();
    }

    @Test
    void whatOnlyOperatorsSetIsNotNamedInAChangeEither() {
        String network = member.network();
        String port = port(network);

        for (String body : List.of("\"shared\": false", "\"router:external\": false")) {
            member.refused("PUT", "networks/" + network, "{\"network\": {" + body + "}}", 403, "PolicyNotAuthorized");
            operator.put("networks/" + network, "{\"network\": {" + body + "}}");
        }
        member.refused("PUT", "ports/" + port, "{\"port\": {\"binding:host_id\": \"\"}}", 403, "PolicyNotAuthorized");
        member.makeId("networks", "{\"network\": {\"shared\": false}}");
    }

    @Test
    void aRuleStaysAsItWasMade() {
        String group = member.makeId("security-groups", "{\"security_group\": {\"name\": \"g\"}}");
        String rule = member.makeId(
                "security-group-rules",
                "{\"security_group_rule\": {\"security_group_id\": \"%s\", \"direction\": \"ingress\"}}"
                        .formatted(group));
        String change = "{\"security_group_rule\": {\"description\": \"other\"}}";

        member.refused("PUT", "security-group-rules/" + rule, change, 400, "HTTPBadRequest");

        NetworkSite.project().send("PUT", "security-group-rules/" + rule, change, 404);
        String strange = "{\"security_group_rule\": {\"direction\": \"egress\"}}";
        NetworkSite.project().send("PUT", "security-group-rules/" + rule, strange, 400);
    }

    @Test
    void limitsThatAProjectDoesNotHaveAreNotDeleted() {
        operator.refused("DELETE", "quotas/" + member.id(), null, 404, "TenantQuotaNotFound");

        operator.put("quotas/" + member.id(), "{\"quota\": {\"network\": 7}}");
        operator.delete("quotas/" + member.id());
    }
}
