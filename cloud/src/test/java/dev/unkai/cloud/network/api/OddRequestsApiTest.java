package dev.unkai.cloud.network.api;

import static org.assertj.core.api.Assertions.assertThat;

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
}
