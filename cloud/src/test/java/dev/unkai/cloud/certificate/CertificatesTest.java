package dev.unkai.cloud.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.data.TestFolder;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.RunningCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;

class CertificatesTest {
    private static final String PATH = "/service/v1/certificates";

    private static final TestPki PKI = new TestPki();
    private static final Path RENEWALS = TestFolder.create("unkai-renewals").resolve("renewals.json");
    private static final Path ACME = TestFolder.create("unkai-edge");
    private static final String AWAY = "https://localhost:1/dir";
    private static PemFiles launcher;
    private static RunningCloud cloud;
    private static String operator;

    @BeforeAll
    static void start() {
        launcher = PKI.issue("launcher", "DNS:launcher.example");
        cloud = RunningCloud.start(
                PKI,
                "--unkai.certificates.files.launcher=" + launcher.certificate(),
                "--unkai.certificates.files.gateway=/nowhere/gateway.crt",
                "--unkai.certificates.doors.vpn=127.0.0.1:1",
                "--unkai.certificates.renewals=" + RENEWALS,
                "--unkai.edge.source=acme",
                "--unkai.edge.origin=" + AWAY,
                "--unkai.edge.certificate=" + ACME.resolve("acme.pem"),
                "--unkai.edge.key=" + ACME.resolve("acme.pem"),
                "--unkai.edge.acme.folder=" + ACME,
                "--unkai.edge.acme.directory=" + AWAY,
                "--unkai.edge.acme.names[0]=cloud.example");
        operator = cloud.token("provider", "admin");
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void theInventoryTellsOfEachPlaceWhatIsThereAndWhatCannotBeSeen() throws Exception {
        JsonNode mine =
                await().atMost(Duration.ofSeconds(20)).until(() -> entry("launcher"), node -> node.has("subject"));
        X509Certificate real = launcher.chain().getFirst();
        assertThat(mine.path("subject").asString()).isEqualTo("CN=launcher");
        assertThat(mine.path("issuer").asString()).isEqualTo("CN=test authority");
        assertThat(mine.path("names").valueStream().map(JsonNode::asString))
                .containsExactly("DNS:localhost", "IP:127.0.0.1", "DNS:launcher.example");
        assertThat(mine.path("fingerprint").asString()).matches("sha256:[0-9a-f]{64}");
        assertThat(Instant.parse(mine.path("notAfter").asString()))
                .isEqualTo(real.getNotAfter().toInstant());
        assertThat(mine.path("renewal").asString()).isEqualTo("built-in");
        // Two days of life: what would be ten days from the end for others is good for it.
        assertThat(mine.path("state").asString()).isEqualTo("good");

        assertThat(entry("authority").path("renewal").asString()).isEqualTo("up");
        assertThat(entry("edge").path("fingerprint")).isEqualTo(entry("cloud").path("fingerprint"));
        await().atMost(Duration.ofSeconds(20)).until(() -> entry("vpn").has("problem"));
        assertThat(entry("vpn").path("problem").asString()).isEqualTo("unreachable");
        assertThat(entry("identity").path("problem").asString()).isEqualTo("unreachable");
        assertThat(entry("gateway").path("problem").asString()).isEqualTo("unreadable");
        assertThat(entry("gateway").path("state").asString()).isEqualTo("unseen");
    }

    @Test
    void aNearEndAlarmsOnceForEachThreshold() {
        at(Duration.ofHours(45)).step();
        at(Duration.ofHours(45)).step();
        assertThat(events("expire", "authority")).hasSize(1);
        assertThat(events("expire", "authority").getFirst()).contains("\"failure\"", "\"until\"");
        cloud.context().getBean(CertificateWatch.class).step();
        at(Duration.ofHours(49)).step();
        at(Duration.ofHours(49)).step();
        assertThat(events("expire", "authority")).as("that it has ended").hasSize(2);
    }

    private static CertificateWatch at(Duration later) {
        return new CertificateWatch(
                cloud.context().getBean(CertificatePlaces.class),
                cloud.context().getBean(CertificateStore.class),
                cloud.context().getBean(RenewalAttempts.class),
                cloud.context().getBean(Transactions.class),
                Clock.offset(Clock.systemUTC(), later));
    }

    @Test
    void aRenewalStandsInTheHistoryOnce() throws IOException {
        CertificateWatch watch = cloud.context().getBean(CertificateWatch.class);
        watch.step();
        String before = entry("launcher").path("fingerprint").asString();
        PemFiles next = PKI.issue("next");
        Files.copy(next.certificate(), launcher.certificate(), StandardCopyOption.REPLACE_EXISTING);
        watch.step();
        watch.step();
        assertThat(entry("launcher").path("fingerprint").asString()).isNotEqualTo(before);
        assertThat(events("renew", "launcher")).hasSize(1);
    }

    @Test
    void whyARenewalFailedStandsInTheInventoryAndIsToldOnceEachTimeItBegins() throws IOException {
        CertificateWatch watch = cloud.context().getBean(CertificateWatch.class);
        String failed = """
                {"identity": {"at": "2026-11-26T01:02:03Z", "failure": {"reason": "failed", "values": ["disk full"], "detail": "disk full"}},
                 "launcher": {"at": "2026-11-26T01:02:03Z"}}
                """;
        Files.writeString(RENEWALS, failed);
        watch.step();
        watch.step();

        JsonNode identity = entry("identity");
        assertThat(identity.path("triedAt").asString()).isEqualTo("2026-11-26T01:02:03Z");
        assertThat(identity.path("failure").path("reason").asString()).isEqualTo("failed");
        assertThat(identity.path("failure").path("values").valueStream().map(JsonNode::asString))
                .containsExactly("disk full");
        assertThat(entry("launcher").path("triedAt").asString()).isEqualTo("2026-11-26T01:02:03Z");
        assertThat(entry("launcher").has("failure")).isFalse();
        assertThat(entry("launcher").has("renewsAt")).isTrue();
        assertThat(entry("authority").has("renewsAt")).as("up renews it").isFalse();
        assertThat(events("renew", "identity")).hasSize(1).first().asString().contains("\"failure\"", "disk full");

        Files.writeString(RENEWALS, "{\"identity\": {\"at\": \"2026-11-26T01:03:03Z\"}}");
        watch.step();
        assertThat(entry("identity").has("failure")).isFalse();
        Files.writeString(RENEWALS, failed);
        watch.step();
        assertThat(events("renew", "identity")).as("it began again").hasSize(2);
    }

    @Test
    void filesOfAnOperatorsAreToldOfByTheirOwnEntry() throws IOException {
        Path file = TestFolder.create("unkai-renewals").resolve("renewals.json");
        Files.writeString(file, "{\"edge\": {\"at\": \"2026-11-26T01:02:03Z\"}}");
        MockEnvironment environment =
                new MockEnvironment().withProperty("unkai.certificates.renewals", file.toString());
        CertificatePlace edge = new CertificatePlace(
                "edge", CertificatePlace.Renewal.FILE, "/etc/site.crt", new CertificatePlace.Look.InFile(file));

        assertThat(new RenewalAttempts(environment, Optional.empty())
                        .of(edge)
                        .orElseThrow()
                        .at())
                .isEqualTo("2026-11-26T01:02:03Z");
    }

    @Test
    void anOrderByAcmeThatFailedIsTriedAgainAtOnceWhereAnOperatorWantsIt() {
        JsonNode first = await().atMost(Duration.ofSeconds(20)).until(() -> entry("edge"), node -> node.has("failure"));
        assertThat(first.path("renewal").asString()).isEqualTo("acme");
        assertThat(first.path("origin").asString()).isEqualTo(AWAY);
        assertThat(first.path("failure").path("reason").asString()).isEqualTo("acme-unreachable");
        Instant tried = Instant.parse(first.path("triedAt").asString());
        assertThat(Instant.parse(first.path("nextTryAt").asString())).isEqualTo(tried.plusSeconds(60));

        assertThat(retry("edge").status()).isEqualTo(204);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> !entry("edge").path("triedAt").asString().equals(tried.toString()));
        assertThat(events("update", "edge")).hasSize(1);
        assertThat(retry("nothing").status()).isEqualTo(404);
        assertThat(retry("identity").status()).isEqualTo(409);
        assertThat(retry("identity").json().path("detail").asString()).contains("does not come by ACME");
        assertThat(cloud.send(cloud.token("provider", "auditor"), "POST", PATH + "/edge/retry", null)
                        .status())
                .isEqualTo(403);
    }

    private static RunningCloud.Answer retry(String name) {
        return cloud.send(operator, "POST", PATH + "/" + name + "/retry", null);
    }

    @Test
    void thresholdsAre30And7DaysOrAShareOfAShortLife() {
        Instant until = Instant.parse("2027-06-01T00:00:00Z");
        CertificateFacts year = facts(until, Duration.ofDays(397));
        assertThat(year.nearness(until.minus(Duration.ofDays(31)))).isEqualTo(CertificateFacts.Nearness.GOOD);
        assertThat(year.nearness(until.minus(Duration.ofDays(30)))).isEqualTo(CertificateFacts.Nearness.EXPIRING);
        assertThat(year.nearness(until.minus(Duration.ofDays(7)))).isEqualTo(CertificateFacts.Nearness.URGENT);
        assertThat(year.nearness(until)).isEqualTo(CertificateFacts.Nearness.ENDED);
        CertificateFacts day = facts(until, Duration.ofHours(24));
        assertThat(day.thirdLeft()).isEqualTo(until.minus(Duration.ofHours(8)));
        assertThat(day.nearness(until.minus(Duration.ofHours(7)))).isEqualTo(CertificateFacts.Nearness.GOOD);
        assertThat(day.nearness(until.minus(Duration.ofHours(6)))).isEqualTo(CertificateFacts.Nearness.EXPIRING);
        assertThat(day.nearness(until.minus(Duration.ofHours(2)))).isEqualTo(CertificateFacts.Nearness.URGENT);
    }

    private static CertificateFacts facts(Instant until, Duration life) {
        return new CertificateFacts("CN=a", "CN=b", List.of(), "sha256:00", until.minus(life), until);
    }

    private static JsonNode entry(String name) {
        return cloud.send(operator, "GET", PATH, null)
                .json()
                .path("certificates")
                .valueStream()
                .filter(each -> each.path("name").asString().equals(name))
                .findFirst()
                .orElse(RunningCloud.JSON.createObjectNode());
    }

    private static List<String> events(String action, String name) {
        return cloud.context()
                .getBean(Transactions.class)
                .asSystem(db -> db.sql("select event from outbox where event like ? and event like ?")
                        .params("%\"action\":\"" + action + "\"%", "%\"id\":\"" + name + "\"%")
                        .query(String.class)
                        .list());
    }
}
