package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.rack.Api.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two customers with the same addresses, held against each other with real guests and real packets (CLD.9.5.1). */
@ExtendWith(RunningSite.class)
class IsolationTest {
    private static final String RANGE = "10.77.0.0/24";

    private static Customer one;
    private static Customer other;

    /** A customer's corner: one guest with a floating address to enter by, and one neighbour. */
    private record Customer(
            Api api,
            Network network,
            String router,
            String openGroup,
            String entryPort,
            String entry,
            String neighbour,
            Guest guest) {

        static Customer settle(Site site, String cloud, String entryAddress, String neighbourAddress) {
            Api api = Api.as(site, cloud);
            Network network = api.network(Api.unique("isolation"), RANGE);
            String router = api.routerToOutside(network);
            Path key = Guest.newKey();
            String keyName = Api.unique("key");
            api.keypair(keyName, Guest.publicKey(key));
            String group = api.securityGroup(Api.unique("open"));
            api.allow(group, "tcp", 22);
            api.allow(group, "icmp", 0);
            String entryPort = api.port(network, entryAddress, group);
            String neighbourPort = api.port(network, neighbourAddress, group);
            String entry = api.server(Api.unique("entry"), keyName, List.of(entryPort));
            String neighbour = api.server(Api.unique("neighbour"), keyName, List.of(neighbourPort));
            String floating = api.floatingAddress(entryPort);
            return new Customer(
                    api, network, router, group, entryPort, entry, neighbour, new Guest(floating, key, "root"));
        }

        void awaitGuests() {
            api.awaitStatus(entry, "ACTIVE");
            api.awaitStatus(neighbour, "ACTIVE");
            guest.awaitLogin();
        }
    }

    @BeforeAll
    static void settleBoth(Site site) {
        one = Customer.settle(site, "sample-shared", "10.77.0.11", "10.77.0.12");
        other = Customer.settle(site, "sample-dedicated", "10.77.0.11", "10.77.0.22");
        one.awaitGuests();
        other.awaitGuests();
    }

    @AfterAll
    static void leave() {
        for (Customer customer : List.of(one, other)) {
            customer.api().delete("/compute/v2.1/servers/" + customer.entry());
            customer.api().delete("/compute/v2.1/servers/" + customer.neighbour());
        }
        for (Customer customer : List.of(one, other)) {
            customer.api().awaitStatus(customer.entry(), "GONE");
            customer.api().awaitStatus(customer.neighbour(), "GONE");
        }
    }

    @Test
    void bothGuestsHaveTheSameAddressAndReachTheirOwnNeighbour() {
        assertThat(one.guest().run("ip -4 addr").succeeded()).contains("10.77.0.11/24");
        assertThat(other.guest().run("ip -4 addr").succeeded()).contains("10.77.0.11/24");
        await().atMost(Duration.ofSeconds(60)).until(() -> one.guest().pings("10.77.0.12"));
        await().atMost(Duration.ofSeconds(60)).until(() -> other.guest().pings("10.77.0.22"));
    }

    @Test
    void neitherReachesTheOthersGuests() {
        assertThat(one.guest().pings("10.77.0.22")).isFalse();
        assertThat(other.guest().pings("10.77.0.12")).isFalse();
        assertThat(one.guest().run("ip neigh show 10.77.0.22").output()).doesNotContain("lladdr");
    }

    @Test
    void aForgedSourceAddressGoesNowhere() {
        await().atMost(Duration.ofSeconds(60)).until(() -> one.guest().pings("10.77.0.12"));

        String forged = one.guest()
                .run("ip addr add 10.77.0.99/24 dev eth0; ping -I 10.77.0.99 -c 3 -w 5 10.77.0.12; echo status=$?;"
                        + " ip addr del 10.77.0.99/24 dev eth0")
                .output();

        assertThat(forged).contains("status=1");
        assertThat(one.guest().pings("10.77.0.12"))
                .as("its own address still works")
                .isTrue();
    }

    @Test
    void aFloatingAddressAnswersOnlyOnAllowedPorts() {
        assertThat(connects(one.guest().address(), 22)).isTrue();
        one.guest().run("nc -l -p 8080 -e true >/dev/null 2>&1 & echo").succeeded();
        assertThat(connects(one.guest().address(), 8080)).isFalse();
    }

    @Test
    void aRuleOpensAndClosesARunningGuestWithinTwoSeconds() {
        one.guest()
                .run("(while true; do nc -l -p 9090 -e true; done) >/dev/null 2>&1 & echo")
                .succeeded();
        assertThat(connects(one.guest().address(), 9090))
                .as("closed by default")
                .isFalse();

        String rule = one.api().allow(one.openGroup(), "tcp", 9090);
        await("open")
                .atMost(Duration.ofSeconds(2))
                .until(() -> connects(one.guest().address(), 9090));

        one.api().delete("/network/v2.0/security-group-rules/" + rule).expect(204);
        await("closed")
                .atMost(Duration.ofSeconds(2))
                .until(() -> !connects(one.guest().address(), 9090));
    }

    private static boolean connects(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 700);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
