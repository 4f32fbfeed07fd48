package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A cloud process dies, a host is cut off, a node is replaced by a newer one: guests go on, and none runs twice. */
@ExtendWith(RunningRack.class)
class HostTroubleTest {
    @Test
    void oneOfTwoCloudProcessesDiesAndTheOtherGoesOnWithinFiveSeconds(Site site) {
        Api first = Api.as(site, "operator");
        String second = "https://127.0.0.1:" + (site.port() + 6);
        Api operator = Api.at(site, "operator", second);
        assertThat(operator.get("/service/v1/hosts").expect(200).path("hosts")).hasSize(2);
        assertThat(first.get("/service/v1/hosts").expect(200).path("hosts")).hasSize(2);

        Instant killed = Instant.now();
        site.hold("cloud");
        try {
            await().atMost(Duration.ofSeconds(5))
                    .pollInterval(Duration.ofMillis(100))
                    .untilAsserted(() -> {
                        for (JsonNode host :
                                operator.get("/service/v1/hosts").expect(200).path("hosts")) {
                            assertThat(Instant.parse(host.path("lastSeen").asString()))
                                    .isAfter(killed);
                        }
                    });
            System.out.println("Every host is attached to the other cloud process "
                    + Duration.between(killed, Instant.now()).toMillis() + " ms after the first was killed");
            String server = guest(operator, "orphan");
            operator.awaitStatus(server, "ACTIVE");
            assertThat(Qemu.runningOnce(site)).contains(server);
            operator.delete("/compute/v2.1/servers/" + server).expect(204);
            operator.awaitStatus(server, "GONE");
        } finally {
            site.release("cloud");
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> first.get("/service/v1/hosts").expect(200));
    }

    @Test
    void aHostThatIsCutOffIsUnknownItsGuestStaysThereAndAllIsWellWhenItReturns(Site site) {
        Machine machine = site.machines().getFirst();
        Api operator = Api.as(site, "operator");
        String server = guest(operator, "lonely");
        operator.awaitStatus(server, "ACTIVE");
        String process = Qemu.of(server);

        machine.connected(false);
        try {
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> state(operator, machine).equals("unknown"));
            assertThat(site.openstack(
                                    "operator",
                                    "compute",
                                    "service",
                                    "list",
                                    "--host",
                                    machine.name(),
                                    "-f",
                                    "value",
                                    "-c",
                                    "State")
                            .succeeded()
                            .strip())
                    .isEqualTo("down");
            // As in the reference the server stays what it was, and what it does is not known.
            await().atMost(Duration.ofSeconds(20)).until(() -> power(operator, server) == 0);
            assertThat(operator.status(server)).isEqualTo("ACTIVE");
            assertThat(Qemu.of(server)).as("still that one, and no other").isEqualTo(process);
        } finally {
            machine.connected(true);
        }

        await().atMost(Duration.ofSeconds(60))
                .until(() -> state(operator, machine).equals("up"));
        await().atMost(Duration.ofSeconds(20)).until(() -> power(operator, server) == 1);
        assertThat(Qemu.of(server)).isEqualTo(process);
        operator.delete("/compute/v2.1/servers/" + server).expect(204);
        operator.awaitStatus(server, "GONE");
    }

    /** A tiny server without networks on the second host. */
    private static String guest(Api operator, String name) {
        return operator.server(Api.unique(name), null, List.of(), Map.of("availability_zone", "nova:machine-2"));
    }

    private static int power(Api operator, String server) {
        return operator.get("/compute/v2.1/servers/" + server)
                .expect(200)
                .at("/server/OS-EXT-STS:power_state")
                .asInt();
    }

    private static String state(Api operator, Machine machine) {
        for (JsonNode host : operator.get("/service/v1/hosts").expect(200).path("hosts")) {
            if (host.path("name").asString().equals(machine.name())) {
                return host.path("state").asString();
            }
        }
        return "absent";
    }
}
