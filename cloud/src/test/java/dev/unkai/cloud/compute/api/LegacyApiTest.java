package dev.unkai.cloud.compute.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.compute.store.ServerProgress;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the reference keeps for old clients and for its provider, in its own bodies and refusals. */
class LegacyApiTest {
    private final ComputeSite site = ComputeSite.shared();
    private final ComputeSite.Customer customer = site.customer();

    @Test
    void whatTheReferenceRemovedIsGoneAtAnyVersion() {
        for (String path : List.of("/os-cells", "/os-agents", "/os-fping", "/os-cloudpipe")) {
            Answer answer = customer.get(79, path);
            assertThat(answer.status()).as(path).isEqualTo(410);
            assertThat(answer.json().at("/computeFault/message").asString()).startsWith("This resource is no longer");
        }
        assertThat(customer.post(1, "/os-networks", "{}").status()).isEqualTo(410);
    }

    @Test
    void aVersionIsShownBelowItselfToo() {
        Answer shown = customer.get(79, "/versions/v2.1");
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.json()).isEqualTo(customer.get(79, "/").json());
        assertThat(customer.get(79, "/versions/v2.0").json().at("/version/id").asString())
                .isEqualTo("v2.0");
        assertThat(customer.get(79, "/versions/v3").status()).isEqualTo(404);
    }

    @Test
    void bareMetalIsNotOfferedAndIsForgottenAfterItsLastMicroversion() {
        String operator = customer.operatorToken();
        String nodes = "/os-baremetal-nodes";
        assertThat(customer.send(operator, 35, "GET", nodes, null)
                        .json()
                        .at("/notImplemented/message")
                        .asString())
                .isEqualTo("The requested functionality is not supported.");
        assertThat(customer.send(operator, 1, "POST", nodes, "{\"node\":{}}").status())
                .isEqualTo(400);
        assertThat(customer.send(operator, 36, "GET", nodes, null).status()).isEqualTo(404);
        assertThat(customer.get(1, "/os-baremetal-nodes").status()).isEqualTo(403);
    }

    /** The reference's router knows an address only together with its methods, and its web framework answers for it. */
    @Test
    void anUnknownAddressAndAnUnknownMethodAreBothNotFoundOnThePageOfTheReferencesFramework() {
        for (Answer answer : List.of(customer.get(79, "/nothing"), customer.delete(79, "/flavors"))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text()).contains("<h1>404 Not Found</h1>", "The resource could not be found.");
        }
    }

    @Test
    void aProxiedRuleIsAddedShownAndRemoved() {
        String group = customer.post(1, "/os-security-groups", """
                        {"security_group":{"name":"web","description":"of the web"}}""")
                .json()
                .at("/security_group/id")
                .asString();
        Answer made = customer.post(1, "/os-security-group-rules", """
                {"security_group_rule":{"parent_group_id":"%s","ip_protocol":"TCP","from_port":"22","to_port":22,"cidr":"10.1.2.3/8"}}""".formatted(group));
        assertThat(made.status()).isEqualTo(200);
        JsonNode rule = made.json().path("security_group_rule");
        assertThat(rule.path("ip_protocol").asString()).isEqualTo("tcp");
        assertThat(rule.path("from_port").asInt()).isEqualTo(22);
        assertThat(rule.at("/ip_range/cidr").asString()).isEqualTo("10.1.2.3/8");
        assertThat(rule.path("group").isEmpty()).isTrue();
        assertThat(rule.path("parent_group_id").asString()).isEqualTo(group);
        assertThat(customer.get(1, "/os-security-groups/" + group).json().at("/security_group/rules"))
                .contains(rule);

        Answer remote = customer.post(1, "/os-security-group-rules", """
                {"security_group_rule":{"parent_group_id":"%s","ip_protocol":"icmp","from_port":-1,"to_port":-1,"group_id":"%s"}}""".formatted(group, group));
        assertThat(remote.json().at("/security_group_rule/group/name").asString())
                .isEqualTo("web");
        assertThat(remote.json().at("/security_group_rule/from_port").isNull()).isTrue();

        String id = rule.path("id").asString();
        assertThat(customer.delete(1, "/os-security-group-rules/" + id).status())
                .isEqualTo(202);
        assertThat(customer.delete(1, "/os-security-group-rules/" + id).status())
                .isEqualTo(404);
        assertThat(customer.delete(1, "/os-security-group-rules/7").status()).isEqualTo(400);
        assertThat(customer.delete(36, "/os-security-group-rules/" + id).status())
                .isEqualTo(404);
    }

    @Test
    void aProxiedRuleThatMakesNoSenseIsRefused() {
        String group = customer.post(1, "/os-security-groups", """
                        {"security_group":{"name":"odd","description":"odd"}}""")
                .json()
                .at("/security_group/id")
                .asString();
        String rule =
                "{\"security_group_rule\":{\"parent_group_id\":\"%s\",\"ip_protocol\":\"%s\",\"from_port\":%s,\"to_port\":%s%s}}";
        for (String body : List.of(
                rule.formatted(group, "smtp", 1, 2, ""),
                rule.formatted(group, "tcp", 2, 1, ""),
                rule.formatted(group, "tcp", 0, 1, ""),
                rule.formatted(group, "tcp", 1, 65536, ""),
                rule.formatted(group, "icmp", 256, 1, ""),
                rule.formatted(group, "tcp", 1, 2, ",\"cidr\":\"nowhere\""),
                rule.formatted(group, "tcp", 1, 2, ",\"group_id\":\"x\""),
                rule.formatted("x", "tcp", 1, 2, ""),
                "{\"security_group_rule\":{\"parent_group_id\":\"" + group + "\"}}")) {
            Answer answer = customer.post(1, "/os-security-group-rules", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.json().at("/badRequest/message").asString()).isNotEmpty();
        }
        assertThat(customer.post(1, "/os-security-group-rules", rule.formatted(UUID.randomUUID(), "tcp", 1, 2, ""))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aServerGetsOneMoreFixedAddressAndLosesIt() {
        String server = customer.running("two-addresses");
        assertThat(customer.act(server, "{\"addFixedIp\":{\"networkId\":\"" + customer.network() + "\"}}")
                        .status())
                .isEqualTo(202);
        JsonNode addresses = addresses(server);
        assertThat(addresses).hasSize(2);
        String second = addresses.get(1).path("addr").asString();
        assertThat(customer.act(server, "{\"removeFixedIp\":{\"address\":\"" + second + "\"}}")
                        .status())
                .isEqualTo(202);
        assertThat(addresses(server)).hasSize(1);
        assertThat(customer.act(server, "{\"removeFixedIp\":{\"address\":\"" + second + "\"}}")
                        .status())
                .isEqualTo(400);
        assertThat(customer.act(server, "{\"addFixedIp\":{\"networkId\":\"" + UUID.randomUUID() + "\"}}")
                        .status())
                .isEqualTo(400);
        assertThat(customer.post(
                                44,
                                "/servers/" + server + "/action",
                                "{\"addFixedIp\":{\"networkId\":\"" + customer.network() + "\"}}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theProviderResetsAState() {
        String server = customer.running("stuck");
        assertThat(customer.act(server, "{\"os-resetState\":{\"state\":\"error\"}}")
                        .status())
                .isEqualTo(403);
        assertThat(operator(server, "{\"os-resetState\":{\"state\":\"paused\"}}")
                        .status())
                .isEqualTo(400);
        assertThat(operator(server, "{\"os-resetState\":{\"state\":\"error\"}}").status())
                .isEqualTo(202);
        assertThat(customer.status(server)).isEqualTo("ERROR");
        assertThat(operator(server, "{\"os-resetState\":{\"state\":\"active\"}}")
                        .status())
                .isEqualTo(202);
        assertThat(customer.status(server)).isEqualTo("ACTIVE");
        assertThat(customer.act(server, "{\"trigger_crash_dump\":null}").status())
                .isEqualTo(404);
        assertThat(customer.post(17, "/servers/" + server + "/action", "{\"trigger_crash_dump\":null}")
                        .json()
                        .at("/badRequest/message")
                        .asString())
                .isEqualTo("Triggering crash dump is not supported");
    }

    @Test
    void theDefaultClassIsEveryProjectsLimitThatHasNoneOfItsOwn() {
        String operator = customer.operatorToken();
        JsonNode before = customer.send(operator, 50, "GET", "/os-quota-class-sets/default", null)
                .json()
                .path("quota_class_set");
        assertThat(before.path("id").asString()).isEqualTo("default");
        assertThat(before.path("server_groups").isInt()).isTrue();
        assertThat(customer.send(operator, 1, "GET", "/os-quota-class-sets/default", null)
                        .json()
                        .at("/quota_class_set/server_groups")
                        .isMissingNode())
                .isTrue();
        int servers = before.path("instances").asInt();
        try {
            Answer set = customer.send(
                    operator, 50, "PUT", "/os-quota-class-sets/default", "{\"quota_class_set\":{\"instances\":77}}");
            assertThat(set.json().at("/quota_class_set/instances").asInt()).isEqualTo(77);
            assertThat(customer.get(50, "/os-quota-sets/" + customer.project)
                            .json()
                            .at("/quota_set/instances")
                            .asInt())
                    .isEqualTo(77);
            assertThat(customer.get(50, "/os-quota-sets/" + customer.project + "/defaults")
                            .json()
                            .at("/quota_set/instances")
                            .asInt())
                    .isEqualTo(77);
        } finally {
            customer.send(
                    operator,
                    50,
                    "PUT",
                    "/os-quota-class-sets/default",
                    "{\"quota_class_set\":{\"instances\":" + servers + "}}");
        }
        assertThat(customer.send(operator, 50, "PUT", "/os-quota-class-sets/x", "{\"quota_class_set\":{\"pigs\":1}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void limitsOfWhatIsNotLimitedHereAreKeptForOldVersions() {
        String operator = customer.operatorToken();
        String path = "/os-quota-sets/" + customer.project;
        Answer set = customer.send(
                operator, 1, "PUT", path, "{\"quota_set\":{\"injected_files\":7,\"floating_ips\":\"8\"}}");
        assertThat(set.json().at("/quota_set/injected_files").asInt()).isEqualTo(7);
        assertThat(customer.get(1, path).json().at("/quota_set/floating_ips").asInt())
                .isEqualTo(8);
        assertThat(customer.get(57, path).json().at("/quota_set/injected_files").isMissingNode())
                .isTrue();
        assertThat(customer.send(operator, 57, "PUT", path, "{\"quota_set\":{\"injected_files\":7}}")
                        .status())
                .isEqualTo(400);
        customer.send(operator, 1, "PUT", path + "?user_id=somebody", "{\"quota_set\":{\"injected_files\":3}}");
        assertThat(customer.get(1, path + "?user_id=somebody")
                        .json()
                        .at("/quota_set/injected_files")
                        .asInt())
                .isEqualTo(3);
        assertThat(customer.get(1, path).json().at("/quota_set/injected_files").asInt())
                .isEqualTo(7);
    }

    @Test
    void eventsOfOtherServicesAreAcknowledgedOneByOne() {
        String server = customer.running("listener");
        String unknown = UUID.randomUUID().toString();
        Answer answer = customer.send(customer.operatorToken(), 51, "POST", "/os-server-external-events", """
                {"events":[{"name":"network-changed","server_uuid":"%s"},
                           {"name":"volume-extended","server_uuid":"%s"},
                           {"name":"network-vif-plugged","server_uuid":"%s","tag":"x","status":"completed"}]}""".formatted(
                        server, server, unknown));
        assertThat(answer.status()).isEqualTo(207);
        assertThat(answer.json().at("/events/0").toString())
                .isEqualTo("{\"server_uuid\":\"" + server
                        + "\",\"name\":\"network-changed\",\"status\":\"completed\",\"code\":200}");
        assertThat(answer.json().at("/events/1/code").asInt()).isEqualTo(400);
        assertThat(answer.json().at("/events/2/code").asInt()).isEqualTo(404);
        assertThat(customer.send(customer.operatorToken(), 1, "POST", "/os-server-external-events", """
                        {"events":[{"name":"volume-extended","server_uuid":"%s"}]}""".formatted(
                                        server))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theAuditLogTellsThatNoHostHasToReport() {
        JsonNode log = customer.send(
                        customer.operatorToken(), 1, "GET", "/os-instance_usage_audit_log/2026-03-15%2010:00:00", null)
                .json()
                .path("instance_usage_audit_log");
        assertThat(log.path("period_beginning").asString()).isEqualTo("2026-02-01 00:00:00");
        assertThat(log.path("period_ending").asString()).isEqualTo("2026-03-01 00:00:00");
        assertThat(customer.send(customer.operatorToken(), 1, "GET", "/os-instance_usage_audit_log/yesterday", null)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aRunningServersDiagnosticsTellWhatItConsistsOf() {
        String server = customer.running("patient");
        String path = "/servers/" + server + "/diagnostics";
        JsonNode shown =
                customer.send(customer.operatorToken(), 48, "GET", path, null).json();
        assertThat(shown.path("num_cpus").asInt()).isEqualTo(1);
        assertThat(shown.path("num_nics").asInt()).isEqualTo(1);
        assertThat(shown.at("/nic_details/0/mac_address").asString()).contains(":");
        assertThat(shown.at("/memory_details/maximum").asInt()).isEqualTo(128);
        assertThat(customer.send(customer.operatorToken(), 1, "GET", path, null)
                        .json()
                        .path("memory")
                        .asInt())
                .isEqualTo(128 * 1024);
        site.stops(server);
        assertThat(customer.send(customer.operatorToken(), 48, "GET", path, null)
                        .status())
                .isEqualTo(409);
    }

    @Test
    void anAntiAffinityGroupMayHaveAsManyServersOnAHostAsItsRuleSays() {
        Answer group = customer.post(64, "/os-server-groups", """
                {"server_group":{"name":"pairs","policy":"anti-affinity","rules":{"max_server_per_host":2}}}""");
        assertThat(group.json().at("/server_group/rules/max_server_per_host").asInt())
                .isEqualTo(2);
        String id = group.json().at("/server_group/id").asString();

        member(id);
        assertThat(full(id)).isEmpty();
        member(id);
        assertThat(full(id)).hasSize(1);
    }

    private void member(String group) {
        String body = customer.body("member", "");
        String hinted =
                body.substring(0, body.lastIndexOf('}')) + ",\"os:scheduler_hints\":{\"group\":\"" + group + "\"}}";
        site.runs(customer.post(1, "/servers", hinted).json().at("/server/id").asString());
    }

    /** Hosts that take no more servers of the group. */
    private Set<UUID> full(String group) {
        ServerProgress progress = site.cloud.context().getBean(ServerProgress.class);
        return site.transactions.asSystem(db ->
                progress.group(db, UUID.fromString(group), UUID.randomUUID()).hosts());
    }

    @Test
    void anAggregateThatIsNoNumberIsAnInvalidRequestAndAnyOtherIsNotFound() {
        String operator = customer.operatorToken();
        for (String id : List.of("-1", "99999999999999999999")) {
            assertThat(customer.send(operator, 1, "GET", "/os-aggregates/" + id, null)
                            .status())
                    .isEqualTo(404);
            assertThat(customer.send(operator, 1, "DELETE", "/os-aggregates/" + id, null)
                            .status())
                    .isEqualTo(404);
        }
        assertThat(customer.send(operator, 1, "GET", "/os-aggregates/one", null).status())
                .isEqualTo(400);
    }

    @Test
    void theProviderListsTheGroupsOfAllProjectsAndACustomerHisOwn() {
        String group = customer.post(1, "/os-security-groups", """
                        {"security_group":{"name":"mine","description":"mine"}}""")
                .json()
                .at("/security_group/id")
                .asString();
        ComputeSite.Customer other = site.customer();
        String all = "/os-security-groups?all_tenants=true";
        assertThat(other.get(1, all).text()).doesNotContain(group);
        assertThat(other.send(other.operatorToken(), 1, "GET", all, null).text())
                .contains(group);
        assertThat(customer.get(1, "/os-security-groups?limit=1").json().path("security_groups"))
                .hasSize(1);
    }

    private Answer operator(String server, String action) {
        return customer.send(customer.operatorToken(), 1, "POST", "/servers/" + server + "/action", action);
    }

    private JsonNode addresses(String server) {
        return customer.get(1, "/servers/" + server + "/ips").json().at("/addresses/net-a");
    }
}
