package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.rack.Api.Network;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Two customers' guests with the same address and without a config drive, and one on a network without IPv4: all they know of themselves
 * the metadata service told them.
 */
@ExtendWith(RunningSite.class)
class MetadataTest {
    private static final String ADDRESS = "10.88.0.11";
    private static final String SERVICE = "http://169.254.169.254";

    private static Customer one;
    private static Customer other;

    private static final String NAME6 = Api.unique("six");
    private static String onlyVersion6;

    private record Customer(Api api, String server, String name, String keyName, Path key, Guest guest) {
        static Customer settle(Site site, String cloud) {
            Api api = Api.as(site, cloud);
            Network network = api.network(Api.unique("metadata"), "10.88.0.0/24");
            api.routerToOutside(network);
            Path key = Guest.newKey();
            String keyName = Api.unique("key");
            api.keypair(keyName, Guest.publicKey(key));
            String group = api.securityGroup(Api.unique("ssh"));
            api.allow(group, "tcp", 22);
            String port = api.port(network, ADDRESS, group);
            String name = Api.unique("metadata");
            String script = "#!/bin/sh\necho user data of " + name + " >/run/proof\n";
            String server = api.server(
                    name,
                    keyName,
                    List.of(port),
                    Map.of("config_drive", false, "user_data", encoded(script), "metadata", Map.of("role", "proof")));
            return new Customer(api, server, name, keyName, key, new Guest(api.floatingAddress(port), key, "root"));
        }

        String get(String path) {
            return guest.run("wget -q -O - " + SERVICE + path).succeeded();
        }
    }

    @BeforeAll
    static void settleBoth(Site site) {
        Api api = Api.as(site, "sample-shared");
        onlyVersion6 = api.server(
                NAME6,
                null,
                List.of(portWithoutVersion4(api)),
                Map.of(
                        "config_drive",
                        false,
                        "user_data",
                        encoded(
                                "#!/bin/sh\necho \"proof $(wget -q -O - 'http://[fe80::a9fe:a9fe%eth0]/latest/meta-data/hostname')\"\n")));
        one = Customer.settle(site, "sample-shared");
        other = Customer.settle(site, "sample-dedicated");
        for (Customer customer : List.of(one, other)) {
            customer.api().awaitStatus(customer.server(), "ACTIVE");
            customer.guest().awaitLogin(); // its key came by the service
        }
    }

    private static String encoded(String script) {
        return Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_8));
    }

    /** Not even a router is there: what the guest asks is on its link. */
    private static String portWithoutVersion4(Api api) {
        String network = api.post("/network/v2.0/networks", Map.of("network", Map.of("name", NAME6)))
                .expect(201)
                .at("/network/id")
                .asString();
        api.post(
                        "/network/v2.0/subnets",
                        Map.of(
                                "subnet",
                                Map.of(
                                        "network_id",
                                        network,
                                        "cidr",
                                        "2001:db8:88::/64",
                                        "ip_version",
                                        6,
                                        "ipv6_ra_mode",
                                        "slaac",
                                        "ipv6_address_mode",
                                        "slaac")))
                .expect(201);
        return api.post("/network/v2.0/ports", Map.of("port", Map.of("network_id", network)))
                .expect(201)
                .at("/port/id")
                .asString();
    }

    @AfterAll
    static void leave() {
        one.api().delete("/compute/v2.1/servers/" + onlyVersion6);
        one.api().awaitStatus(onlyVersion6, "GONE");
        for (Customer customer : List.of(one, other)) {
            customer.api().delete("/compute/v2.1/servers/" + customer.server());
        }
        for (Customer customer : List.of(one, other)) {
            customer.api().awaitStatus(customer.server(), "GONE");
        }
    }

    @Test
    void eachGuestHasNameKeyAndUserDataOfItsOwnThoughBothHaveTheSameAddress() {
        for (Customer customer : List.of(one, other)) {
            assertThat(customer.guest().run("ip -4 addr").succeeded()).contains(ADDRESS + "/24");
            assertThat(customer.guest().run("ls /dev/vdb").status())
                    .as("no config drive")
                    .isNotZero();
            assertThat(customer.guest().run("hostname").succeeded().strip()).isEqualTo(customer.name());
            assertThat(customer.guest().run("cat /run/proof").succeeded())
                    .isEqualTo("user data of " + customer.name() + "\n");
            JsonNode data = Api.JSON.readTree(customer.get("/openstack/latest/meta_data.json"));
            assertThat(data.path("uuid").asString()).isEqualTo(customer.server());
            assertThat(data.at("/meta/role").asString()).isEqualTo("proof");
        }
    }

    @Test
    void ec2sFormTellsTheSame() {
        assertThat(one.get("/latest/meta-data/hostname")).isEqualTo(one.name());
        assertThat(one.get("/latest/meta-data/local-ipv4")).isEqualTo(ADDRESS);
        assertThat(one.get("/latest/meta-data/public-keys/0/openssh-key").strip())
                .isEqualTo(Guest.publicKey(one.key()));
        assertThat(one.get("/latest/user-data")).contains("user data of " + one.name());
    }

    @Test
    void changedMetadataAreSeenByTheRunningGuest(Site site) {
        String boot = one.guest().run("cat /proc/sys/kernel/random/boot_id").succeeded();
        site.openstack(
                        "sample-shared",
                        "server",
                        "set",
                        "--property",
                        "role=changed",
                        "--property",
                        "more=yes",
                        one.server())
                .succeeded();
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            JsonNode data = Api.JSON.readTree(one.get("/openstack/latest/meta_data.json"));
            assertThat(data.at("/meta/role").asString("")).isEqualTo("changed");
            assertThat(data.at("/meta/more").asString("")).isEqualTo("yes");
        });
        assertThat(one.guest().run("cat /proc/sys/kernel/random/boot_id").succeeded())
                .isEqualTo(boot);
        assertThat(other.get("/openstack/latest/meta_data.json")).doesNotContain("changed");
    }

    @Test
    void aGuestWithoutVersion4IsToldOnItsLink() {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(consoleLog(one.api(), onlyVersion6))
                        .contains("unkai-tiny ready: hostname=" + NAME6, "proof " + NAME6));
    }

    private static String consoleLog(Api api, String server) {
        return api.post(
                        "/compute/v2.1/servers/" + server + "/action",
                        Map.of("os-getConsoleOutput", Map.of("length", 200)))
                .expect(200)
                .path("output")
                .asString();
    }

    @Test
    void whatAGuestHasUsedIsCountedByItsHost(Site site) {
        Api operator = Api.as(site, "operator");
        JsonNode used = operator.get("/compute/v2.1/servers/" + one.server() + "/diagnostics")
                .expect(200);
        assertThat(used.at("/cpu_details/0/time").asLong()).as(used.toString()).isGreaterThan(1_000_000_000L);
        assertThat(used.at("/disk_details/0/read_bytes").asLong()).isGreaterThan(1_000_000);
        assertThat(used.at("/nic_details/0/rx_octets").asLong()).isGreaterThan(1_000);
        assertThat(used.at("/nic_details/0/tx_octets").asLong()).isGreaterThan(1_000);
        assertThat(used.at("/memory_details/used").asLong()).isPositive();
        String id =
                operator.get("/service/v1/hosts").expect(200).at("/hosts/0/id").asString();
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(operator.get("/compute/v2.1/os-hypervisors/" + id + "/uptime")
                                .expect(200)
                                .at("/hypervisor/uptime")
                                .asString())
                        .contains(" up ", "load average: "));
    }

    @Test
    void aForgedHeaderOrSourceGetsNothingOfAnother() {
        String forged = one.guest()
                .run("wget -q -O - --header 'X-Forwarded-For: 10.88.0.12' --header 'X-Instance-ID: " + other.server()
                        + "' --header 'X-Tenant-ID: any' " + SERVICE + "/openstack/latest/meta_data.json")
                .succeeded();
        assertThat(forged).contains(one.server()).doesNotContain(other.server());

        String asAnother = one.guest()
                .run(
                        "ip addr add 10.88.0.99/32 dev eth0; ip route add 169.254.169.254/32 dev eth0 src 10.88.0.99 metric 1;"
                                + " timeout 3 wget -q -O - " + SERVICE + "/latest/meta-data/hostname; echo status=$?;"
                                + " ip route del 169.254.169.254/32 dev eth0 metric 1; ip addr del 10.88.0.99/32 dev eth0")
                .output();
        assertThat(asAnother).contains("status=").doesNotContain("status=0", one.name());
        assertThat(one.get("/latest/meta-data/hostname")).isEqualTo(one.name());
    }
}
