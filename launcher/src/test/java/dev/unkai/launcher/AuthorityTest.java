package dev.unkai.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.tls.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityTest {
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    private static final List<GeneralName> NAMES = Authority.serverNames("cloud.example.org");

    @TempDir
    private Path folder;

    private DataDirectory directory;

    @BeforeEach
    void makeDirectory() {
        directory = new DataDirectory(folder);
        directory.directory("pki", "rwxr-xr-x");
    }

    @Test
    void aCertificateNamesTheProcessAndWhereItIsReachedAndComesFromTheAuthority() throws Exception {
        at(NOW).issue("cloud", NAMES);

        X509Certificate cloud = certificate("cloud");
        cloud.verify(certificate("ca").getPublicKey());
        assertThat(cloud.getSubjectX500Principal().getName()).isEqualTo("CN=cloud");
        assertThat(cloud.getSubjectAlternativeNames().stream().map(name -> name.get(1)))
                .map(String.class::cast)
                .containsExactlyInAnyOrder("localhost", "127.0.0.1", "cloud.example.org");
        assertThat(Duration.between(NOW, cloud.getNotAfter().toInstant())).isEqualTo(Duration.ofDays(183));
        assertThat(cloud.getNonCriticalExtensionOIDs())
                .as("noRevAvail (RFC 9608), and so neither list nor responder")
                .contains("2.5.29.56")
                .doesNotContain("2.5.29.31", "1.3.6.1.5.5.7.1.1");
        assertThat(certificate("ca").getNonCriticalExtensionOIDs()).doesNotContain("2.5.29.56");
        assertThat(certificate("ca").getBasicConstraints()).isZero();
        assertThat(cloud.getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void keysAreReadableByTheirOwnerAloneAndFitTheProcesses() throws IOException {
        at(Instant.now()).issue("cloud", NAMES);

        for (String key : List.of("pki/ca.key", "pki/cloud.key")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.of(key))))
                    .isEqualTo("rw-------");
        }
        assertThat(new PemFiles(
                                directory.of("pki/cloud.crt"),
                                directory.of("pki/cloud.key"),
                                directory.of("pki/ca.crt"))
                        .sslContext())
                .isNotNull();
    }

    /** By openssl with its own purposes, as who gets a package has it. */
    @Test
    void theCertificateForEvidenceSignsAndOpensNoDoorAlsoAfterItsRenewal() throws Exception {
        at(Instant.now()).issue(Authority.EVIDENCE, List.of(Authority.dns("localhost")));
        for (Authority later : List.of(at(Instant.now()), at(Instant.now().plus(Duration.ofDays(360))))) {
            later.renew(Authority.EVIDENCE);
            Files.writeString(folder.resolve("manifest"), "what is sealed");
            assertThat(openssl(
                            "cms",
                            "-sign",
                            "-binary",
                            "-in",
                            "manifest",
                            "-signer",
                            "pki/evidence.crt",
                            "-inkey",
                            "pki/evidence.key",
                            "-outform",
                            "DER",
                            "-out",
                            "seal"))
                    .isZero();
            assertThat(openssl(
                            "cms",
                            "-verify",
                            "-binary",
                            "-inform",
                            "DER",
                            "-in",
                            "seal",
                            "-content",
                            "manifest",
                            "-CAfile",
                            "pki/ca.crt",
                            "-no_check_time",
                            "-out",
                            "verified"))
                    .isZero();
            assertThat(openssl(
                            "verify",
                            "-no_check_time",
                            "-purpose",
                            "sslserver",
                            "-CAfile",
                            "pki/ca.crt",
                            "pki/evidence.crt"))
                    .isNotZero();
            assertThat(openssl(
                            "verify",
                            "-no_check_time",
                            "-purpose",
                            "sslclient",
                            "-CAfile",
                            "pki/ca.crt",
                            "pki/evidence.crt"))
                    .isNotZero();
        }
    }

    private int openssl(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    @Test
    void aWholeKeyHasItsPublicHalfInIt() throws Exception {
        Authority authority = at(NOW);
        authority.issue("vpn", NAMES);
        authority.writeWholeKey("vpn");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.of("pki/vpn.pem"))))
                .isEqualTo("rw-------");
        try (var parser =
                new org.bouncycastle.openssl.PEMParser(Files.newBufferedReader(directory.of("pki/vpn.pem")))) {
            var pair = (org.bouncycastle.openssl.PEMKeyPair) parser.readObject();
            assertThat(pair.getPublicKeyInfo().getEncoded())
                    .isEqualTo(certificate("vpn").getPublicKey().getEncoded());
        }
    }

    @Test
    void aRunningSitesCertificateIsRenewedForTheSameKeyAndNamesWhenAThirdOfItsLifeIsLeft() throws Exception {
        at(NOW).issue("cloud", NAMES);
        X509Certificate first = certificate("cloud");
        String key = Files.readString(directory.of("pki/cloud.key"));

        assertThat(open(NOW.plus(Duration.ofDays(121))).renew("cloud")).isFalse();
        assertThat(certificate("cloud")).isEqualTo(first);

        Instant due = NOW.plus(Duration.ofDays(123));
        assertThat(open(due).renew("cloud")).isTrue();
        X509Certificate next = certificate("cloud");
        next.verify(certificate("ca").getPublicKey());
        assertThat(next.getPublicKey()).isEqualTo(first.getPublicKey());
        assertThat(List.copyOf(next.getSubjectAlternativeNames()))
                .isEqualTo(List.copyOf(first.getSubjectAlternativeNames()));
        assertThat(next.getNotAfter().toInstant()).isAfter(due.plus(Duration.ofDays(182)));
        assertThat(Files.readString(directory.of("pki/cloud.key"))).isEqualTo(key);
        assertThat(open(due).renew("cloud")).as("once").isFalse();
        assertThat(open(due).renew("gateway")).as("not here").isFalse();
    }

    @Test
    void noCertificateOutlastsItsAuthority() throws Exception {
        at(NOW).issue("cloud", NAMES);
        Instant late = NOW.plus(Duration.ofDays(3_500));

        assertThat(open(late).renew("cloud")).isTrue();

        assertThat(certificate("cloud").getNotAfter())
                .isEqualTo(certificate("ca").getNotAfter());
    }

    private Authority open(Instant now) {
        return Authority.open(directory, Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void aGoodCertificateStaysAndOneNearItsEndIsRenewed() throws Exception {
        at(NOW).issue("cloud", NAMES);
        X509Certificate first = certificate("cloud");

        at(NOW.plus(Duration.ofDays(100))).issue("cloud", NAMES);
        assertThat(certificate("cloud")).isEqualTo(first);

        at(NOW.plus(Duration.ofDays(150))).issue("cloud", NAMES);
        assertThat(certificate("cloud")).isNotEqualTo(first);
        certificate("cloud").verify(certificate("ca").getPublicKey());
    }

    @Test
    void oneThatAnEarlierVersionGaveForLongerIsReplacedWhileTheSiteRuns() throws Exception {
        at(NOW).issue(Authority.EVIDENCE, NAMES);
        Files.copy(directory.of("pki/evidence.crt"), directory.of("pki/cloud.crt"));
        Files.copy(directory.of("pki/evidence.key"), directory.of("pki/cloud.key"));

        assertThat(open(NOW).renew("cloud")).isTrue();
        assertThat(open(NOW).renew(Authority.EVIDENCE)).isFalse();
        assertThat(certificate("cloud").getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(183)));
    }

    @Test
    void anotherNameAsksForAnotherCertificate() throws Exception {
        at(NOW).issue("cloud", NAMES);
        X509Certificate first = certificate("cloud");

        at(NOW).issue("cloud", Authority.serverNames("10.1.2.3"));

        assertThat(certificate("cloud")).isNotEqualTo(first);
    }

    private Authority at(Instant now) {
        return Authority.openOrMake(directory, Clock.fixed(now, ZoneOffset.UTC));
    }

    private X509Certificate certificate(String name) throws Exception {
        try (var in = Files.newInputStream(directory.of("pki/" + name + ".crt"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
