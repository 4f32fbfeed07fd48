package dev.unkai.cloud.hosts;

import dev.unkai.base.tls.PemFiles;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for one test, with certificates for the cloud and for hosts. */
public final class TestPki {
    private static final X500Name AUTHORITY = new X500Name("CN=test authority");

    private final Path directory;
    private final KeyPair authority;
    private final Path authorityFile;
    private int serial = 1;

    public TestPki(Path directory) {
        this.directory = directory;
        this.authority = keys();
        this.authorityFile = directory.resolve("ca.crt");
        write(authorityFile, certificate(AUTHORITY, authority, List.of(), true));
    }

    public PemFiles cloud() {
        return issue(
                "cloud",
                List.of(
                        new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                        new GeneralName(GeneralName.dNSName, "localhost")));
    }

    /** A node's certificate; without a host when {@code san} is empty. */
    public PemFiles node(String name, String san) {
        return issue(
                name, san.isEmpty() ? List.of() : List.of(new GeneralName(GeneralName.uniformResourceIdentifier, san)));
    }

    private PemFiles issue(String name, List<GeneralName> names) {
        KeyPair keys = keys();
        PemFiles files =
                new PemFiles(directory.resolve(name + ".crt"), directory.resolve(name + ".key"), authorityFile);
        write(files.certificate(), certificate(new X500Name("CN=" + name), keys, names, false));
        write(files.key(), pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        return files;
    }

    private String certificate(X500Name subject, KeyPair keys, List<GeneralName> names, boolean isAuthority) {
        try {
            Instant now = Instant.now();
            var builder = new JcaX509v3CertificateBuilder(
                    AUTHORITY,
                    BigInteger.valueOf(serial++),
                    Date.from(now.minus(Duration.ofHours(1))),
                    Date.from(now.plus(Duration.ofHours(5))),
                    subject,
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new ArrayList<>(names).toArray(GeneralName[]::new)));
            }
            X509Certificate made = new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate())));
            return pem("CERTIFICATE", made.getEncoded());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + type + "-----\n";
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
