package dev.unkai.launcher;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates as an outside authority gives them: root, one between, and any number of servers'. */
final class TestChain {
    private static final AtomicLong SERIAL = new AtomicLong(1);

    final Signed root;
    final Signed between;
    private final Instant now;

    /** @param pair of {@code certificate} */
    record Signed(X509Certificate certificate, KeyPair pair) {}

    TestChain(Instant now) {
        this.now = now;
        this.root = sign("CN=Outside root", pair("EC", 256), null, now.minusSeconds(60), Duration.ofDays(30), true);
        this.between =
                sign("CN=Outside authority", pair("EC", 256), root, now.minusSeconds(60), Duration.ofDays(20), true);
    }

    Signed server(KeyPair pair, String... names) {
        return server(pair, now.minusSeconds(60), Duration.ofDays(10), KeyPurposeId.id_kp_serverAuth, names);
    }

    Signed server(KeyPair pair, Instant from, Duration life, KeyPurposeId purpose, String... names) {
        return sign("CN=server", pair, between, from, life, false, purpose, names);
    }

    private static Signed sign(
            String subject, KeyPair pair, Signed by, Instant from, Duration life, boolean authority) {
        return sign(subject, pair, by, from, life, authority, null);
    }

    private static Signed sign(
            String subject,
            KeyPair pair,
            Signed by,
            Instant from,
            Duration life,
            boolean authority,
            KeyPurposeId purpose,
            String... names) {
        try {
            X500Name issuer = new X500Name(
                    by == null
                            ? subject
                            : by.certificate().getSubjectX500Principal().getName());
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(from),
                    Date.from(from.plus(life)),
                    new X500Name(subject),
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (purpose != null) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            }
            if (names.length > 0) {
                GeneralName[] all = Arrays.stream(names).map(Authority::dns).toArray(GeneralName[]::new);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(all));
            }
            KeyPair signer = by == null ? pair : by.pair();
            return new Signed(
                    new JcaX509CertificateConverter()
                            .getCertificate(builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()))),
                    pair);
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair pair(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes them in PEM; keys of RSA in the form that openssl calls traditional. */
    static Path write(Path file, Object... items) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object item : List.of(items)) {
                switch (item) {
                    case Signed signed -> writer.writeObject(signed.certificate());
                    // Java leaves the curve out of the older form.
                    case ECPrivateKey key -> writer.writeObject(new JcaPKCS8Generator(key, null).generate());
                    default -> writer.writeObject(item);
                }
            }
        }
        return Files.writeString(file, text.toString());
    }
}
