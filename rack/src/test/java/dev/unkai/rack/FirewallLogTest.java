package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.rack.Api.Network;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What security groups drop and let through, from the packet to the customer's list. */
@ExtendWith(RunningSite.class)
class FirewallLogTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String ENTRIES = "/service/v1/firewall-log?limit=100";

    @Test
    void dropsAndAcceptsAreListedForTheirCustomerAloneAndOnlyWhileAskedFor(Site site) {
        Api api = Api.as(site, "sample-shared");
        Api stranger = Api.as(site, "sample-dedicated");
        Network network = api.network(Api.unique("watched"), "10.90.0.0/24");
        String group = api.securityGroup(Api.unique("watched"));
        api.allow(group, "icmp", 0);
        String target = api.port(network, "10.90.0.5", group);
        String asking = api.port(network, "10.90.0.6", group);
        try (PluggedPort server = PluggedPort.plug(site, api, target);
                PluggedPort client = PluggedPort.plug(site, api, asking)) {
            knock(client, server, 7001);
            assertThat(api.get(ENTRIES + "&port=" + target).expect(200).at("/entries"))
                    .as("nobody asked")
                    .isEmpty();

            String log = api.post(
                            "/network/v2.0/log/logs",
                            Map.of(
                                    "log",
                                    Map.of("resource_type", "security_group", "resource_id", group, "event", "ALL")))
                    .expect(201)
                    .at("/log/id")
                    .asString();
            await("a drop is listed").atMost(SOON).untilAsserted(() -> {
                knock(client, server, 7002);
                JsonNode drop = api.get(ENTRIES + "&port=" + target + "&verdict=DROP")
                        .expect(200)
                        .at("/entries/0");
                assertThat(drop.path("direction").asString()).isEqualTo("ingress");
                assertThat(drop.path("protocol").asString()).isEqualTo("tcp");
                assertThat(drop.path("source").asString()).isEqualTo(client.address());
                assertThat(drop.path("destination").asString()).isEqualTo(server.address());
                assertThat(drop.path("destinationPort").asInt()).isEqualTo(7002);
                assertThat(drop.path("logId").asString()).isEqualTo(log);
            });
            await("what is let through too").atMost(SOON).untilAsserted(() -> {
                assertThat(client.pings(server.address())).isTrue();
                assertThat(api.get(ENTRIES + "&port=" + target + "&verdict=ACCEPT&direction=ingress")
                                .expect(200)
                                .at("/entries/0/protocol")
                                .asString())
                        .isEqualTo("icmp");
            });
            assertThat(api.get("/service/v1/firewall-log/export?format=csv&port=" + target)
                            .text())
                    .startsWith("time,direction,verdict")
                    .contains("DROP,tcp," + client.address());
            assertThat(stranger.get(ENTRIES).expect(200).at("/entries"))
                    .as("another customer sees nothing")
                    .noneMatch(entry -> entry.path("portId").asString().equals(target));
            assertThat(stranger.get("/network/v2.0/log/logs/" + log).status()).isEqualTo(404);

            api.put("/network/v2.0/log/logs/" + log, Map.of("log", Map.of("enabled", false)))
                    .expect(200);
            await("the log is off").atMost(SOON).until(() -> {
                long before = newest(api, target);
                knock(client, server, 7003);
                return staysAt(before, api, target);
            });
            api.delete("/network/v2.0/log/logs/" + log).expect(204);
        }
        api.delete("/network/v2.0/security-groups/" + group).expect(204);
    }

    /** No line is lost or doubled though the node is killed while it reads. */
    @Test
    void aKilledNodeNeitherLosesNorDoublesAnEntry(Site site) {
        Api api = Api.as(site, "sample-shared");
        Network network = api.network(Api.unique("killed"), "10.91.0.0/24");
        String group = api.securityGroup(Api.unique("killed"));
        String target = api.port(network, "10.91.0.5", group);
        String log = api.post(
                        "/network/v2.0/log/logs",
                        Map.of("log", Map.of("resource_type", "security_group", "target_id", target, "event", "DROP")))
                .expect(201)
                .at("/log/id")
                .asString();
        try (PluggedPort server = PluggedPort.plug(site, api, target);
                PluggedPort client = PluggedPort.plug(site, api, api.port(network, "10.91.0.6", group))) {
            await("noted").atMost(SOON).until(() -> {
                knock(client, server, 8000);
                return newest(api, target) > 0;
            });
            for (int port = 8001; port <= 8012; port++) {
                knock(client, server, port);
                if (port % 4 == 0) {
                    site.kill9("node");
                }
            }
            await("all are listed").atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                JsonNode entries = api.get("/service/v1/firewall-log?limit=500&port=" + target)
                        .expect(200)
                        .at("/entries");
                for (int port = 8001; port <= 8012; port++) {
                    int wanted = port;
                    assertThat(entries)
                            .as("port " + port)
                            .filteredOn(entry -> entry.path("destinationPort").asInt() == wanted)
                            .hasSize(1);
                }
            });
        } finally {
            api.delete("/network/v2.0/log/logs/" + log);
            api.delete("/network/v2.0/security-groups/" + group);
        }
    }

    /** For longer than a host takes to send an entry. */
    private static boolean staysAt(long entry, Api api, String port) {
        try {
            await().during(Duration.ofMillis(2_500))
                    .atMost(Duration.ofSeconds(4))
                    .until(() -> newest(api, port) == entry);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    private static long newest(Api api, String port) {
        return api.get(ENTRIES + "&port=" + port)
                .expect(200)
                .at("/entries/0/id")
                .asLong(0);
    }

    /** One SYN, no more: it is given up before TCP would repeat it after a second. */
    private static void knock(PluggedPort client, PluggedPort server, int port) {
        client.run("timeout", "0.3", "bash", "-c", "exec 3<>/dev/tcp/" + server.address() + "/" + port);
    }
}
