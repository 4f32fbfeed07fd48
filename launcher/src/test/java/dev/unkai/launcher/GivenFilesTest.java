package dev.unkai.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.tls.PemFiles;
import dev.unkai.launcher.TestChain.Signed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GivenFilesTest {
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    private static final String NAME = "cloud.example.org";
    private static final TestChain CHAIN = new TestChain(NOW);
    private static final KeyPair PAIR = TestChain.pair("EC", 256);
    private static final Signed GOOD = CHAIN.server(PAIR, NAME);

    @TempDir
    private Path folder;

    private DataDirectory directory;
    private GivenFiles given;
    private Edge.FromFiles files;

    @BeforeEach
    void makeDirectory() {
        directory = new DataDirectory(folder);
        directory.directory("pki", "rwxr-xr-x");
        directory.directory("etc", "rwx------");
        given = new GivenFiles(directory, Clock.fixed(NOW, ZoneOffset.UTC), Account.ROOT);
        files = new Edge.FromFiles(folder.resolve("site.crt"), folder.resolve("site.key"));
    }

    @Test
    void goodFilesBecomeOneThatProcessesReadWithoutTheRootThatClientsHave() throws Exception {
        KeyPair rsa = TestChain.pair("RSA", 2048);
        write(rsa.getPrivate(), CHAIN.server(rsa, "*.example.org"), CHAIN.between, CHAIN.root);

        given.take(files, NAME);

        assertThat(Files.readString(files.key())).contains("BEGIN RSA PRIVATE KEY");
        PemFiles taken = taken();
        assertThat(taken.keyStore().size()).isEqualTo(1);
        assertThat(taken.chain()).hasSize(2).last().isEqualTo(CHAIN.between.certificate());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(taken.key())))
                .isEqualTo("r--------");
        assertThat(status().path("at").asString()).isEqualTo(NOW.toString());
        assertThat(status().has("failure")).isFalse();
    }

    @Test
    void eachFaultIsRefusedWithItsReasonAndTheOneOfBeforeStaysInUse() throws Exception {
        write(PAIR.getPrivate(), GOOD, CHAIN.between, CHAIN.root);
        given.take(files, NAME);
        byte[] before = Files.readAllBytes(directory.of(GivenFiles.TAKEN));
        KeyPair weak = TestChain.pair("RSA", 1024);
        KeyPair other = TestChain.pair("EC", 256);
        Duration tenDays = Duration.ofDays(10);
        Map<String, Object[]> faults = Map.ofEntries(
                Map.entry("no-certificate", files(PAIR.getPrivate(), PAIR.getPrivate())),
                Map.entry("no-key", files(GOOD, GOOD, CHAIN.between, CHAIN.root)),
                Map.entry("key-other", files(other.getPrivate(), GOOD, CHAIN.between, CHAIN.root)),
                Map.entry("key-weak", files(weak.getPrivate(), CHAIN.server(weak, NAME), CHAIN.between, CHAIN.root)),
                Map.entry(
                        "names",
                        files(PAIR.getPrivate(), CHAIN.server(PAIR, "a.cloud.example.org"), CHAIN.between, CHAIN.root)),
                Map.entry("order", files(PAIR.getPrivate(), GOOD, CHAIN.root, CHAIN.between)),
                Map.entry("incomplete", files(PAIR.getPrivate(), GOOD, CHAIN.between)),
                Map.entry(
                        "ended",
                        files(
                                PAIR.getPrivate(),
                                server(NOW.minus(tenDays), tenDays.minusSeconds(1), KeyPurposeId.id_kp_serverAuth),
                                CHAIN.between,
                                CHAIN.root)),
                Map.entry(
                        "early",
                        files(
                                PAIR.getPrivate(),
                                server(NOW.plusSeconds(60), tenDays, KeyPurposeId.id_kp_serverAuth),
                                CHAIN.between,
                                CHAIN.root)),
                Map.entry(
                        "purpose",
                        files(
                                PAIR.getPrivate(),
                                server(NOW.minusSeconds(60), tenDays, KeyPurposeId.id_kp_clientAuth),
                                CHAIN.between,
                                CHAIN.root)));
        for (Map.Entry<String, Object[]> fault : faults.entrySet()) {
            write(fault.getValue());

            Problem refused = given.takeIfGood(files, NAME).orElseThrow();

            assertThat(refused.key()).isEqualTo("edge.refused." + fault.getKey());
            assertThat(Files.readAllBytes(directory.of(GivenFiles.TAKEN))).isEqualTo(before);
            JsonNode failure = status().path("failure");
            assertThat(failure.path("reason").asString()).isEqualTo(fault.getKey());
            assertThat(failure.path("values").get(0).asString()).startsWith(folder + "/site.");
            assertThat(failure.path("detail").asString())
                    .contains(failure.path("values").get(0).asString())
                    .doesNotContain("BEGIN EC");
        }
        write(PAIR.getPrivate(), GOOD, CHAIN.between, CHAIN.root); // whichever fault came last
        Files.delete(files.key());
        assertThat(given.takeIfGood(files, NAME).orElseThrow().key()).isEqualTo("edge.refused.unreadable");

        write(PAIR.getPrivate(), GOOD, CHAIN.between, CHAIN.root);
        assertThat(given.takeIfGood(files, NAME)).isEmpty();
        assertThat(status().has("failure")).isFalse();
    }

    @Test
    void aKeyUnderAPasswordIsRefusedSinceNobodyIsThereToTypeIt() throws Exception {
        write(PAIR.getPrivate(), GOOD, CHAIN.between, CHAIN.root);
        Files.writeString(files.key(), """
                -----BEGIN EC PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF

                AAAA
                -----END EC PRIVATE KEY-----
                """);
        assertThatThrownBy(() -> given.take(files, NAME))
                .extracting(problem -> ((Problem) problem).key())
                .isEqualTo("edge.refused.key-locked");
    }

    @Test
    void whatIsAskedForIsLookedAtBeforeAnythingChangesAndKeptThen() throws Exception {
        Settings settings = new Settings(directory, "etc/settings");
        Site site = new Site(NAME, new Ports(8443));
        EdgeOptions wanted = EdgeOptions.UNCHANGED
                .with(EdgeOptions.Word.CERTIFICATE, files.certificate().toString())
                .with(EdgeOptions.Word.KEY, files.key().toString());
        write(PAIR.getPrivate(), GOOD, CHAIN.between);
        assertThatThrownBy(() -> Edge.choose(wanted, settings, site, given)).isInstanceOf(Problem.class);
        assertThat(Edge.choose(EdgeOptions.UNCHANGED, settings, site, given)).isEqualTo(new Edge.BuiltIn());

        write(PAIR.getPrivate(), GOOD, CHAIN.between, CHAIN.root);
        assertThat(Edge.choose(wanted, settings, site, given)).isEqualTo(files);
        assertThat(Edge.chosen(new Settings(directory, "etc/settings"), site)).isEqualTo(files);
        assertThatThrownBy(() -> Edge.chosen(settings, new Site("203.0.113.9", new Ports(8443))))
                .as("no certificate from outside is for an address")
                .extracting(problem -> ((Problem) problem).key())
                .isEqualTo("edge.host");

        assertThat(Edge.choose(EdgeOptions.UNCHANGED.with(EdgeOptions.Word.CERTIFICATE, "off"), settings, site, given))
                .isEqualTo(new Edge.BuiltIn());
        given.forget();
        assertThat(directory.of(GivenFiles.TAKEN)).doesNotExist();
    }

    private static Signed server(Instant from, Duration life, KeyPurposeId purpose) {
        return CHAIN.server(PAIR, from, life, purpose, NAME);
    }

    /** The key, then the certificates. */
    private static Object[] files(Object... items) {
        return items;
    }

    private void write(Object... items) throws IOException {
        TestChain.write(files.key(), items[0]);
        Object[] certificates = new Object[items.length - 1];
        System.arraycopy(items, 1, certificates, 0, certificates.length);
        TestChain.write(files.certificate(), certificates);
    }

    private PemFiles taken() {
        Path file = directory.of(GivenFiles.TAKEN);
        return new PemFiles(file, file, file);
    }

    private JsonNode status() throws IOException {
        return JsonMapper.builder()
                .build()
                .readTree(Files.readString(directory.of(Renewals.FILE)))
                .path("edge");
    }
}
