package dev.unkai.cloud.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.data.TestFolder;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.RunningCloud;
import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.hosts.link.NodeServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A machine becomes a host by a token that works once, and is none any more when it has been removed. */
class JoinTest {
    private static RunningCloud cloud;
    private static String operator;

    @BeforeAll
    static void start() {
        cloud = RunningCloud.start(new TestPki());
        operator = cloud.token("provider", "admin");
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void theOperatorGetsACommandThatNamesTheServiceTheTokenAndItsAuthority() throws Exception {
        JsonNode made =
                cloud.send(operator, "POST", "/service/v1/host-tokens", null).json();
        String pem = cloud.send(null, "GET", "/service/v1/authority", null).text();
        String fingerprint = "sha256:"
                + HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(certificate(pem).getEncoded()));

        assertThat(made.path("command").asString())
                .isEqualTo("./unkai node join --cloud https://cloud.example --token "
                        + made.path("token").asString() + " --authority " + fingerprint);
        assertThat(stored(
                        "select count(*) from host_token where hash = ?",
                        made.path("token").asString().getBytes(StandardCharsets.UTF_8)))
                .as("the token itself is kept nowhere")
                .isZero();
    }

    @Test
    void aTokenGivesOneKeyACertificateAndEveryOtherKeyNone() throws Exception {
        String token = token();
        KeyPair key = newKey();

        Answer first = enrol(token, request(key), "host-a");
        Answer lostAndRepeated = enrol(token, request(key), "host-a");
        Answer thief = enrol(token, request(newKey()), "host-b");

        assertThat(first.status()).as(first.text()).isEqualTo(201);
        X509Certificate certificate =
                certificate(first.json().path("certificate").asString());
        certificate.verify(
                certificate(first.json().path("hostAuthority").asString()).getPublicKey());
        String host = first.json().path("hostId").asString();
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + host);
        assertThat(certificate.getSubjectAlternativeNames().stream().map(name -> (String) name.get(1)))
                .containsExactly("unkai:host:" + host);
        assertThat(certificate.getPublicKey()).isEqualTo(key.getPublic());
        assertThat(certificate.getBasicConstraints()).as("no authority").isEqualTo(-1);
        assertThat(first.json().path("southbound").asString()).isEqualTo("cloud.example:6642");
        assertThat(lostAndRepeated.json().path("hostId").asString()).isEqualTo(host);
        assertThat(thief.status()).isEqualTo(403);
        assertThat(stored("select count(*) from outbox where event like '%enrol%failure%host-b%'"))
                .as("the refusal is recorded")
                .isOne();
    }

    @Test
    void anOldTokenAnUnknownOneAndATakenNameAreRefused() throws Exception {
        String old = token();
        cloud.context()
                .getBean(Transactions.class)
                .doAsSystem(
                        db -> db.sql("update host_token set expires_at = now() - interval '1 second' where hash = ?")
                                .param(hash(old))
                                .update());

        assertThat(enrol(old, request(newKey()), "host-c").status()).isEqualTo(403);
        assertThat(enrol("never-issued-token", request(newKey()), "host-c").status())
                .isEqualTo(403);
        assertThat(enrol(token(), request(newKey()), "host-d").status()).isEqualTo(201);
        Answer taken = enrol(token(), request(newKey()), "host-d");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().path("detail").asString()).contains("host-d").contains("--name");
        assertThat(enrol(token(), "no request", "host-e").status()).isEqualTo(400);
        assertThat(enrol(token(), request(newKey()), "not a name").status()).isEqualTo(400);
    }

    @Test
    void theCertificateLetsAHostInUntilItIsRemoved() throws Exception {
        KeyPair key = newKey();
        JsonNode enrolled = enrol(token(), request(key), "host-f").json();
        UUID id = UUID.fromString(enrolled.path("hostId").asString());
        try (FakeNode node = new FakeNode(id, "host-f", 4, 8192, 100, files(enrolled, key), port()).start()) {
            await().atMost(Duration.ofSeconds(20)).until(() -> names().contains("host-f"));
            JsonNode host =
                    cloud.send(operator, "GET", "/service/v1/hosts/" + id, null).json();
            assertThat(host.path("state").asString()).isEqualTo("up");
            assertThat(host.at("/memoryMib/total").asInt()).isEqualTo(8192);
            assertThat(host.path("timeToFirstGuestSeconds").isNull()).isTrue();

            assertThat(cloud.send(operator, "DELETE", "/service/v1/hosts/" + id, null)
                            .status())
                    .isEqualTo(204);

            // It goes on trying, every 20 ms.
            await().during(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> !names().contains("host-f"));
            assertThat(node.host()).isEqualTo(id);
        }
        assertThat(enrol(token(), request(newKey()), "host-f").status())
                .as("the name is free again")
                .isEqualTo(201);
    }

    @Test
    void anAttachedHostGetsItsNextCertificateForTheSameKeyUntilItIsRemoved() throws Exception {
        KeyPair key = newKey();
        JsonNode enrolled = enrol(token(), request(key), "host-h").json();
        X509Certificate first = certificate(enrolled.path("certificate").asString());
        UUID id = UUID.fromString(enrolled.path("hostId").asString());
        try (FakeNode node = new FakeNode(id, "host-h", 4, 8192, 100, files(enrolled, key), port()).start()) {
            await().atMost(Duration.ofSeconds(20)).until(() -> names().contains("host-h"));
            assertThat(ends(id)).isEqualTo(first.getNotAfter().toInstant());
            assertThat(Duration.between(Instant.now(), ends(id))).isBetween(Duration.ofHours(23), Duration.ofHours(25));
            cloud.context()
                    .getBean(Transactions.class)
                    .doAsSystem(db -> db.sql("update host set certificate_ends_at = now() where id = ?")
                            .param(id)
                            .update());

            X509Certificate next = certificate(node.renew().getCertificate());
            next.verify(certificate(enrolled.path("hostAuthority").asString()).getPublicKey());
            assertThat(next.getPublicKey()).isEqualTo(key.getPublic());
            assertThat(List.copyOf(next.getSubjectAlternativeNames()))
                    .isEqualTo(List.copyOf(first.getSubjectAlternativeNames()));
            assertThat(next.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
            assertThat(ends(id)).isEqualTo(next.getNotAfter().toInstant());
            assertThat(stored("select count(*) from outbox where event like '%renew%" + id + "%'"))
                    .isOne();

            cloud.send(operator, "DELETE", "/service/v1/hosts/" + id, null);
            assertThat(node.renew().getRefusal()).contains("removed");
            assertThat(node.renew().getCertificate()).isEmpty();
        }
    }

    @Test
    void whoHasLostItsCertificateComesBackWithANewTokenAsTheHostThatItWas() throws Exception {
        KeyPair key = newKey();
        String host =
                enrol(token(), request(key), "host-i").json().path("hostId").asString();

        assertThat(enrol(token(), request(newKey()), "host-i").status())
                .as("another machine")
                .isEqualTo(409);
        Answer again = enrol(token(), request(key), "host-i");
        assertThat(again.status()).as(again.text()).isEqualTo(201);
        assertThat(again.json().path("hostId").asString()).isEqualTo(host);
        assertThat(certificate(again.json().path("certificate").asString()).getPublicKey())
                .isEqualTo(key.getPublic());
        assertThat(enrol("never-issued-token", request(key), "host-i").status()).isEqualTo(403);
    }

    private static Instant ends(UUID host) {
        return Instant.parse(cloud.send(operator, "GET", "/service/v1/hosts/" + host, null)
                .json()
                .path("certificateEndsAt")
                .asString());
    }

    private static String token() {
        return cloud.send(operator, "POST", "/service/v1/host-tokens", null)
                .json()
                .path("token")
                .asString();
    }

    private static Answer enrol(String token, String request, String name) {
        Map<String, String> body =
                new HashMap<>(Map.of("token", token, "request", request, "name", name, "address", "203.0.113.9"));
        return cloud.send(null, "POST", "/service/v1/host-enrolments", RunningCloud.JSON.writeValueAsString(body));
    }

    private static List<String> names() {
        return cloud.send(operator, "GET", "/service/v1/hosts", null)
                .json()
                .path("hosts")
                .valueStream()
                .map(host -> host.path("name").asString())
                .toList();
    }

    private static int port() {
        return cloud.context().getBean(NodeServer.class).port();
    }

    private static long stored(String query, Object... values) {
        return cloud.context().getBean(Transactions.class).asSystem(db -> {
            var statement = db.sql(query);
            for (Object value : values) {
                statement = statement.param(value);
            }
            return statement.query(Long.class).single();
        });
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static String request(KeyPair key) throws Exception {
        return pem(new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=cloud"), key.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
    }

    private static String pem(Object item) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(item);
        }
        return text.toString();
    }

    private static PemFiles files(JsonNode enrolled, KeyPair key) throws IOException {
        Path folder = TestFolder.create("unkai-join");
        Path certificate = Files.writeString(
                folder.resolve("c"), enrolled.path("certificate").asString());
        Path secret = Files.writeString(folder.resolve("k"), pem(new JcaPKCS8Generator(key.getPrivate(), null)));
        String authority =
                cloud.send(null, "GET", "/service/v1/authority", null).text();
        return new PemFiles(certificate, secret, Files.writeString(folder.resolve("a"), authority));
    }

    private static X509Certificate certificate(String pem) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
