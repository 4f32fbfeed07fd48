package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.rack.Api.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real Debian, built on demand, with what a customer puts into it at its birth. */
@ExtendWith(RunningSite.class)
class DebianTest {
    private static final String PASSWORD = "Unkai-0-password";

    @Test
    void debianBootsWithCloudInitAndLetsItsOwnerInByKey(Site site) {
        Command.run(
                        Duration.ofMinutes(15),
                        Map.of(),
                        Site.REPOSITORY,
                        "./unkai",
                        "image",
                        "build",
                        "debian-12",
                        "--data",
                        site.data().toString())
                .succeeded();
        Api api = Api.as(site, "sample-shared");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !api.get("/image/v2/images?name=debian-12&status=active")
                        .body()
                        .path("images")
                        .isEmpty());
        String name = Api.unique("debian");
        Path key = Guest.newKey();
        api.keypair(name, Guest.publicKey(key));
        Network network = api.network(name, "10.92.0.0/24");
        api.routerToOutside(network);
        String group = api.securityGroup(name);
        api.allow(group, "tcp", 22);
        String port = api.port(network, "10.92.0.5", group);
        String server = api.post(
                        "/compute/v2.1/servers",
                        Map.of(
                                "server",
                                Map.of(
                                        "name",
                                        name,
                                        "imageRef",
                                        api.image("debian-12"),
                                        "flavorRef",
                                        api.flavor("u1.small"),
                                        "key_name",
                                        name,
                                        "adminPass",
                                        PASSWORD,
                                        "networks",
                                        List.of(Map.of("port", port)))))
                .expect(202)
                .at("/server/id")
                .asString();
        api.awaitStatus(server, "ACTIVE");
        Guest guest = new Guest(api.floatingAddress(port), key, "debian");

        guest.awaitLogin(Duration.ofMinutes(8));

        assertThat(guest.run("cat /etc/debian_version").succeeded()).startsWith("12.");
        assertThat(guest.run("hostname").succeeded().strip()).isEqualTo(name);
        assertThat(guest.run("sudo python3 -W ignore -c \"import crypt, spwd; kept = spwd.getspnam('debian').sp_pwdp;"
                                + " print(crypt.crypt('" + PASSWORD + "', kept) == kept)\"")
                        .succeeded()
                        .strip())
                .isEqualTo("True");
        api.delete("/compute/v2.1/servers/" + server).expect(204);
        api.awaitStatus(server, "GONE");
    }
}
