package dev.unkai.cloud.network.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.recorded.RecordedInputs;
import dev.unkai.cloud.RunningCloud.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Queries and bodies that a running neutron 21.0 took or refused, asked of the same things here. */
class RecordedInputsTest {
    private static final NetworkSite OPERATOR = NetworkSite.operator();
    private static final RecordedInputs THINGS = new RecordedInputs();

    @BeforeAll
    static void begin() {
        thing("ext", "networks", "{'network': {'name': 'ext', 'router:external': true}}");
        thing("extsub", "subnets", "{'subnet': {'network_id': '{ext}', 'cidr': '198.51.100.0/24', 'ip_version': 4}}");
        thing("qos", "qos/policies", "{'policy': {'name': 'q', 'shared': true}}");
        thing("net", "networks", "{'network': {'name': 'n'}}");
        thing("net2", "networks", "{'network': {'name': 'n2'}}");
        thing("sub", "subnets", "{'subnet': {'network_id': '{net}', 'cidr': '10.9.0.0/16', 'ip_version': 4}}");
        thing("sub6", "subnets", "{'subnet': {'network_id': '{net}', 'cidr': '2001:db8:9::/64', 'ip_version': 6}}");
        for (String port : List.of("port", "port2", "port3", "tport")) {
            thing(port, "ports", "{'port': {'network_id': '{net}'}}");
        }
        thing("router", "routers", "{'router': {'external_gateway_info': {'network_id': '{ext}'}}}");
        OPERATOR.put(
                "routers/" + THINGS.id("router") + "/add_router_interface",
                THINGS.filled("{\"subnet_id\": \"{sub}\"}"));
        thing("sg", "security-groups", "{'security_group': {'name': 'g'}}");
        thing("ag", "address-groups", "{'address_group': {'name': 'g', 'addresses': ['10.0.0.0/8']}}");
        thing("scope", "address-scopes", "{'address_scope': {'name': 's', 'ip_version': 4}}");
        thing(
                "pool",
                "subnetpools",
                "{'subnetpool': {'name': 'p', 'prefixes': ['10.128.0.0/9'], 'default_prefixlen': 24}}");
        thing("trunk", "trunks", "{'trunk': {'port_id': '{tport}'}}");
        THINGS.name("project", OPERATOR.id());
        THINGS.name("nobody", new UUID(0, 0x8000_0000_0000_0000L).toString());
        // What is changed is one of each kind, beside what the others hang on.
        thing("networks", "networks", "{'network': {'name': 'n'}}");
        thing(
                "subnets",
                "subnets",
                "{'subnet': {'network_id': '{networks}', 'cidr': '10.44.0.0/24', 'ip_version': 4}}");
        thing("ports", "ports", "{'port': {'network_id': '{net}'}}");
        thing("routers", "routers", "{'router': {}}");
        thing("floatingips", "floatingips", "{'floatingip': {'floating_network_id': '{ext}'}}");
        thing("security-groups", "security-groups", "{'security_group': {'name': 'g'}}");
        thing("subnetpools", "subnetpools", "{'subnetpool': {'name': 'p', 'prefixes': ['10.64.0.0/16']}}");
        thing("address-scopes", "address-scopes", "{'address_scope': {'name': 's', 'ip_version': 4}}");
        thing("address-groups", "address-groups", "{'address_group': {'name': 'g'}}");
        thing(
                "rbac-policies",
                "rbac-policies",
                "{'rbac_policy': {'object_type': 'network', 'object_id': '{net2}', 'action': 'access_as_shared', 'target_tenant': 'u'}}");
        thing("policies", "qos/policies", "{'policy': {'name': 'p'}}");
        for (String rule : List.of("bandwidth_limit_rule", "dscp_marking_rule")) {
            thing(
                    rule + "s",
                    "qos/policies/{qos}/" + rule + "s",
                    "{'%s': %s}".formatted(rule, rule.startsWith("dscp") ? "{'dscp_mark': 8}" : "{'max_kbps': 1000}"));
        }
        thing("logs", "log/logs", "{'log': {'resource_type': 'security_group', 'resource_id': '{sg}'}}");
        thing("port4", "ports", "{'port': {'network_id': '{net}'}}");
        thing("trunks", "trunks", "{'trunk': {'port_id': '{port4}'}}");
    }

    @Test
    void inputsAreTakenAndRefusedAsByTheReference() {
        assertThat(RecordedInputs.differing("/network/inputs.txt", RecordedInputsTest::ask))
                .isEmpty();
    }

    /** What was taken by a POST goes at once, for the next one is alike. */
    private static int ask(String method, String path, @Nullable String body) {
        Answer answer =
                OPERATOR.answer(method, encoded(THINGS.filled(path)), body == null ? null : THINGS.filled(body));
        if (method.equals("POST") && answer.status() == 201) {
            JsonNode made = answer.json().properties().iterator().next().getValue();
            for (JsonNode one : made.isArray() ? made : List.of(made)) {
                OPERATOR.answer(
                        "DELETE", THINGS.filled(path) + "/" + one.path("id").asString(), null);
            }
        }
        return answer.status();
    }

    private static void thing(String name, String path, String body) {
        THINGS.name(name, OPERATOR.makeId(THINGS.filled(path), THINGS.filled(body.replace('\'', '"'))));
    }

    private static String encoded(String path) {
        return path.replace(" ", URLEncoder.encode(" ", StandardCharsets.UTF_8));
    }
}
