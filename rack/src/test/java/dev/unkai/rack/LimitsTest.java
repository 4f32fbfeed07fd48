package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.rack.Api.Network;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A limit on bandwidth, measured. */
@ExtendWith(RunningSite.class)
class LimitsTest {
    private static final long KBIT = 2_000;

    @Test
    void aLimitHoldsOutwardsAndInwardsAndGoesWithItsPolicy(Site site) {
        Api api = Api.as(site, "sample-shared");
        Api operator = Api.as(site, "operator");
        Network network = api.network(Api.unique("limits"), "10.93.0.0/24");
        String group = api.securityGroup(Api.unique("limits"));
        api.allow(group, "tcp", 5201);
        String project = api.get("/network/v2.0/networks/" + network.id())
                .expect(200)
                .at("/network/project_id")
                .asString();
        String policy = operator.post(
                        "/network/v2.0/qos/policies",
                        Map.of("policy", Map.of("name", Api.unique("slow"), "project_id", project)))
                .expect(201)
                .at("/policy/id")
                .asString();
        for (String direction : new String[] {"egress", "ingress"}) {
            operator.post(
                            "/network/v2.0/qos/policies/" + policy + "/bandwidth_limit_rules",
                            Map.of("bandwidth_limit_rule", Map.of("max_kbps", KBIT, "direction", direction)))
                    .expect(201);
        }
        try (PluggedPort limited = PluggedPort.plug(site, api, api.port(network, "10.93.0.5", group));
                PluggedPort other = PluggedPort.plug(site, api, api.port(network, "10.93.0.6", group))) {
            Process first = limited.start("iperf3", "-s");
            Process second = other.start("iperf3", "-s");
            try {
                await("measured").atMost(Duration.ofSeconds(20)).until(() -> measure(limited, other) > 0);
                assertThat(measure(limited, other)).as("without a limit").isGreaterThan(2 * KBIT);

                setPolicy(operator, limited, policy);
                assertThat(measured(limited, other)).as("outwards").isCloseTo(KBIT, within15Percent());
                assertThat(measured(other, limited)).as("inwards").isCloseTo(KBIT, within15Percent());

                setPolicy(operator, limited, null);
                await("free again").atMost(Duration.ofSeconds(20)).until(() -> measure(limited, other) > 2 * KBIT);
            } finally {
                first.destroy();
                second.destroy();
            }
        }
        api.delete("/network/v2.0/security-groups/" + group).expect(204);
    }

    private static Percentage within15Percent() {
        return Percentage.withPercentage(15);
    }

    /** Once the limit has arrived at the host. */
    private static long measured(PluggedPort from, PluggedPort to) {
        await("a limit").atMost(Duration.ofSeconds(20)).until(() -> measure(from, to) < 2 * KBIT);
        JsonNode result = Api.JSON.readTree(from.inside("iperf3", "-J", "-c", to.address(), "-t", "5", "-O", "2"));
        return result.at("/end/sum_received/bits_per_second").asLong() / 1000;
    }

    /** Kilobit a second over a short time; 0 when there was no connection. */
    private static long measure(PluggedPort from, PluggedPort to) {
        Command run = from.run("iperf3", "-J", "-c", to.address(), "-t", "1", "--connect-timeout", "2000");
        return run.status() != 0
                ? 0
                : Api.JSON
                                .readTree(run.output())
                                .at("/end/sum_received/bits_per_second")
                                .asLong()
                        / 1000;
    }

    private static void setPolicy(Api operator, PluggedPort port, String policy) {
        Map<String, Object> change = new HashMap<>();
        change.put("qos_policy_id", policy);
        operator.put("/network/v2.0/ports/" + port.id(), Map.of("port", change)).expect(200);
    }
}
