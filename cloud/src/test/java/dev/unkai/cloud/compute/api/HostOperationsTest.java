package dev.unkai.cloud.compute.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.RunningCloud;
import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.hosts.FakeNode;
import dev.unkai.cloud.hosts.link.NodeServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the provider does to hosts by the Compute API: zones by aggregates, services enabled and disabled. */
class HostOperationsTest {
    private static final String AGGREGATES = "/compute/v2.1/os-aggregates";
    private static final String SERVICES = "/compute/v2.1/os-services";

    private static RunningCloud cloud;
    private static String operator;
    private static FakeNode first;
    private static FakeNode second;

    @BeforeAll
    static void start() {
        TestPki pki = new TestPki();
        cloud = RunningCloud.start(pki);
        operator = cloud.token("provider", "admin");
        first = node(pki, "first");
        second = node(pki, "second");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> get(SERVICES, "2.79").path("services").size() == 2);
    }

    private static FakeNode node(TestPki pki, String name) {
        UUID id = UUID.randomUUID();
        int port = cloud.context().getBean(NodeServer.class).port();
        return new FakeNode(id, name, 8, 16384, 100, pki.issue(name, "URI:unkai:host:" + id), port).start();
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
        cloud.close();
    }

    @Test
    void oldClientsFindTheProvidersOwnServicesBesideTheHosts() {
        List<String> services = new ArrayList<>();
        get("/compute/v2.1/os-hosts", "2.1")
                .path("hosts")
                .forEach(row -> services.add(row.path("service").asString()));
        assertThat(services).contains("conductor", "scheduler", "compute");
        assertThat(get("/compute/v2.1/os-hosts?zone=internal", "2.1").path("hosts"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.path("zone").asString()).isEqualTo("internal"));
    }

    @Test
    void anAggregateWithAZonePutsItsHostsThereAndGivesThemBack() {
        JsonNode made = send("POST", AGGREGATES, """
                {"aggregate":{"name":"fast","availability_zone":"tokyo"}}""", "2.79").json().path("aggregate");
        String path = AGGREGATES + "/" + made.path("id").asInt();
        assertThat(made.path("availability_zone").asString()).isEqualTo("tokyo");
        assertThat(made.has("hosts")).isFalse();
        assertThat(made.path("uuid").asString()).hasSize(36);

        JsonNode added = send("POST", path + "/action", """
                {"add_host":{"host":"second"}}""", "2.79").json().path("aggregate");
        assertThat(added.at("/hosts/0").asString()).isEqualTo("second");
        assertThat(added.at("/metadata/availability_zone").asString()).isEqualTo("tokyo");
        assertThat(zoneOf("second")).isEqualTo("tokyo");
        // It stays there when its node, which knows nothing of aggregates, attaches anew.
        second.cut();
        await().during(Duration.ofMillis(600))
                .atMost(Duration.ofSeconds(10))
                .until(() -> zoneOf("second").equals("tokyo"));

        assertThat(send("POST", path + "/action", "{\"add_host\":{\"host\":\"second\"}}", "2.79")
                        .status())
                .isEqualTo(409);
        assertThat(send("POST", path + "/action", "{\"add_host\":{\"host\":\"nobody\"}}", "2.79")
                        .status())
                .isEqualTo(404);
        assertThat(send("DELETE", path, null, "2.79").status())
                .as("it has a host")
                .isEqualTo(400);
        assertThat(send("POST", path + "/action", "{\"remove_host\":{\"host\":\"second\"}}", "2.79")
                        .status())
                .isEqualTo(200);
        assertThat(zoneOf("second")).isEqualTo("nova");
        assertThat(send("DELETE", path, null, "2.79").status()).isEqualTo(200);
        assertThat(send("GET", path, null, "2.79").status()).isEqualTo(404);
    }

    @Test
    void aHostIsInOneZoneAloneAndMetadataIsSetAndRemoved() {
        String one = path("{\"aggregate\":{\"name\":\"one\",\"availability_zone\":\"zone-1\"}}");
        String two = path("{\"aggregate\":{\"name\":\"two\",\"availability_zone\":\"zone-2\"}}");
        send("POST", one + "/action", "{\"add_host\":{\"host\":\"first\"}}", "2.79");

        assertThat(send("POST", two + "/action", "{\"add_host\":{\"host\":\"first\"}}", "2.79")
                        .status())
                .isEqualTo(409);
        assertThat(send("POST", AGGREGATES, "{\"aggregate\":{\"name\":\"one\"}}", "2.79")
                        .status())
                .isEqualTo(409);
        send("POST", one + "/action", "{\"set_metadata\":{\"metadata\":{\"ssd\":\"true\"}}}", "2.79");
        JsonNode changed = send(
                        "POST",
                        one + "/action",
                        "{\"set_metadata\":{\"metadata\":{\"availability_zone\":null}}}",
                        "2.79")
                .json()
                .path("aggregate");
        assertThat(changed.at("/metadata/ssd").asString()).isEqualTo("true");
        assertThat(changed.path("availability_zone").isNull()).isTrue();
        assertThat(zoneOf("first")).isEqualTo("nova");

        send("POST", one + "/action", "{\"remove_host\":{\"host\":\"first\"}}", "2.79");
        send("DELETE", one, null, "2.79");
        send("DELETE", two, null, "2.79");
    }

    @Test
    void aDisabledServiceIsAHostInMaintenanceWithItsReason() {
        Answer old = send("PUT", SERVICES + "/disable-log-reason", """
                {"host":"first","binary":"nova-compute","disabled_reason":"new memory"}""", "2.52");
        assertThat(old.json().at("/service/status").asString()).isEqualTo("disabled");
        assertThat(old.json().at("/service/disabled_reason").asString()).isEqualTo("new memory");
        JsonNode service = service("first");
        assertThat(service.path("status").asString()).isEqualTo("disabled");
        assertThat(service.path("disabled_reason").asString()).isEqualTo("new memory");
        assertThat(service.path("state").asString()).isEqualTo("up");
        JsonNode host = get("/service/v1/hosts/" + first.host(), "2.1");
        assertThat(host.path("state").asString()).isEqualTo("maintenance");
        assertThat(host.path("maintenanceReason").asString()).isEqualTo("new memory");

        Answer enabled =
                send("PUT", SERVICES + "/" + service.path("id").asString(), "{\"status\":\"enabled\"}", "2.53");
        assertThat(enabled.json().at("/service/status").asString()).isEqualTo("enabled");
        assertThat(service("first").path("disabled_reason").isNull()).isTrue();

        assertThat(send(
                                "PUT",
                                SERVICES + "/" + service.path("id").asString(),
                                "{\"status\":\"enabled\",\"disabled_reason\":\"no\"}",
                                "2.53")
                        .status())
                .isEqualTo(400);
        assertThat(send("PUT", SERVICES + "/enable", "{\"host\":\"x\",\"binary\":\"nova-compute\"}", "2.52")
                        .status())
                .isEqualTo(404);
        assertThat(send("PUT", SERVICES + "/enable", "{\"host\":\"first\",\"binary\":\"nova-compute\"}", "2.53")
                        .status())
                .as("by UUID since 2.53")
                .isIn(400, 404);
    }

    @Test
    void aDeletedServiceIsAnEmptyHostThatLeaves() {
        UUID id = UUID.randomUUID();
        cloud.context()
                .getBean(dev.unkai.base.data.Transactions.class)
                .doAsSystem(db -> db.sql("""
                        insert into host (id, name, zone, state, facts, vcpus, memory_mib, disk_gib, uefi)
                        values (?, 'third', 'nova', 'unknown', '{}', 1, 1, 1, false)""").param(id).update());
        assertThat(send("DELETE", SERVICES + "/third", null, "2.53").status()).isEqualTo(400);
        assertThat(send("DELETE", SERVICES + "/third", null, "2.52").status()).isEqualTo(400);
        assertThat(send("DELETE", SERVICES + "/" + UUID.randomUUID(), null, "2.53")
                        .status())
                .isEqualTo(404);
        assertThat(send("DELETE", SERVICES + "/" + id, null, "2.53").status()).isEqualTo(204);
        assertThat(get(SERVICES + "?host=third", "2.79").path("services")).isEmpty();
    }

    @Test
    void aDedicatedHostIsSeenByItsCustomerAndByNoOther() {
        String path = "/service/v1/hosts/" + second.host();
        assertThat(cloud.send(operator, "PUT", path + "/owner", "{\"project\":\"customer-1\"}")
                        .json()
                        .path("project")
                        .asString())
                .isEqualTo("customer-1");

        JsonNode own = cloud.send(cloud.token("customer-1", "reader"), "GET", "/service/v1/hosts", null)
                .json()
                .path("hosts");
        assertThat(own).hasSize(1);
        assertThat(own.at("/0/name").asString()).isEqualTo("second");
        assertThat(own.at("/0/memoryMib/total").asInt()).isEqualTo(16384);
        assertThat(cloud.send(cloud.token("customer-2", "reader"), "GET", path, null)
                        .status())
                .isEqualTo(404);
        assertThat(cloud.send(operator, "PUT", path + "/owner", "{\"project\":\"no such thing!\"}")
                        .status())
                .isEqualTo(400);
        assertThat(cloud.send(operator, "DELETE", path + "/owner", null)
                        .json()
                        .path("project")
                        .isNull())
                .isTrue();
    }

    private static String path(String body) {
        return AGGREGATES + "/"
                + send("POST", AGGREGATES, body, "2.79")
                        .json()
                        .at("/aggregate/id")
                        .asInt();
    }

    private static String zoneOf(String host) {
        return service(host).path("zone").asString();
    }

    private static JsonNode service(String host) {
        return get(SERVICES + "?host=" + host, "2.79").at("/services/0");
    }

    private static JsonNode get(String path, String version) {
        return send("GET", path, null, version).json();
    }

    private static Answer send(String method, String path, String body, String version) {
        return cloud.send(operator, method, path, body, Map.of("OpenStack-API-Version", "compute " + version));
    }
}
