package dev.unkai.launcher;

import dev.unkai.base.tls.PemFiles;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.encoders.DecoderException;
import org.bouncycastle.util.io.pem.PemGenerationException;

/**
 * A certificate with its key as an operator's files have them at one moment, not looked at yet.
 *
 * @param chain in the order of the file, at least one
 */
record GivenCertificate(Path file, List<X509Certificate> chain, PrivateKey key) {
    /** Throws a Problem when one of the files cannot be read. */
    static GivenCertificate read(Edge.FromFiles files) {
        return new GivenCertificate(files.certificate(), chain(files.certificate()), key(files.key()));
    }

    private static List<X509Certificate> chain(Path file) {
        try {
            List<X509Certificate> chain = PemFiles.certificates(file);
            if (chain.isEmpty()) {
                throw new Problem("edge.refused.no-certificate", file);
            }
            return chain;
        } catch (GeneralSecurityException e) {
            throw new Problem("edge.refused.no-certificate", file);
        } catch (IOException e) {
            throw new Problem("edge.refused.unreadable", file);
        }
    }

    /** Of any form that openssl writes: PKCS #8, or the older ones of RSA and EC. */
    private static PrivateKey key(Path file) {
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
                PEMParser parser = new PEMParser(text)) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            for (Object item = parser.readObject(); item != null; item = parser.readObject()) {
                switch (item) {
                    case PEMKeyPair pair -> {
                        return converter.getPrivateKey(pair.getPrivateKeyInfo());
                    }
                    case PrivateKeyInfo secret -> {
                        return converter.getPrivateKey(secret);
                    }
                    case PEMEncryptedKeyPair locked -> throw new Problem("edge.refused.key-locked", file);
                    case PKCS8EncryptedPrivateKeyInfo locked -> throw new Problem("edge.refused.key-locked", file);
                    default -> {} // such as the parameters that openssl writes before the key of a curve
                }
            }
            throw new Problem("edge.refused.no-key", file);
        } catch (PEMException | DecoderException e) {
            throw new Problem("edge.refused.no-key", file);
        } catch (IOException e) {
            throw new Problem("edge.refused.unreadable", file);
        }
    }

    X509Certificate own() {
        return chain.getFirst();
    }

    /** Signed by itself. */
    static boolean isRoot(X509Certificate certificate) {
        if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The root (PEM) at the end of the file; empty where there is none. */
    static String rootIn(Path file) {
        try {
            List<X509Certificate> chain = PemFiles.certificates(file);
            return chain.isEmpty() || !isRoot(chain.getLast())
                    ? ""
                    : pem(chain.subList(chain.size() - 1, chain.size()));
        } catch (GeneralSecurityException | IOException e) {
            return ""; // whoever takes the file over tells of it
        }
    }

    /** As the cloud takes it: the chain as it is sent to clients, who have the root already, and behind it the key in PKCS #8. */
    String pem() {
        List<X509Certificate> sent =
                chain.size() > 1 && isRoot(chain.getLast()) ? chain.subList(0, chain.size() - 1) : chain;
        try {
            return pem(sent) + pem(List.of(new JcaPKCS8Generator(key, null).generate()));
        } catch (PemGenerationException e) {
            throw new IllegalStateException(e); // it was read from a file
        }
    }

    private static String pem(List<?> items) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object item : items) {
                writer.writeObject(item);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e); // into memory
        }
        return text.toString();
    }
}
