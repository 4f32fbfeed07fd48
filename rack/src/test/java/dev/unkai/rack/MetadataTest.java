package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.rack.Api.Network;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Two customers' guests with the same address and without a config drive: all they know of themselves the metadata service told them. */
@ExtendWith(RunningSite.class)
class MetadataTest {
    private static final String ADDRESS = "10.88.0.11";
    private static final String SERVICE = "http://169.254.169.254";

    private static Customer one;
    private static Customer other;

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
                    Map.of(
                            "config_drive",
                            false,
                            "user_data",
                            Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_8)),
                            "metadata",
                            Map.of("role", "proof")));
            return new Customer(api, server, name, keyName, key, new Guest(api.floatingAddress(port), key, "root"));
        }

        String get(String path) {
            return guest.run("wget -q -O - " + SERVICE + path).succeeded();
        }
    }

    @BeforeAll
    static void settleBoth(Site site) {
        one = Customer.settle(site, "sample-shared");
        other = Customer.settle(site, "sample-dedicated");
        for (Customer customer : List.of(one, other)) {
            customer.api().awaitStatus(customer.server(), "ACTIVE");
            customer.guest().awaitLogin(); // its key came by the service
        }
    }

    @AfterAll
    static void leave() {
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
