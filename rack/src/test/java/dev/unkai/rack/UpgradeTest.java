package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The hosts' nodes are one version older than the control plane, and are upgraded one after the other under their guests. */
@ExtendWith(RunningRack.class)
class UpgradeTest {
    /** The version of the node protocol whose nodes make no disks beside a server's own. */
    private static final String BEFORE = "protocol=3\n";

    /** What runs the guests and their network is not touched; it is the machines that test that are busy. */
    private static final long LONGEST_GAP_MILLIS = 3_000;

    @Test
    void guestsAnswerWhileTheirHostsAreUpgradedAndOnlyUpgradedHostsTakeWhatOldOnesCannotMake(Site site) {
        Api api = Api.as(site, "sample-shared");
        Api operator = Api.as(site, "operator");
        Machine machine = site.machines().getFirst();
        String first = nameOfOther(operator, machine.name());
        String flavor = flavorWithEphemeralDisk(operator);

        try (ReachableNetwork network = new ReachableNetwork(api, "upgrade", "10.63.0.0/24")) {
            List<String> ports = List.of(network.port("10.63.0.11"), network.port("10.63.0.12"));
            List<String> guests = network.serversApart(ports);
            List<String> processes = guests.stream().map(Qemu::of).toList();
            goBack(site.data());
            goBack(machine.folder());
            site.kill9("node");
            machine.kill9("node");
            try (Pings one = Pings.to(api.floatingAddress(ports.get(0)));
                    Pings other = Pings.to(api.floatingAddress(ports.get(1)))) {
                await().atMost(Duration.ofSeconds(120)).until(() -> one.answered() && other.answered());
                await().atMost(Duration.ofSeconds(60)).until(() -> isReady(site.data()) && isReady(machine.folder()));
                long node = site.pid("node");
                long nodeOfMachine = machine.pid("node");
                long hypervisor = machine.pid("libvirtd");
                long controller = machine.pid("ovn-controller");

                comeNewer();
                site.start();

                assertThat(site.pid("node")).isNotEqualTo(node);
                assertThat(machine.pid("node")).isEqualTo(nodeOfMachine);
                String made = ask(operator, first, flavor);
                String notMade = ask(operator, machine.name(), flavor);
                String plain = ask(operator, machine.name(), operator.flavor("u1.nano"));
                operator.awaitStatus(made, "ACTIVE");
                assertThat(localDisks(site.data(), made)).isNotEmpty();
                operator.awaitStatus(notMade, "ERROR");
                assertThat(operator.get("/service/v1/servers/" + notMade + "/placement")
                                .text())
                        .contains("no host's node is new enough");
                operator.awaitStatus(plain, "ACTIVE");

                comeNewer();
                machine.unkai("node", "join").succeeded();

                assertThat(machine.pid("node")).isNotEqualTo(nodeOfMachine);
                assertThat(machine.pid("libvirtd")).isEqualTo(hypervisor);
                assertThat(machine.pid("ovn-controller")).isEqualTo(controller);
                String madeThere = ask(operator, machine.name(), flavor);
                operator.awaitStatus(madeThere, "ACTIVE");
                assertThat(localDisks(machine.folder(), madeThere)).isNotEmpty();

                assertThat(guests.stream().map(Qemu::of)).isEqualTo(processes);
                assertThat(guests).allMatch(guest -> api.status(guest).equals("ACTIVE"));
                System.out.println("Longest gaps of pings while the hosts were upgraded: " + one.longestGap()
                        + " ms and " + other.longestGap() + " ms");
                assertThat(one.answered() && other.answered()).isTrue();
                assertThat(Math.max(one.longestGap(), other.longestGap())).isLessThan(LONGEST_GAP_MILLIS);
                for (String server : List.of(made, notMade, plain, madeThere)) {
                    operator.delete("/compute/v2.1/servers/" + server).expect(204);
                }
                List.of(made, notMade, plain, madeThere).forEach(server -> operator.awaitStatus(server, "GONE"));
            }
        }
        operator.delete("/compute/v2.1/flavors/" + flavor).expect(202);
    }

    /** A tiny server without networks on a chosen host; its id. */
    private static String ask(Api operator, String host, String flavor) {
        return operator.server(
                Api.unique("upgraded"),
                null,
                List.of(),
                Map.of("availability_zone", "nova:" + host, "flavorRef", flavor));
    }

    /** A host's node speaks as the version before does from its next start on, and is not ready until then. */
    private static void goBack(Path host) {
        try {
            Files.writeString(host.resolve("etc/node.properties"), BEFORE, StandardOpenOption.APPEND);
            Files.delete(ready(host));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the host's node has attached since its last start. */
    private static boolean isReady(Path host) {
        return Files.exists(ready(host));
    }

    private static Path ready(Path host) {
        return host.resolve("run/node.ready");
    }

    /** What a build leaves: the same file, newer. */
    private static void comeNewer() {
        Path jar = Site.REPOSITORY.resolve("node/target/node.jar");
        Command.run(Duration.ofSeconds(5), Map.of(), "touch", jar.toString()).succeeded();
    }

    private static List<String> localDisks(Path host, String server) {
        try (var files = Files.list(host.resolve("node/guests").resolve(server))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("local-ephemeral0"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String flavorWithEphemeralDisk(Api operator) {
        return operator.post(
                        "/compute/v2.1/flavors",
                        Map.of(
                                "flavor",
                                Map.of(
                                        "name",
                                        Api.unique("ephemeral"),
                                        "ram",
                                        64,
                                        "vcpus",
                                        1,
                                        "disk",
                                        1,
                                        "OS-FLV-EXT-DATA:ephemeral",
                                        1)))
                .expect(200)
                .at("/flavor/id")
                .asString();
    }

    private static String nameOfOther(Api operator, String name) {
        return operator.get("/service/v1/hosts")
                .expect(200)
                .path("hosts")
                .valueStream()
                .map((JsonNode host) -> host.path("name").asString())
                .filter(host -> !host.equals(name))
                .findFirst()
                .orElseThrow();
    }
}
