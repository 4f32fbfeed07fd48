package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * A host is emptied while its guests answer, though its node is killed in the middle; then it takes guests again, and those that went come
 * back while the node that they come to and a cloud process are killed.
 */
@ExtendWith(RunningRack.class)
class HostDrainTest {
    /** Guests in software stand still while their memory goes over, and machines that test are busy. */
    private static final long LONGEST_GAP_MILLIS = 20_000;

    private static final Duration DRAINED = Duration.ofMinutes(4);

    @Test
    void guestsAnswerFromOutsideWhileTheirHostIsEmptiedThoughItsNodeDies(Site site) {
        Api api = Api.as(site, "sample-shared");
        Api operator = Api.as(site, "operator");
        Machine machine = site.machines().getFirst();
        JsonNode hosts = operator.get("/service/v1/hosts").expect(200);
        String first = host(hosts, machine.name(), false);
        String drained = host(hosts, machine.name(), true);
        ReachableNetwork network = new ReachableNetwork(api, "drain", "10.62.0.0/24");
        List<String> ports = List.of(network.port("10.62.0.11"), network.port("10.62.0.12"));

        // With the other host in maintenance they are made where they are to be.
        maintain(operator, first, false);
        List<String> servers = network.servers(ports);
        operator.delete("/service/v1/hosts/" + first + "/maintenance").expect(200);
        String address = api.floatingAddress(ports.get(0));
        Guest guest = network.guest(address);
        String boot = guest.run("cat /proc/sys/kernel/random/boot_id").succeeded();

        String second = api.floatingAddress(ports.get(1));
        empty(operator, drained, servers, List.of(address, second), () -> {
            awaitProgress(operator, drained);
            machine.kill9("node");
        });

        assertThat(Qemu.runningOnce(site)).containsAll(servers);
        assertThat(guest.run("cat /proc/sys/kernel/random/boot_id").succeeded())
                .as("it is the same life")
                .isEqualTo(boot);
        await().atMost(Duration.ofSeconds(30)).until(() -> guest.pings("10.62.0.12"));
        assertThat(guest.run("timeout 20 wget -qO- http://169.254.169.254/openstack/latest/meta_data.json")
                        .output())
                .contains(servers.getFirst());
        assertThat(guest.run("udhcpc -n -q -i eth0 -s /bin/true 2>&1").output()).contains("lease of 10.62.0.11");
        JsonNode moved = api.get("/service/v1/history?target=" + servers.getFirst() + "&action=live-migration")
                .expect(200);
        assertThat(moved.path("events")).isNotEmpty();
        assertThat(moved.toString())
                .as("the provider's hosts are no customer's business")
                .doesNotContain("machine-");

        operator.delete("/service/v1/hosts/" + drained + "/maintenance").expect(200);
        String again = operator.server("again", null, List.of(), Map.of("availability_zone", "nova:" + machine.name()));
        operator.awaitStatus(again, "ACTIVE");

        operator.delete("/compute/v2.1/servers/" + again).expect(204);

        // And back, with trouble where they come to and in the cloud; it is asked at the process that lives on.
        Api survivor = Api.at(site, "operator", "https://127.0.0.1:" + (site.port() + 6));
        empty(survivor, first, servers, List.of(address, second), () -> {
            awaitProgress(survivor, first);
            long node = machine.pid("node");
            ProcessHandle.of(node).ifPresent(ProcessHandle::destroyForcibly);
            await().atMost(Duration.ofSeconds(30)).until(() -> machine.pid("node") != node);
            awaitProgress(survivor, first);
            site.kill9("cloud");
        });
        assertThat(Qemu.runningOnce(site)).containsAll(servers);
        assertThat(guest.run("cat /proc/sys/kernel/random/boot_id").succeeded())
                .as("still the same life")
                .isEqualTo(boot);
        survivor.delete("/service/v1/hosts/" + first + "/maintenance").expect(200);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.get("/compute/v2.1/servers").status() == 200);

        network.close();
        operator.awaitStatus(again, "GONE");
    }

    /** Drains the host and lets trouble come; returns when it is empty, having looked at what the guests' callers saw of it. */
    private static void empty(
            Api operator, String host, List<String> servers, List<String> addresses, Runnable trouble) {
        try (Pings one = Pings.to(addresses.get(0));
                Pings other = Pings.to(addresses.get(1))) {
            await().atMost(Duration.ofSeconds(60)).until(() -> one.answered() && other.answered());
            maintain(operator, host, true);
            trouble.run();

            await().atMost(DRAINED)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> drain(operator, host).path("state").asString().equals("drained"));
            await().atMost(Duration.ofSeconds(30)).until(() -> one.answered() && other.answered());
            JsonNode told = drain(operator, host);
            System.out.println("Longest gaps of pings while the host was emptied: " + one.longestGap() + " ms and "
                    + other.longestGap() + " ms; longest standstill told "
                    + told.path("longestStandstillMillis").asLong() + " ms");
            assertThat(one.longestGap()).isLessThan(LONGEST_GAP_MILLIS);
            assertThat(other.longestGap()).isLessThan(LONGEST_GAP_MILLIS);
            // Nobody can tell it where every move ended while no node was there to see it.
            JsonNode standstill = told.path("longestStandstillMillis");
            assertThat(standstill.isNull() ? 1 : standstill.asLong()).isBetween(1L, LONGEST_GAP_MILLIS);
            assertThat(told.path("servers"))
                    .hasSize(servers.size())
                    .allSatisfy(server ->
                            assertThat(server.path("state").asString()).isEqualTo("moved"));
        }
    }

    /** Returns in the middle of a move. */
    private static void awaitProgress(Api operator, String host) {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    for (JsonNode server : drain(operator, host).path("servers")) {
                        if (server.path("state").asString().equals("moving")
                                && server.path("progress").asInt(0) > 0) {
                            return true;
                        }
                    }
                    return false;
                });
    }

    private static void maintain(Api operator, String host, boolean drain) {
        operator.put("/service/v1/hosts/" + host + "/maintenance", Map.of("reason", "test", "drain", drain))
                .expect(200);
    }

    private static JsonNode drain(Api operator, String host) {
        return operator.get("/service/v1/hosts/" + host + "/drain").expect(200);
    }

    /** The id of the host of this name, or of the first that has another. */
    private static String host(JsonNode hosts, String name, boolean same) {
        for (JsonNode host : hosts.path("hosts")) {
            if (host.path("name").asString().equals(name) == same) {
                return host.path("id").asString();
            }
        }
        throw new AssertionError("No such host in " + hosts);
    }
}
