package dev.unkai.cloud.certificate.acme;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.jspecify.annotations.Nullable;

/** Key pairs (EC P-256) in files that their owner alone reads: the secret half in PKCS #8, behind it the open one. */
final class KeyFile {
    private KeyFile() {}

    /** The pair of the file, made now if there is none; it is on the disk before it is used. */
    static KeyPair openOrMake(Path file) throws IOException {
        if (!Files.exists(file)) {
            KeyPair fresh = fresh();
            SecretFile.write(
                    file, pem(List.of(new JcaPKCS8Generator(fresh.getPrivate(), null).generate(), fresh.getPublic())));
            return fresh;
        }
        PrivateKey secret = null;
        PublicKey open = null;
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        try (Reader text = Files.newBufferedReader(file);
                PEMParser parser = new PEMParser(text)) {
            for (Object item = parser.readObject(); item != null; item = parser.readObject()) {
                switch (item) {
                    case PrivateKeyInfo found -> secret = converter.getPrivateKey(found);
                    case SubjectPublicKeyInfo found -> open = converter.getPublicKey(found);
                    default -> throw strange(file);
                }
            }
        }
        return pair(file, secret, open);
    }

    private static KeyPair pair(Path file, @Nullable PrivateKey secret, @Nullable PublicKey open) throws IOException {
        if (secret == null || open == null) {
            throw strange(file);
        }
        return new KeyPair(open, secret);
    }

    private static IOException strange(Path file) {
        return new IOException(file + " holds no key pair that this service made; move it away");
    }

    private static KeyPair fresh() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** @param items certificates, keys, or what BouncyCastle makes of them */
    static String pem(List<?> items) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object item : items) {
                writer.writeObject(item);
            }
        }
        return text.toString();
    }
}
