package dev.unkai.cloud.hosts.join;

import dev.unkai.base.Refusal;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.UUID;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Signs hosts' certificates with an authority of their own, which nobody but the door for nodes and the southbound
 * database trusts: whoever gets hold of this process can make hosts of its own, but can be no other process.
 */
@Component
class HostAuthority {
    /** So long a removed host's certificate may still be good for the southbound database; hosts renew theirs by themselves (0046). */
    private static final Duration LIFE = Duration.ofDays(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path certificate;
    private final Path key;
    private final Clock clock;

    /** Both files are absent where hosts are given their certificates otherwise; nothing can join then. */
    HostAuthority(
            @Value("${unkai.hosts.authority:}") String certificate,
            @Value("${unkai.hosts.authority-key:}") String key,
            Clock clock) {
        this.certificate = Path.of(certificate);
        this.key = Path.of(key);
        this.clock = clock;
    }

    /** What a host asks to be certified: its public key, proved by its signature. */
    record Request(PublicKey publicKey) {
        /** SHA-256 of the key's SubjectPublicKeyInfo. */
        byte[] keyHash() {
            return sha256(publicKey.getEncoded());
        }
    }

    /** Reads a PKCS #10 request in PEM. Of what it asks for only the key counts: names are given here. */
    Request read(String pem) {
        try (Reader text = new StringReader(pem);
                PEMParser parser = new PEMParser(text)) {
            if (!(parser.readObject() instanceof PKCS10CertificationRequest raw)) {
                throw Refusal.invalid("\"request\" is not a certificate request (PKCS #10, PEM).");
            }
            PublicKey publicKey = new JcaPKCS10CertificationRequest(raw).getPublicKey();
            if (!(publicKey instanceof ECPublicKey ec)
                    || ec.getParams().getCurve().getField().getFieldSize() != 256) {
                throw Refusal.invalid("The certificate request's key has to be an EC key on P-256.");
            }
            if (!raw.isSignatureValid(new JcaContentVerifierProviderBuilder().build(publicKey))) {
                throw Refusal.invalid("The certificate request is not signed by its own key.");
            }
            return new Request(publicKey);
        } catch (IOException
                | GeneralSecurityException
                | OperatorCreationException
                | PKCSException
                | IllegalArgumentException e) {
            throw Refusal.invalid("The certificate request cannot be read.");
        }
    }

    /** A certificate as it is, in PEM, and when it ends. */
    record Certified(X509Certificate certificate, String pem, Instant endsAt) {}

    /** A certificate: CN is the host's id (OVN's chassis name), and the SAN URI names it to us. */
    Certified sign(Request request, UUID host) {
        try {
            X509Certificate authority = authority();
            Instant now = clock.instant();
            Instant end = now.plus(LIFE).truncatedTo(ChronoUnit.SECONDS);
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    authority,
                    new BigInteger(127, RANDOM).setBit(126),
                    Date.from(now.minusSeconds(300)),
                    Date.from(end),
                    new X500Name("CN=" + host),
                    request.publicKey());
            addExtensions(builder, authority, request.publicKey(), host);
            X509Certificate made = new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(privateKey())));
            return new Certified(made, pem(made), end);
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("A host's certificate could not be signed", e);
        }
    }

    private static void addExtensions(
            JcaX509v3CertificateBuilder builder, X509Certificate authority, PublicKey key, UUID host)
            throws CertIOException, GeneralSecurityException {
        JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        // Hosts also speak to each other when a guest moves: there one of them is the server.
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
            KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth
        }));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, "unkai:host:" + host)));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                extensions.createAuthorityKeyIdentifier(authority.getPublicKey()));
        builder.addExtension(Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(key));
    }

    /** The hosts' authority in PEM, for hosts that speak to each other. */
    String authorityPem() {
        try {
            return pem(authority());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The hosts' authority cannot be read", e);
        }
    }

    private X509Certificate authority() throws IOException, GeneralSecurityException {
        requirePresent();
        try (Reader text = Files.newBufferedReader(certificate);
                PEMParser parser = new PEMParser(text)) {
            return new JcaX509CertificateConverter().getCertificate((X509CertificateHolder) parser.readObject());
        }
    }

    private PrivateKey privateKey() throws IOException {
        try (Reader text = Files.newBufferedReader(key);
                PEMParser parser = new PEMParser(text)) {
            return new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) parser.readObject());
        }
    }

    void requirePresent() {
        if (certificate.toString().isEmpty() || key.toString().isEmpty()) {
            throw Refusal.conflict(
                    "This service has no authority for hosts (unkai.hosts.authority), so no machine can join.");
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(X509Certificate certificate) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(certificate);
        }
        return text.toString();
    }
}
