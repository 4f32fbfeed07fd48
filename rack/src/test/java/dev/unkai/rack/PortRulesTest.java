package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.rack.Api.Network;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which addresses a port may send with, tried with packets. */
@ExtendWith(RunningSite.class)
class PortRulesTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @Test
    void aFurtherAddressPassesOnceItIsAllowedAndAForgedOneOnlyWithoutPortSecurity(Site site) {
        Api api = Api.as(site, "sample-shared");
        Network network = api.network(Api.unique("rules"), "10.92.0.0/24");
        String group = api.securityGroup(Api.unique("rules"));
        api.allow(group, "icmp", 0);
        try (PluggedPort one = PluggedPort.plug(site, api, api.port(network, "10.92.0.5", group));
                PluggedPort other = PluggedPort.plug(site, api, api.port(network, "10.92.0.6", group))) {
            await("its own address").atMost(SOON).until(() -> one.pings(other.address()));
            one.inside("ip", "address", "add", "10.92.0.50/24", "dev", "eth0");
            one.inside("ip", "address", "add", "10.92.0.66/24", "dev", "eth0");
            assertThat(pingsAs(one, "10.92.0.50", other)).as("not allowed yet").isFalse();

            change(api, one, Map.of("allowed_address_pairs", List.of(Map.of("ip_address", "10.92.0.50"))));
            await("allowed").atMost(SOON).until(() -> pingsAs(one, "10.92.0.50", other));
            assertThat(pingsAs(one, "10.92.0.66", other)).as("another address").isFalse();

            change(
                    api,
                    one,
                    Map.of(
                            "allowed_address_pairs",
                            List.of(),
                            "security_groups",
                            List.of(),
                            "port_security_enabled",
                            false));
            await("without port security").atMost(SOON).until(() -> pingsAs(one, "10.92.0.66", other));

            change(api, one, Map.of("port_security_enabled", true, "security_groups", List.of(group)));
            await("with it again").atMost(SOON).until(() -> !pingsAs(one, "10.92.0.66", other));
            assertThat(one.pings(other.address())).isTrue();
        }
        api.delete("/network/v2.0/security-groups/" + group).expect(204);
    }

    @Test
    void aNetworkThatIsDownCarriesNothingUntilItIsUpAgain(Site site) {
        Api api = Api.as(site, "sample-shared");
        Network network = api.network(Api.unique("down"), "10.93.0.0/24");
        String group = api.securityGroup(Api.unique("down"));
        api.allow(group, "icmp", 0);
        try (PluggedPort one = PluggedPort.plug(site, api, api.port(network, "10.93.0.5", group));
                PluggedPort other = PluggedPort.plug(site, api, api.port(network, "10.93.0.6", group))) {
            await("up").atMost(SOON).until(() -> one.pings(other.address()));

            set(api, network, false);
            await("down").atMost(SOON).until(() -> !one.pings(other.address()));

            set(api, network, true);
            await("up again").atMost(SOON).until(() -> one.pings(other.address()));
        }
        api.delete("/network/v2.0/security-groups/" + group).expect(204);
    }

    private static void set(Api api, Network network, boolean up) {
        api.put("/network/v2.0/networks/" + network.id(), Map.of("network", Map.of("admin_state_up", up)))
                .expect(200);
    }

    private static boolean pingsAs(PluggedPort from, String source, PluggedPort to) {
        return from.run("ping", "-c", "2", "-i", "0.3", "-W", "1", "-I", source, to.address())
                        .status()
                == 0;
    }

    private static void change(Api api, PluggedPort port, Map<String, Object> change) {
        api.put("/network/v2.0/ports/" + port.id(), Map.of("port", change)).expect(200);
    }
}
