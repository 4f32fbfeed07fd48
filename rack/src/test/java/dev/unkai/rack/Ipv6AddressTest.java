package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.rack.Api.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A machine that asks the network for its IPv6 address gets the one that the API shows, in both ways there are. */
@ExtendWith(RunningSite.class)
class Ipv6AddressTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void byRouterAdvertisementAndByDhcp(Site site) throws IOException {
        Api api = Api.as(site, "sample-shared");
        String group = api.securityGroup(Api.unique("six"));
        api.post(
                        "/network/v2.0/security-group-rules",
                        Map.of(
                                "security_group_rule",
                                Map.of(
                                        "security_group_id",
                                        group,
                                        "direction",
                                        "ingress",
                                        "ethertype",
                                        "IPv6",
                                        "protocol",
                                        "ipv6-icmp")))
                .expect(201);
        for (String mode : List.of("slaac", "dhcpv6-stateful")) {
            Network network = network(api, mode);
            List<PluggedPort> machines = new ArrayList<>();
            try {
                for (int number = 0; number < 2; number++) {
                    machines.add(PluggedPort.plugBare(site, api, port(api, network, group)));
                }
                for (PluggedPort machine : machines) {
                    if (mode.equals("dhcpv6-stateful")) {
                        machine.inside("ip", "-6", "address", "add", lease(machine) + "/64", "dev", "eth0", "nodad");
                    }
                    await(mode + " gives " + machine.address())
                            .atMost(SOON)
                            .untilAsserted(() -> assertThat(machine.inside("ip", "-6", "-o", "address", "show", "eth0"))
                                    .contains(machine.address() + "/64"));
                }
                await("ping")
                        .atMost(SOON)
                        .until(() -> machines.get(0).pings(machines.get(1).address()));
            } finally {
                machines.forEach(PluggedPort::close);
            }
        }
        api.delete("/network/v2.0/security-groups/" + group).expect(204);
    }

    private static Network network(Api api, String mode) {
        String name = Api.unique(mode);
        String id = api.post("/network/v2.0/networks", Map.of("network", Map.of("name", name)))
                .expect(201)
                .at("/network/id")
                .asString();
        String subnet = api.post(
                        "/network/v2.0/subnets",
                        Map.of(
                                "subnet",
                                Map.of(
                                        "network_id",
                                        id,
                                        "cidr",
                                        mode.equals("slaac") ? "2001:db8:5::/64" : "2001:db8:6::/64",
                                        "ip_version",
                                        6,
                                        "ipv6_ra_mode",
                                        mode,
                                        "ipv6_address_mode",
                                        mode)))
                .expect(201)
                .at("/subnet/id")
                .asString();
        String router = api.post("/network/v2.0/routers", Map.of("router", Map.of("name", name)))
                .expect(201)
                .at("/router/id")
                .asString();
        api.put("/network/v2.0/routers/" + router + "/add_router_interface", Map.of("subnet_id", subnet))
                .expect(200);
        return new Network(id, subnet);
    }

    private static String port(Api api, Network network, String group) {
        return api.post(
                        "/network/v2.0/ports",
                        Map.of("port", Map.of("network_id", network.id(), "security_groups", List.of(group))))
                .expect(201)
                .at("/port/id")
                .asString();
    }

    /** What an unmodified DHCP client is given. */
    private static String lease(PluggedPort machine) {
        try {
            Path folder = Files.createTempDirectory("unkai-dhcp");
            Path leases = folder.resolve("leases");
            await("link-local address").atMost(SOON).until(() -> {
                String addresses = machine.inside("ip", "-6", "-o", "address", "show", "eth0", "scope", "link");
                return addresses.contains("fe80") && !addresses.contains("tentative");
            });
            machine.inside(
                    "timeout",
                    "30",
                    "dhclient",
                    "-6",
                    "-1",
                    "-sf",
                    "/bin/true",
                    "-lf",
                    leases.toString(),
                    "-pf",
                    folder.resolve("pid").toString(),
                    "eth0");
            machine.run("pkill", "-F", folder.resolve("pid").toString());
            return Files.readAllLines(leases).stream()
                    .filter(line -> line.strip().startsWith("iaaddr"))
                    .map(line -> line.strip().split(" ")[1])
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
