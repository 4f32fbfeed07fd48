package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A second machine has joined by the command that the operator is given; the two are one machine room. */
@ExtendWith(RunningRack.class)
class TwoHostsTest {
    private static final String FACTOR = "/service/v1/account/second-factor";

    @Test
    void serversApartRunOnBothHostsAndPingEachOther(Site site) {
        Api api = Api.as(site, "sample-shared");
        try (ReachableNetwork network = new ReachableNetwork(api, "apart", "10.61.0.0/24")) {
            String first = network.port("10.61.0.11");
            String second = network.port("10.61.0.12");

            List<String> servers = network.serversApart(List.of(first, second));

            assertThat(hostsOf(Api.as(site, "operator"), servers)).hasSize(2);
            Guest guest = network.guest(api.floatingAddress(first));
            await().atMost(Duration.ofSeconds(60)).until(() -> guest.pings("10.61.0.12"));
            // What is on the second host is reached from outside through the gateway on the first, and its TCP passes
            // Geneve.
            Guest other = network.guest(api.floatingAddress(second));
            assertThat(other.run("hostname").succeeded().strip()).isEqualTo(network.name() + "-2");
        }
    }

    @Test
    void theOperatorSeesWhatTheHostsAreAndHowSoonTheNewOneRanAGuest(Site site) {
        Api api = Api.as(site, "sample-shared");
        Api operator = Api.as(site, "operator");
        String server = operator.server("first", null, List.of(), Map.of("availability_zone", "nova:machine-2"));
        operator.awaitStatus(server, "ACTIVE");

        JsonNode host = host(operator, "machine-2");
        assertThat(host.path("state").asString()).isEqualTo("up");
        assertThat(host.at("/vcpus/total").asInt()).isPositive();
        assertThat(host.at("/memoryMib/used").asInt()).isGreaterThanOrEqualTo(64);
        assertThat(host.at("/facts/acceleration").asString()).isIn("kvm", "tcg");
        assertThat(host.at("/facts/clockOffsetSeconds").isNumber()).isTrue();
        assertThat(host.path("gateway").asBoolean()).isFalse();
        assertThat(host.path("timeToFirstGuestSeconds").asDouble()).isBetween(1.0, 600.0);
        System.out.println("Time to first guest of the second host: "
                + host.path("timeToFirstGuestSeconds").asDouble() + " s");
        assertThat(api.get("/service/v1/hosts").expect(200).path("hosts"))
                .as("a customer without dedicated hosts sees none")
                .isEmpty();
        assertThat(site.openstack("operator", "hypervisor", "list", "-f", "value", "-c", "Hypervisor Hostname")
                        .succeeded())
                .contains("machine-2");

        operator.delete("/compute/v2.1/servers/" + server).expect(204);
        operator.awaitStatus(server, "GONE");
    }

    @Test
    void aMachineLeavesOnlyWithoutGuestsAndATokenWorksOnce(Site site) {
        Api operator = Api.as(site, "operator");
        List<String> command = joinCommandByWhoHasASecondFactor(site, operator);
        Machine third = site.join("--zone", "annex", "--memory", "2048");
        String server = operator.server("guest", null, List.of(), Map.of("availability_zone", "annex"));
        operator.awaitStatus(server, "ACTIVE");
        assertThat(host(operator, third.name()).path("zone").asString()).isEqualTo("annex");
        assertThat(host(operator, third.name()).at("/memoryMib/total").asInt()).isEqualTo(2048);

        Command refused = third.unkai("node", "leave");
        assertThat(refused.status()).isNotZero();
        assertThat(refused.errors()).contains("1 guests").doesNotContain("Exception");
        assertThat(operator.status(server)).isEqualTo("ACTIVE");

        operator.delete("/compute/v2.1/servers/" + server).expect(204);
        operator.awaitStatus(server, "GONE");
        third.unkai("node", "leave").succeeded();
        assertThat(names(operator)).doesNotContain(third.name());

        // Its name is free again; the token that the first command had is good for this one machine, once.
        third.unkai(command.toArray(String[]::new)).succeeded();
        assertThat(names(operator)).contains(third.name());
        Command again = third.run(
                Duration.ofMinutes(2),
                java.util.stream.Stream.concat(
                                java.util.stream.Stream.concat(
                                        java.util.stream.Stream.of(
                                                Site.REPOSITORY.resolve("unkai").toString()),
                                        command.stream()),
                                java.util.stream.Stream.of("--name", "impostor", "--data", third.folder() + "x"))
                        .toArray(String[]::new));
        assertThat(again.status()).isNotZero();
        assertThat(again.errors()).contains("token").doesNotContain("Exception");
        third.unkai("node", "leave").succeeded();
    }

    /** The operator sets one up for this, and takes it away again: others log in by password. */
    private static List<String> joinCommandByWhoHasASecondFactor(Site site, Api operator) {
        String password = operator.credentials().get("password");
        JsonNode begun = operator.post(FACTOR, Map.of("proof", Map.of("password", password)))
                .expect(200);
        Authenticator app = new Authenticator(begun.path("secret").asString());
        operator.put(FACTOR, Map.of("proof", Map.of("code", app.code(-1)))).expect(200);
        try {
            return site.joinCommand(app.code(0));
        } finally {
            operator.post(FACTOR + "/removal", Map.of("proof", Map.of("password", password, "code", app.code(1))))
                    .expect(200);
            operator.logIn();
        }
    }

    private static Set<String> hostsOf(Api operator, List<String> servers) {
        Set<String> hosts = new TreeSet<>();
        for (String server : servers) {
            hosts.add(operator.get("/compute/v2.1/servers/" + server)
                    .expect(200)
                    .at("/server/OS-EXT-SRV-ATTR:host")
                    .asString());
        }
        return hosts;
    }

    private static JsonNode host(Api operator, String name) {
        for (JsonNode host : operator.get("/service/v1/hosts").expect(200).path("hosts")) {
            if (host.path("name").asString().equals(name)) {
                return host;
            }
        }
        throw new AssertionError("No host " + name);
    }

    private static List<String> names(Api operator) {
        List<String> names = new ArrayList<>();
        operator.get("/service/v1/hosts")
                .expect(200)
                .path("hosts")
                .forEach(host -> names.add(host.path("name").asString()));
        return names;
    }
}
