package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.rack.Api.Network;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What Unkai stands on breaks: the user is told, nothing is lost, and it goes on when the part is back. */
@ExtendWith(RunningSite.class)
class FaultsTest {
    private static final Duration HEALING = Duration.ofSeconds(120);

    @Test
    void aServerMadeWhileOvnIsDownIsConnectedWhenItReturns(Site site) {
        Api api = Api.as(site, "sample-shared");
        Path key = Guest.newKey();
        String name = Api.unique("no-ovn");
        api.keypair(name, Guest.publicKey(key));
        site.hold("ovn-northbound");
        String floating;
        String server;
        try {
            Network network = api.network(name, "10.91.0.0/24");
            api.routerToOutside(network);
            String group = api.securityGroup(name);
            api.allow(group, "tcp", 22);
            String port = api.port(network, "10.91.0.5", group);
            server = api.server(name, name, List.of(port));
            floating = api.floatingAddress(port);
        } finally {
            site.release("ovn-northbound");
        }

        api.awaitStatus(server, "ACTIVE");
        new Guest(floating, key, "root").awaitLogin();

        api.delete("/compute/v2.1/servers/" + server).expect(204);
        api.awaitStatus(server, "GONE");
    }

    @Test
    void aServerMadeWhileLibvirtIsDownSaysSoAndStartsWhenItReturns(Site site) {
        Api api = Api.as(site, "sample-shared");
        site.hold("libvirtd");
        String server;
        try {
            server = api.server(Api.unique("no-libvirt"), null, List.of());
            await().atMost(HEALING)
                    .untilAsserted(() -> assertThat(fault(api, server)).isNotEmpty());
            assertThat(fault(api, server)).doesNotContain("Exception").doesNotContain("\tat ");
        } finally {
            site.release("libvirtd");
        }

        await().atMost(HEALING)
                .untilAsserted(() -> assertThat(api.status(server)).isEqualTo("ACTIVE"));
        api.delete("/compute/v2.1/servers/" + server).expect(204);
        api.awaitStatus(server, "GONE");
    }

    @Test
    void aCorruptImageIsNamedAndUsedOnceItIsWholeAgain(Site site) throws IOException {
        Api api = Api.as(site, "sample-shared");
        String name = Api.unique("corrupt");
        Path copy = Files.createTempFile("unkai-image", ".qcow2");
        Files.write(copy, Files.readAllBytes(site.data().resolve("images-seed/unkai-tiny.qcow2")));
        try (RandomAccessFile file = new RandomAccessFile(copy.toFile(), "rw")) {
            file.seek(file.length());
            file.write(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)); // an image of its own, not in any cache
        }
        JsonNode image = Api.JSON.readTree(site.openstack(
                        "sample-shared",
                        "image",
                        "create",
                        "--disk-format",
                        "qcow2",
                        "--file",
                        copy.toString(),
                        "-f",
                        "json",
                        name)
                .succeeded());
        String id = image.path("id").asString();
        Path stored = storedFile(site, id);
        byte[] whole = Files.readAllBytes(stored);
        flipByte(stored);

        String server = api.post(
                        "/compute/v2.1/servers",
                        Map.of(
                                "server",
                                Map.of(
                                        "name",
                                        name,
                                        "imageRef",
                                        id,
                                        "flavorRef",
                                        api.flavor("u1.nano"),
                                        "networks",
                                        "none")))
                .expect(202)
                .at("/server/id")
                .asString();
        await().atMost(HEALING)
                .untilAsserted(() -> assertThat(fault(api, server)).containsIgnoringCase("image"));

        Files.write(stored, whole);
        await().atMost(HEALING)
                .untilAsserted(() -> assertThat(api.status(server)).isEqualTo("ACTIVE"));
        api.delete("/compute/v2.1/servers/" + server).expect(204);
        api.awaitStatus(server, "GONE");
        api.delete("/image/v2/images/" + id).expect(204);
    }

    private static String fault(Api api, String server) {
        return api.get("/compute/v2.1/servers/" + server)
                .body()
                .at("/server/fault/message")
                .asString("");
    }

    private static Path storedFile(Site site, String id) throws IOException {
        try (var files = Files.walk(site.data().resolve("images"))) {
            return files.filter(path -> path.getFileName().toString().startsWith(id))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void flipByte(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bytes.length() / 2);
            int old = bytes.read();
            bytes.seek(bytes.length() / 2);
            bytes.write(~old);
        }
    }
}
