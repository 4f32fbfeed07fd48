package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.rack.Api.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** From a customer's network to the outside: translated to the router's address, and only where there is a router. */
@ExtendWith(RunningSite.class)
class WayOutTest {
    @Test
    void behindARouterTheOutsideSeesTheRoutersAddress(Site site) throws Exception {
        Api api = Api.as(site, "sample-shared");
        Network network = api.network(Api.unique("out"), "10.89.0.0/24");
        try (PluggedPort guest = PluggedPort.plug(site, api, api.port(network, "10.89.0.5"));
                ServerSocket outside = new ServerSocket()) {
            String gateway = outsideGateway(Api.as(site, "operator"));
            outside.bind(new InetSocketAddress(gateway, 0));
            String[] connect = {
                "bash", "-c", "exec 3<>/dev/tcp/" + gateway + "/" + outside.getLocalPort() + " && cat <&3"
            };
            assertThat(guest.run("timeout", "3", connect[0], connect[1], connect[2])
                            .status())
                    .as("no router, no way out")
                    .isNotZero();

            String router = api.routerToOutside(network);

            CompletableFuture<InetAddress> seen = CompletableFuture.supplyAsync(() -> accept(outside));
            await("an answer")
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(guest.run("timeout", "5", connect[0], connect[1], connect[2])
                                    .output())
                            .isEqualTo("hello from outside"));
            JsonNode own = api.get("/network/v2.0/routers/" + router)
                    .expect(200)
                    .at("/router/external_gateway_info/external_fixed_ips/0/ip_address");
            assertThat(seen.get(10, TimeUnit.SECONDS).getHostAddress()).isEqualTo(own.asString());
        }
    }

    @Test
    void beyondThisMachineGuestsGoByItsAddressAndOnlyAsLongAsTheOperatorWantsIt(Site site) throws Exception {
        Api api = Api.as(site, "sample-shared");
        Network network = api.network(Api.unique("beyond"), "10.90.0.0/24");
        try (PluggedPort guest = PluggedPort.plug(site, api, api.port(network, "10.90.0.5"));
                Beyond beyond = Beyond.make()) {
            api.routerToOutside(network);
            String gateway = outsideGateway(Api.as(site, "operator"));
            await("the machine answers").atMost(Duration.ofSeconds(30)).until(() -> guest.pings(gateway));
            assertThat(guest.pings(beyond.address())).as("as it is at first").isFalse();

            site.start("--masquerade", "on");
            try {
                await().atMost(Duration.ofSeconds(10)).until(() -> guest.pings(beyond.address()));
                Process listener = beyond.listen(7);
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> guest.run("bash", "-c", "exec 3<>/dev/tcp/" + beyond.address() + "/7")
                                        .status()
                                == 0);
                assertThat(new String(listener.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip())
                        .isEqualTo(beyond.machine());
            } finally {
                site.start("--masquerade", "off");
            }
            assertThat(guest.pings(beyond.address())).as("after off").isFalse();
            assertThat(guest.pings(gateway)).isTrue();
        }
    }

    @Test
    void aServerWithAFloatingAddressFindsNamesAndConnectsBeyondThisMachine(Site site) throws Exception {
        Api api = Api.as(site, "sample-shared");
        Path key = Guest.newKey();
        String name = Api.unique("named");
        api.keypair(name, Guest.publicKey(key));
        Network network = api.network(name, "10.93.0.0/24");
        api.routerToOutside(network);
        String group = api.securityGroup(name);
        api.allow(group, "tcp", 22);
        String port = api.port(network, "10.93.0.5", group);
        String server = api.server(name, name, List.of(port));
        try (Beyond beyond = Beyond.make()) {
            Guest guest = new Guest(api.floatingAddress(port), key, "root").awaitLogin();
            assertThat(guest.pings(beyond.address())).as("as it is at first").isFalse();
            Process names = beyond.nameServer();
            site.start("--masquerade", "on");
            try {
                await().atMost(Duration.ofSeconds(10)).until(() -> guest.pings(beyond.address()));
                assertThat(guest.run("nslookup www.example.net " + beyond.address())
                                .succeeded())
                        .contains(Beyond.NAMED);
                Process listener = beyond.listen(7);
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> guest.run("nc -w 3 " + beyond.address() + " 7 </dev/null")
                                        .status()
                                == 0);
                assertThat(new String(listener.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip())
                        .isEqualTo(beyond.machine());
            } finally {
                names.destroy();
                site.start("--masquerade", "off");
            }
            assertThat(guest.pings(beyond.address())).as("after off").isFalse();
        }
        api.delete("/compute/v2.1/servers/" + server).expect(204);
        api.awaitStatus(server, "GONE");
    }

    private static InetAddress accept(ServerSocket outside) {
        try (Socket socket = outside.accept()) {
            socket.getOutputStream().write("hello from outside".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return socket.getInetAddress();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** This machine's own address on the outside network, which only an operator is shown. */
    private static String outsideGateway(Api operator) {
        return operator.get("/network/v2.0/subnets?network_id=" + operator.publicNetwork())
                .expect(200)
                .at("/subnets/0/gateway_ip")
                .asString();
    }
}
