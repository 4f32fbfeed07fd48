package dev.unkai.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostCertificateTest {
    private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void isThereStillWhenItHasEnded() throws Exception {
        HostCertificate certificate = new HostCertificate(Files.writeString(folder.resolve("node.crt"), pem()));
        assertThat(certificate.isThere()).isTrue();
        assertThat(certificate.hasEnded(MADE.plus(Duration.ofHours(23)))).isFalse();
        assertThat(certificate.hasEnded(MADE.plus(Duration.ofHours(24)))).isTrue();
    }

    @Test
    void oneThatIsNotThereOrNotWholeHasToBeAskedForAgain() throws Exception {
        Path file = folder.resolve("node.crt");
        assertThat(new HostCertificate(file).isThere()).isFalse();
        Files.writeString(file, pem().substring(0, 200));
        assertThat(new HostCertificate(file).isThere()).isFalse();
    }

    private static String pem() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        X500Name name = new X500Name("CN=host");
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.ONE,
                            Date.from(MADE),
                            Date.from(MADE.plus(Duration.ofDays(1))),
                            name,
                            keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        }
        return text.toString();
    }
}
