package dev.unkai.cloud.compute.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.compute.api.ComputeSite.Customer;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class KeypairApiTest {
    private static final String ED25519 =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me@home";

    private final ComputeSite site = ComputeSite.shared();
    private final Customer customer = site.customer();

    private Answer take(String name, String key) {
        return customer.post(
                2, "/os-keypairs", "{\"keypair\":{\"name\":\"%s\",\"public_key\":\"%s\"}}".formatted(name, key));
    }

    @Test
    void aGeneratedKeyComesWithItsPrivateHalfOnce() {
        JsonNode made = customer.post(2, "/os-keypairs", "{\"keypair\":{\"name\":\"made\",\"type\":\"ssh\"}}")
                .json()
                .path("keypair");
        assertThat(made.path("private_key").asString()).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        assertThat(made.path("public_key").asString()).startsWith("ssh-rsa AAAA");
        assertThat(made.path("fingerprint").asString()).matches("([0-9a-f]{2}:){15}[0-9a-f]{2}");
        assertThat(customer.get(2, "/os-keypairs/made").text()).doesNotContain("private_key");
    }

    @Test
    void aCertificateIsMadeForX509() {
        JsonNode made = customer.post(2, "/os-keypairs", "{\"keypair\":{\"name\":\"cert\",\"type\":\"x509\"}}")
                .json()
                .path("keypair");
        assertThat(made.path("public_key").asString()).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(made.path("fingerprint").asString()).matches("([0-9a-f]{2}:){19}[0-9a-f]{2}");
    }

    @Test
    void anImportedKeyHasTheFingerprintThatSshKeygenShows() {
        assertThat(take("brought", ED25519).json().at("/keypair/fingerprint").asString())
                .isEqualTo("65:96:2d:fc:e8:d5:a9:11:64:0c:0f:ea:00:6e:5b:bd");
        assertThat(take("brought", ED25519).status()).isEqualTo(409);
    }

    @Test
    void whatIsNoKeyIsRefused() {
        for (String bad : List.of(
                "rubbish",
                "ssh-rsa",
                "ssh-rsa !!!!",
                "ssh-rsa " + ED25519.split(" ")[1],
                "ssh-ed25519 AAAA",
                ED25519 + "\\nssh-rsa AAAA",
                "command=\\\"x\\\" " + ED25519)) {
            Answer refused = take("bad", bad);
            assertThat(refused.status()).as(bad).isEqualTo(400);
            assertThat(refused.json().at("/badRequest/message").asString()).startsWith("Keypair data is invalid");
        }
    }

    @Test
    void keysAreTheUsersNotTheProjects() {
        take("private", ED25519);
        Customer other = site.customer();
        assertThat(other.get(10, "/os-keypairs/private").status()).isEqualTo(404);
        String path = "/os-keypairs/private?user_id=user-of-" + customer.project;
        assertThat(other.get(10, path).status()).isEqualTo(403);
        assertThat(other.send(other.operatorToken(), 10, "GET", path, null).status())
                .isEqualTo(200);
    }

    @Test
    void aServerKeepsItsKeyWhenThePairIsDeleted() {
        take("boot", ED25519);
        String id = customer.post(1, "/servers", customer.body("keyed", ",\"key_name\":\"boot\""))
                .json()
                .at("/server/id")
                .asString();
        assertThat(customer.delete(2, "/os-keypairs/boot").status()).isEqualTo(204);
        assertThat(customer.get(1, "/servers/" + id)
                        .json()
                        .at("/server/key_name")
                        .asString())
                .isEqualTo("boot");
        assertThat(site.count("select count(*) from server where id = ?::uuid and key_public = ?", id, ED25519))
                .isEqualTo(1);
    }

    @Test
    void pagesComeByName() {
        for (String name : List.of("c", "a", "b")) {
            take(name, ED25519);
        }
        JsonNode page = customer.get(35, "/os-keypairs?limit=2").json();
        assertThat(page.at("/keypairs/1/keypair/name").asString()).isEqualTo("b");
        assertThat(page.at("/keypairs_links/0/href").asString()).contains("marker=b");
        assertThat(customer.get(35, "/os-keypairs?marker=b")
                        .json()
                        .at("/keypairs/0/keypair/name")
                        .asString())
                .isEqualTo("c");
        assertThat(customer.get(35, "/os-keypairs?marker=zzz").status()).isEqualTo(400);
    }
}
