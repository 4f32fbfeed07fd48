package dev.unkai.base.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A process's identity on the wire: its certificate chain, its key (PKCS #8, EC or RSA), and the authority it trusts. Chain and key may be one
 * file, which then is replaced as a whole.
 */
public record PemFiles(Path certificate, Path key, Path authority) {
    private static final char[] NO_PASSWORD = new char[0];
    private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String CERTIFICATE_BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String CERTIFICATE_END = "-----END CERTIFICATE-----";

    /** A context for both ends of mutual TLS, which takes up a renewed certificate by itself. Throws IllegalStateException naming the file that cannot be used. */
    public SSLContext sslContext() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trustStore());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {freshKeys()}, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(
                    "The certificate files " + certificate + ", " + key + ", " + authority + " cannot be used: "
                            + e.getMessage(),
                    e);
        }
    }

    /** The key and certificate as the files have them at each handshake. Throws IllegalStateException naming the files that cannot be used. */
    public FreshKeys freshKeys() {
        try {
            return new FreshKeys(this);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(
                    "The certificate files " + certificate + " and " + key + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** The chain in the file of the certificate, the process's own first. Throws when there is none. */
    public List<X509Certificate> chain() throws GeneralSecurityException, IOException {
        List<X509Certificate> chain = certificates(certificate);
        if (chain.isEmpty()) {
            throw new CertificateException(certificate + " holds no certificate");
        }
        return chain;
    }

    /** A client's context that trusts the authority alone and shows no certificate. Throws IllegalStateException when the file cannot be used. */
    public static SSLContext trusting(Path authority) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(new PemFiles(authority, authority, authority).trustStore());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The authority " + authority + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Throws when the key is not the certificate's, as while one of the two files is replaced and the other is not yet. */
    public KeyStore keyStore() throws GeneralSecurityException, IOException {
        List<X509Certificate> chain = chain();
        PrivateKey secret = privateKey();
        requirePair(chain.getFirst().getPublicKey(), secret);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry("self", secret, NO_PASSWORD, chain.toArray(Certificate[]::new));
        return store;
    }

    public KeyStore trustStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        int number = 0;
        for (Certificate trusted : certificates(authority)) {
            store.setCertificateEntry("authority-" + number++, trusted);
        }
        return store;
    }

    private PrivateKey privateKey() throws GeneralSecurityException, IOException {
        return privateKey(Files.readString(key), key.toString());
    }

    /**
     * The key in the text of a PEM file, EC or RSA.
     *
     * @param name of the text, for the message of the exception
     */
    public static PrivateKey privateKey(String text, String name) throws GeneralSecurityException {
        if (!text.contains(KEY_BEGIN)) {
            throw new InvalidKeyException(
                    name + " is no unencrypted key in PKCS #8 (\"BEGIN PRIVATE KEY\"); make it one with"
                            + " \"openssl pkcs8 -topk8 -nodes\"");
        }
        int begin = text.indexOf(KEY_BEGIN) + KEY_BEGIN.length();
        int end = text.indexOf("-----END PRIVATE KEY-----", begin);
        byte[] body = Base64.getMimeDecoder().decode(text.substring(begin, end < 0 ? text.length() : end));
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(body);
        try {
            return KeyFactory.getInstance("EC").generatePrivate(encoded);
        } catch (InvalidKeySpecException e) {
            return KeyFactory.getInstance("RSA").generatePrivate(encoded);
        }
    }

    private void requirePair(PublicKey open, PrivateKey secret) throws GeneralSecurityException {
        if (!belong(open, secret)) {
            throw new InvalidKeyException("the key " + key + " is not that of the certificate " + certificate);
        }
    }

    /** Whether the two are halves of one pair, EC or RSA. */
    public static boolean belong(PublicKey open, PrivateKey secret) throws GeneralSecurityException {
        if (!secret.getAlgorithm().equals(open.getAlgorithm())) {
            return false;
        }
        String algorithm = secret.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        byte[] probe = {1};
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(secret);
        signing.update(probe);
        byte[] signed = signing.sign();
        Signature checking = Signature.getInstance(algorithm);
        checking.initVerify(open);
        checking.update(probe);
        return verifies(checking, signed);
    }

    private static boolean verifies(Signature checking, byte[] signed) {
        try {
            return checking.verify(signed);
        } catch (SignatureException e) {
            return false; // of another length or curve
        }
    }

    /** The certificates of a file in PEM in their order, whatever else stands between them; or those of one in DER. Empty where there is none. */
    public static List<X509Certificate> certificates(Path file) throws GeneralSecurityException, IOException {
        return certificates(Files.readAllBytes(file), file.toString());
    }

    /** The same of what would stand in such a file; {@code name} for the message of the exception. */
    public static List<X509Certificate> certificates(byte[] file, String name) throws GeneralSecurityException {
        byte[] content = file;
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (text.contains("-----BEGIN")) {
            StringBuilder blocks = new StringBuilder();
            for (int at = text.indexOf(CERTIFICATE_BEGIN); at >= 0; at = text.indexOf(CERTIFICATE_BEGIN, at + 1)) {
                int end = text.indexOf(CERTIFICATE_END, at);
                if (end < 0) {
                    throw new CertificateException(name + " ends in the middle of a certificate");
                }
                blocks.append(text, at, end + CERTIFICATE_END.length()).append('\n');
            }
            content = blocks.toString().getBytes(StandardCharsets.ISO_8859_1);
        }
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content)).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }
}
