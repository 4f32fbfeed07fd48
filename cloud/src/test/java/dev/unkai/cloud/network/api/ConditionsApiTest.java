package dev.unkai.cloud.network.api;

import static dev.unkai.cloud.network.api.NetworkSite.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Changes under a condition, lists by time, and what goes with what. */
class ConditionsApiTest {
    private final NetworkSite alice = NetworkSite.project();
    private final NetworkSite operator = NetworkSite.operator();

    @Test
    void aChangeOfWhatHasChangedMeanwhileIsRefused() {
        String network = "networks/" + alice.network();
        Map<String, String> first = Map.of("If-Match", "revision_number=1");
        JsonNode changed = alice.send("PUT", network, "{\"network\": {\"name\": \"a\"}}", 200, first);
        assertThat(changed.at("/network/revision_number").asInt()).isEqualTo(2);

        JsonNode refused = alice.send("PUT", network, "{\"network\": {\"name\": \"b\"}}", 412, first);
        assertThat(refused.at("/NeutronError/type").asString()).isEqualTo("RevisionNumberConstraintFailed");
        assertThat(refused.at("/NeutronError/message").asString())
                .isEqualTo("Constrained to 1, but current revision is 2");
        alice.send("DELETE", network, null, 412, first);
        alice.send("DELETE", network, null, 400, Map.of("If-Match", "\"etag\""));
        assertThat(alice.get(network).at("/network/name").asString()).isEqualTo("a");
        alice.send("DELETE", network, null, 204, Map.of("If-Match", "revision_number=2"));
    }

    @Test
    void whatChangedSinceIsListedAndTimesAreFilters() {
        String id = alice.network();
        String at = alice.get("networks/" + id).at("/network/updated_at").asString();
        assertThat(texts(alice.get("networks?changed_since=" + at).path("networks"), "id"))
                .contains(id);
        assertThat(texts(alice.get("networks?updated_at=" + at).path("networks"), "id"))
                .contains(id);
        assertThat(alice.get("networks?changed_since=2099-01-01T00:00:00")
                        .path("networks")
                        .size())
                .isZero();
        alice.refused("GET", "networks?changed_since=yesterday", null, 400, "InvalidInput");
    }

    @Test
    void routesComeAndGoOneByOne() {
        String subnet = alice.subnet(alice.network(), "10.1.0.0/24");
        String router = alice.makeId("routers", "{\"router\": {}}");
        alice.send(
                "PUT", "routers/" + router + "/add_router_interface", "{\"subnet_id\": \"%s\"}".formatted(subnet), 200);
        String routes = "{\"router\": {\"routes\": [{\"destination\": \"%s\", \"nexthop\": \"10.1.0.9\"}]}}";
        alice.put("routers/" + router + "/add_extraroutes", routes.formatted("10.7.0.0/24"));
        JsonNode both = alice.put("routers/" + router + "/add_extraroutes", routes.formatted("10.8.0.0/24"));
        assertThat(texts(both.path("routes"), "destination")).containsExactly("10.7.0.0/24", "10.8.0.0/24");
        JsonNode one = alice.put("routers/" + router + "/remove_extraroutes", routes.formatted("10.7.0.0/24"));
        assertThat(texts(one.path("routes"), "destination")).containsExactly("10.8.0.0/24");
    }

    @Test
    void aLogOfACustomersGroupThatTheProviderAsksForIsTheCustomersAndGoesWithTheGroup() {
        String group = alice.makeId("security-groups", "{\"security_group\": {\"name\": \"watched\"}}");
        String wanted = "{\"log\": {\"resource_type\": \"security_group\", \"resource_id\": \"%s\"}}".formatted(group);
        NetworkSite.project().send("POST", "log/logs", wanted, 404);
        JsonNode log = operator.make("log/logs", wanted);
        assertThat(log.path("project_id").asString()).isEqualTo(alice.id());
        String path = "log/logs/" + log.path("id").asString();
        alice.get(path);

        alice.delete("security-groups/" + group);

        operator.send("GET", path, null, 404);
    }

    @Test
    void anExternalNetworkGoesWithItsIdleFloatingAddresses() {
        String outside = operator.makeId("networks", "{\"network\": {\"name\": \"old\", \"router:external\": true}}");
        operator.subnet(outside, "198.51.100.0/24");
        String floating =
                alice.makeId("floatingips", "{\"floatingip\": {\"floating_network_id\": \"%s\"}}".formatted(outside));
        operator.delete("networks/" + outside);
        alice.send("GET", "floatingips/" + floating, null, 404);
    }

    @Test
    void aLimitBelowWhatThereIsIsSetOnlyWhenNobodyAsksToCheck() {
        alice.network();
        String quotas = "quotas/" + alice.id();
        operator.refused("PUT", quotas, "{\"quota\": {\"network\": 0, \"check_limit\": true}}", 400, "InvalidInput");
        assertThat(operator.put(quotas, "{\"quota\": {\"network\": 0}}")
                        .path("network")
                        .asInt())
                .isZero();
        operator.send("GET", "agents/" + UUID.randomUUID(), null, 404);
    }

    @Test
    void clientsLearnWhichProjectTheyAreAndWhoProvidesRouters() {
        assertThat(alice.get("quotas/tenant").at("/tenant/tenant_id").asString())
                .isEqualTo(alice.id());
        assertThat(alice.get("quotas/project").at("/project/project_id").asString())
                .isEqualTo(alice.id());
        JsonNode providers = alice.get("service-providers").path("service_providers");
        assertThat(texts(providers, "service_type")).containsExactly("L3_ROUTER_NAT");
        assertThat(alice.get("service-providers?service_type=VPN").path("service_providers"))
                .isEmpty();
        assertThat(alice.get("extensions?alias=router&fields=alias").path("extensions"))
                .hasSize(1);
        assertThat(alice.get("extensions?alias=router&fields=alias").at("/extensions/0"))
                .hasSize(1);
    }

    @Test
    void noSecondGroupIsCalledDefault() {
        String group = alice.makeId("security-groups", "{\"security_group\": {\"name\": \"web\"}}");
        alice.refused(
                "PUT",
                "security-groups/" + group,
                "{\"security_group\": {\"name\": \"default\"}}",
                409,
                "SecurityGroupDefaultAlreadyExists");
    }
}
