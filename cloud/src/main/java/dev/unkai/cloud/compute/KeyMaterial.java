package dev.unkai.cloud.compute;

import dev.unkai.base.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Public keys as users bring or get them: SSH lines (RFC 4253 section 6.6) and X.509 certificates. */
final class KeyMaterial {
    private static final Set<String> SSH_TYPES = Set.of(
            "ssh-rsa",
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");
    private static final int LONGEST = 16 * 1024;
    private static final int RSA_BITS = 3072;
    private static final Duration CERTIFICATE_LIFE = Duration.ofDays(3650);

    private KeyMaterial() {}

    record Generated(String publicKey, String privateKey, String fingerprint) {}

    /** RSA, since every client of this API can read such keys; {@code type} is {@code ssh} or {@code x509}. */
    static Generated generate(String type, String name, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            KeyPair pair = generator.generateKeyPair();
            String publicKey =
                    type.equals("x509") ? certificate(pair, name, now) : sshLine((RSAPublicKey) pair.getPublic());
            return new Generated(publicKey, pem(pair.getPrivate()), fingerprint(type, publicKey));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("A key pair could not be made.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fingerprint as the API gives it: MD5 of an SSH key, SHA-1 of a certificate. Refuses what is neither. */
    static String fingerprint(String type, String publicKey) {
        if (publicKey.length() > LONGEST) {
            throw invalid("it is longer than 16 KiB");
        }
        return type.equals("x509") ? certificateFingerprint(publicKey) : sshFingerprint(publicKey);
    }

    private static String sshFingerprint(String line) {
        String[] words = line.split("[ \t]+", 3);
        if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
            throw invalid("it must be one line");
        }
        if (words.length < 2 || !SSH_TYPES.contains(words[0])) {
            throw invalid("it must start with a key type such as ssh-ed25519 or ssh-rsa");
        }
        try {
            byte[] blob = Base64.getDecoder().decode(words[1]);
            byte[] typeName = words[0].getBytes(StandardCharsets.US_ASCII);
            ByteBuffer buffer = ByteBuffer.wrap(blob);
            byte[] inner =
                    new byte[buffer.remaining() >= 4 && buffer.getInt() == typeName.length ? typeName.length : 0];
            if (inner.length == 0 || buffer.remaining() <= inner.length) {
                throw invalid("its data does not belong to its type");
            }
            buffer.get(inner);
            if (!MessageDigest.isEqual(inner, typeName)) {
                throw invalid("its data does not belong to its type");
            }
            return digest("MD5", blob);
        } catch (IllegalArgumentException e) {
            throw invalid("its data is not base64");
        }
    }

    private static String certificateFingerprint(String pem) {
        try {
            var certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
            return digest("SHA-1", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw invalid("it is not an X.509 certificate in PEM form");
        }
    }

    private static Refusal invalid(String why) {
        return Refusal.invalid("Keypair data is invalid: " + why + ".");
    }

    private static String digest(String algorithm, byte[] data) {
        try {
            return HexFormat.ofDelimiter(":")
                    .formatHex(MessageDigest.getInstance(algorithm).digest(data));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(algorithm + " is part of every Java platform", e);
        }
    }

    private static String sshLine(RSAPublicKey key) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, "ssh-rsa".getBytes(StandardCharsets.US_ASCII));
            write(out, key.getPublicExponent().toByteArray());
            write(out, key.getModulus().toByteArray());
        }
        return "ssh-rsa " + Base64.getEncoder().encodeToString(bytes.toByteArray()) + " Generated-by-Unkai";
    }

    private static void write(DataOutputStream out, byte[] part) throws IOException {
        out.writeInt(part.length);
        out.write(part);
    }

    private static String certificate(KeyPair pair, String name, Instant now)
            throws IOException, OperatorCreationException {
        var subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
        X509CertificateHolder holder = new JcaX509v3CertificateBuilder(
                        subject,
                        new BigInteger(64, new SecureRandom()),
                        Date.from(now),
                        Date.from(now.plus(CERTIFICATE_LIFE)),
                        subject,
                        pair.getPublic())
                .addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()));
        return pem(holder);
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
