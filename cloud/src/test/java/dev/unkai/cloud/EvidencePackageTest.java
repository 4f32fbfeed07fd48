package dev.unkai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.data.TestFolder;
import dev.unkai.base.proof.ExportedHistory;
import dev.unkai.base.proof.HistoryFile;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.history.FakeLedger;
import dev.unkai.cloud.hosts.EvidenceCaptures;
import dev.unkai.cloud.hosts.EvidenceSink;
import dev.unkai.wire.evidence.CaptureFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;

/** Evidence packages: collected, sealed so that openssl alone checks them, and nobody's who may not have them. */
class EvidencePackageTest {
    private static final String CUSTOMER = ExportedHistory.LOG;
    private static final String PATH = "/service/v1/evidence/packages";

    private static TestPki pki;
    private static FakeLedger ledger;
    private static RunningCloud cloud;
    private static JdbcClient sql;
    private static String server;

    @BeforeAll
    static void start() {
        pki = new TestPki();
        ledger = new FakeLedger(pki, ExportedHistory.of(25), 25, List.of());
        PemFiles seal = pki.issue("evidence");
        cloud = RunningCloud.start(
                pki,
                "--unkai.ledger-url=" + ledger.address(),
                "--unkai.history.export-patience=100ms",
                "--unkai.evidence.certificate=" + seal.certificate(),
                "--unkai.evidence.key=" + seal.key(),
                "--unkai.evidence.idle=1s");
        server = OwnersThings.make(cloud, CUSTOMER).fillBody("{server}");
        var system = cloud.database().system(); // sees all rows
        sql = JdbcClient.create(new SingleConnectionDataSource(system.url(), system.user(), system.password(), true));
        sql.sql("update server set user_data = 'c2VjcmV0', admin_password_hash = 'planted-secret'")
                .update();
    }

    @AfterAll
    static void stop() {
        cloud.close();
        ledger.close();
    }

    @AfterEach
    void answerAgain() {
        ledger.failAfter(Integer.MAX_VALUE);
    }

    @Test
    void opensslAloneChecksAPackageAndFindsAnyBitThatWasChanged() throws Exception {
        grant("kei");
        byte[] memory = new byte[3 << 20];
        new Random(7).nextBytes(memory);
        String id = make("kei", body(server, true, true));
        for (String name : List.of("server-disk.qcow2", "server-domain.xml", "host-clock.txt")) {
            bring(id, name, ("what a host brings as " + name).getBytes(StandardCharsets.UTF_8));
        }
        bring(id, "server-memory.elf", memory);
        sealed(id);

        Path folder = extract(id);
        String epoch = readme(folder, "-attime ([0-9]+)");
        assertThat(names(folder))
                .containsExactly(
                        "README.txt",
                        "SHA256SUMS",
                        "SHA256SUMS.p7s",
                        "authority.pem",
                        "configuration.json",
                        "custody.json",
                        "events.jsonl",
                        "host-clock.txt",
                        "package.json",
                        "server-disk.qcow2",
                        "server-domain.xml",
                        "server-memory.elf");
        assertThat(Files.readAllBytes(folder.resolve("server-memory.elf"))).isEqualTo(memory);
        assertThat(run(folder, "sha256sum", "--strict", "-c", "SHA256SUMS")).isZero();
        assertThat(verify(folder, epoch, "authority.pem")).isZero();
        try (InputStream events = Files.newInputStream(folder.resolve("events.jsonl"))) {
            assertThat(HistoryFile.check(events, Optional.empty(), _ -> {}).events())
                    .isEqualTo(25);
        }
        String configuration = Files.readString(folder.resolve("configuration.json"));
        assertThat(configuration)
                .contains(server, OwnersThings.MARK, "security_groups", "mac")
                .doesNotContain("planted-secret")
                .doesNotContain("c2VjcmV0");
        assertThat(Files.readString(folder.resolve("custody.json")))
                .contains("evidence-package/make", "evidence-package/collect", "evidence-package/seal");

        for (String name : names(folder)) {
            Path file = folder.resolve(name);
            byte[] good = Files.readAllBytes(file);
            byte[] changed = good.clone();
            changed[changed.length / 2] ^= 1;
            Files.write(file, changed);
            boolean found = run(folder, "sha256sum", "--strict", "-c", "SHA256SUMS") != 0
                    || verify(folder, epoch, "authority.pem") != 0;
            assertThat(found).as("a bit changed in " + name).isTrue();
            Files.write(file, good);
        }
        assertThat(verify(folder, epoch, "authority.pem")).isZero();
    }

    @Test
    void aSealByAnotherKeyIsRefused() throws Exception {
        String id = make("kei", body(null, false, false));
        sealed(id);
        Path folder = extract(id);
        String epoch = readme(folder, "-attime ([0-9]+)");
        PemFiles other = new TestPki().issue("evidence");
        run(
                folder,
                "openssl",
                "cms",
                "-sign",
                "-binary",
                "-in",
                "SHA256SUMS",
                "-signer",
                other.certificate().toString(),
                "-inkey",
                other.key().toString(),
                "-outform",
                "DER",
                "-out",
                "SHA256SUMS.p7s");

        assertThat(verify(folder, epoch, "authority.pem")).isNotZero();
        assertThat(verify(folder, epoch, other.authority().toString()))
                .as("the forged seal itself is sound")
                .isZero();
    }

    @Test
    void memoryAndDiskNeedAnAccessThatTheOfficerKnowsOfAndEveryRefusalIsRecorded() {
        for (String body : List.of(body(server, true, false), body(server, false, true))) {
            Answer refused = as("mio", "POST", PATH, body);
            assertThat(refused.status()).as(refused.text()).isEqualTo(403);
            assertThat(refused.text()).contains("break-glass access");
        }
        String auditor = cloud.tokenOf("auditor", "default", "office", "default", "auditor", "reader");
        String service =
                cloud.tokenOf("service", "default", "office", "default", "service-operator", "auditor", "member");
        String viewer = cloud.token(CUSTOMER, "viewer", "reader");
        String master = cloud.token(CUSTOMER, "manager", "member", "reader");
        String id = make("kei", body(server, false, false));
        for (String token : List.of(auditor, service, viewer, master)) {
            assertThat(cloud.send(token, "POST", PATH, body(null, false, false)).status())
                    .isEqualTo(403);
            assertThat(cloud.send(token, "GET", PATH + "/" + id + "/file", null).status())
                    .isEqualTo(403);
            assertThat(cloud.send(token, "DELETE", PATH + "/" + id + "/file?reason=r", null)
                            .status())
                    .isEqualTo(403);
        }
        assertThat(cloud.send(viewer, "GET", PATH, null).status()).isEqualTo(403);
        assertThat(cloud.send(auditor, "GET", PATH + "/" + id, null).status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(ledger.recorded("mio", "evidence:package:make"))
                .hasSize(2)
                .allMatch(event -> event.path("outcome").asString().equals("failure")));
        await().untilAsserted(() -> assertThat(ledger.recorded("service", "evidence:package:download"))
                .as("who may not take a package out")
                .hasSize(1));
        assertThat(as("kei", "GET", PATH + "/" + id + "/file", null).status())
                .as("nothing is taken out before the seal")
                .isEqualTo(409);
        as("kei", "POST", PATH + "/" + id + "/giving-up", "{\"reason\":\"r\"}");
    }

    @Test
    void whatAHostCannotBringIsSaidToBeMissingAndSealedSo() throws Exception {
        grant("kei");
        String id = make("kei", body(server, true, true));
        sink().refused(capture(id, "server-memory.elf"), CaptureFault.NO_MEMORY.sentence());
        sink().refused(capture(id, "server-disk.qcow2"), "What an older node says.");
        bring(id, "server-domain.xml", new byte[] {1});
        sql.sql("update evidence_part set asked_at = now() - interval '7 hours' where name = 'host-clock.txt'")
                .update();
        sealed(id);

        Path folder = extract(id);
        assertThat(Files.readString(folder.resolve("README.txt")))
                .contains("MISSING / 欠落", "The server did not run", "サーバーが停止していた", "has not brought this in time")
                .contains("期限までに届きませんでした", "(What an older node says.)");
        assertThat(Files.readString(folder.resolve("package.json")))
                .contains("\"missing\" : \"not_running\"", "The server did not run", "サーバーが停止していた");
        assertThat(Files.readString(folder.resolve("custody.json"))).contains("\"obstacle\" : \"not_running\"");
        assertThat(show(id).path("parts").findValuesAsString("kind")).contains("not_running", "late", "host");
        assertThat(names(folder)).doesNotContain("server-memory.elf");
        assertThat(run(folder, "sha256sum", "-c", "SHA256SUMS")).isZero();
    }

    /** The history goes up to the newest signed head; what happened in the minute before would be missing, and nobody would know. */
    @Test
    void theEventsWaitUntilAllThatCameBeforeIsSealed() {
        ledger.receives(List.of("{}"));
        String id = make("kei", body(null, false, false));
        try {
            await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                assertThat(show(id).at("/parts/0/state").asString()).isEqualTo("wanted");
                assertThat(show(id).at("/evidence/obstacle").isMissingNode()).isTrue();
            });
        } finally {
            ledger.receives(List.of());
        }

        sealed(id);
    }

    @Test
    void aHostsPlanAsksForWhatIsWantedOfItsGuests() {
        grant("kei");
        String id = make("kei", body(server, false, true));
        UUID host = UUID.randomUUID();
        sql.sql("""
                        insert into host (id, name, zone, state, facts, vcpus, memory_mib, disk_gib, uefi)
                        values (?, 'h', 'z', 'up', '{}', 1, 1, 1, false)
                        """).param(host).update();
        sql.sql("""
                        insert into guest (server_id, host_id, project_id, spec, generation, plan_generation, role)
                        values (?::uuid, ?, ?, '', 1, 1, 'main')
                        """).param(server).param(host).param(CUSTOMER).update();
        try {
            var db = cloud.context().getBean(dev.unkai.base.data.Transactions.class);
            assertThat(db.asSystem(open -> EvidenceCaptures.at(open, host)).get(server))
                    .extracting(one -> one.getKind().name())
                    .containsExactlyInAnyOrder("EVIDENCE_MEMORY", "EVIDENCE_DOMAIN", "EVIDENCE_CLOCK");
            as("kei", "POST", PATH + "/" + id + "/giving-up", "{\"reason\":\"r\"}");
            assertThat(db.asSystem(open -> EvidenceCaptures.at(open, host)).keySet())
                    .isEmpty();
        } finally {
            sql.sql("delete from guest where host_id = ?").param(host).update();
            sql.sql("delete from host where id = ?").param(host).update();
        }
    }

    /** The ledger goes away in the middle; a process dies with a lease and half a file; then both are back. */
    @Test
    void workThatBreaksOffIsDoneAgainAndWhatItLeftIsRemoved() throws Exception {
        ledger.failAfter(1);
        String id = make("kei", body(null, false, false));
        await().untilAsserted(() ->
                assertThat(show(id).at("/evidence/obstacle/kind").asString("")).isNotEmpty());
        Path half = Files.writeString(directory().resolve(UUID.randomUUID() + ".part"), "half a file");
        Files.setLastModifiedTime(
                half,
                java.nio.file.attribute.FileTime.from(java.time.Instant.now().minusSeconds(60)));
        sql.sql(
                        "update evidence_package set leased_until = now() + interval '2 seconds', tried_at = null where id = ?::uuid")
                .param(id)
                .update();
        ledger.failAfter(Integer.MAX_VALUE);
        assertThat(show(id).at("/evidence/state").asString()).isEqualTo("collecting");

        sealed(id);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(half).doesNotExist());
        assertThat(run(extract(id), "sha256sum", "-c", "SHA256SUMS")).isZero();
    }

    @Test
    void itIsDestroyedOnlyAfterItsTimeAndWhileNothingOfItIsHeldAndItsCustodyStays() throws Exception {
        String id = make("kei", body(null, false, false));
        sealed(id);
        assertThat(as(
                                "kei",
                                "POST",
                                PATH + "/" + id + "/custody",
                                "{\"action\":\"hand-over\",\"to\":\"Inspector Sato\",\"note\":\"by hand\"}")
                        .status())
                .isEqualTo(201);
        assertThat(destroy(id).text()).contains("is kept until");
        sql.sql("update evidence_package set keep_until = now() where id = ?::uuid")
                .param(id)
                .update();
        sql.sql("""
                        insert into evidence_hold (id, reference, project_id, everything, reason, authority, may_tell, made_by, made_name)
                        values (gen_random_uuid(), 'K-9', ?, true, 'r', 'a', false, 'k', 'k')
                        """).param(CUSTOMER).update();
        assertThat(destroy(id).text()).contains("under an evidence hold");
        sql.sql("update evidence_hold set ended_at = now(), end_recorded = true")
                .update();
        String file = sql.sql("select file from evidence_part where package_id = ?::uuid and file is not null")
                .param(id)
                .query(String.class)
                .single();

        assertThat(destroy(id).json().path("state").asString()).isEqualTo("destroyed");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(directory().resolve(file)).doesNotExist());
        assertThat(as("kei", "GET", PATH + "/" + id + "/file", null).status()).isEqualTo(409);
        List<String> actions = new ArrayList<>();
        show(id).path("custody")
                .forEach(entry -> actions.add(entry.path("action").asString()));
        assertThat(actions)
                .startsWith("evidence-package/make")
                .contains("evidence-package/hand-over")
                .endsWith("evidence-package/destroy");
    }

    private static Path directory() {
        return Path.of(cloud.context().getEnvironment().getRequiredProperty("unkai.images"))
                .resolve("evidence");
    }

    private static Answer destroy(String id) {
        return as("kei", "DELETE", PATH + "/" + id + "/file?reason=over", null);
    }

    private static Answer as(String officer, String method, String path, @Nullable String body) {
        String token = cloud.tokenOf(officer, "default", "office", "default", "security-officer", "auditor", "reader");
        return cloud.send(token, method, path, body);
    }

    private static String body(@Nullable String of, boolean disk, boolean memory) {
        return "{\"reference\":\"K-1\",\"project\":\"%s\",\"server\":%s,\"reason\":\"r\",\"mayTell\":false,\"disk\":%s,\"memory\":%s}"
                .formatted(CUSTOMER, of == null ? "null" : "\"" + of + "\"", disk, memory);
    }

    private static String make(String officer, String body) {
        Answer answer = as(officer, "POST", PATH, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("id").asString();
    }

    /** A service operator asks for access, the officer approves. */
    private static void grant(String officer) {
        String service = cloud.tokenOf("service", "default", "office", "default", "service-operator", "auditor");
        String id = cloud.send(
                        service,
                        "POST",
                        "/service/v1/break-glass",
                        "{\"project\":\"%s\",\"reason\":\"r\",\"ticket\":\"T-1\",\"minutes\":30}".formatted(CUSTOMER))
                .json()
                .path("id")
                .asString();
        assertThat(as(officer, "PUT", "/service/v1/break-glass/" + id + "/approval", null)
                        .status())
                .isEqualTo(200);
    }

    private static JsonNode show(String id) {
        return as("kei", "GET", PATH + "/" + id, null).json();
    }

    private static void sealed(String id) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode whole = show(id);
            assertThat(whole.at("/evidence/state").asString())
                    .as(whole.toString())
                    .isEqualTo("sealed");
        });
    }

    private static EvidenceSink sink() {
        return cloud.context().getBean(EvidenceSink.class);
    }

    private static UUID capture(String id, String name) {
        return sql.sql("select capture_id from evidence_part where package_id = ?::uuid and name = ?")
                .params(id, name)
                .query(UUID.class)
                .single();
    }

    private static void bring(String id, String name, byte[] bytes) {
        sink().store(capture(id, name), new ByteArrayInputStream(bytes), bytes.length);
    }

    private static Path extract(String id) throws Exception {
        String token = cloud.tokenOf("kei", "default", "office", "default", "security-officer", "auditor", "reader");
        Path folder = TestFolder.create("unkai-evidence");
        Path tar = folder.resolve("package.tar");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<Path> answer = http.send(
                    HttpRequest.newBuilder(URI.create(cloud.address() + PATH + "/" + id + "/file"))
                            .header("X-Auth-Token", token)
                            .build(),
                    HttpResponse.BodyHandlers.ofFile(tar));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(Files.size(tar));
        }
        assertThat(run(folder, "tar", "xf", "package.tar")).isZero();
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("verified"))
                    .sorted()
                    .toList();
        }
    }

    private static String readme(Path folder, String pattern) throws IOException {
        var found = java.util.regex.Pattern.compile(pattern).matcher(Files.readString(folder.resolve("README.txt")));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    /** As the README says. */
    private static int verify(Path folder, String epoch, String authority) throws Exception {
        return run(
                folder,
                "openssl",
                "cms",
                "-verify",
                "-binary",
                "-inform",
                "DER",
                "-in",
                "SHA256SUMS.p7s",
                "-content",
                "SHA256SUMS",
                "-CAfile",
                authority,
                "-attime",
                epoch,
                "-out",
                "verified");
    }

    private static int run(Path folder, String... command) throws Exception {
        Process process = new ProcessBuilder(Arrays.asList(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }
}
