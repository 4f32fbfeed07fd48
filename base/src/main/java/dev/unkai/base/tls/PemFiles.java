package dev.unkai.base.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A process's identity on the wire: its certificate chain, its key (PKCS #8, EC), and the authority it trusts. */
public record PemFiles(Path certificate, Path key, Path authority) {
    private static final char[] NO_PASSWORD = new char[0];

    /** A context for both ends of mutual TLS, which takes up a renewed certificate by itself. Throws IllegalStateException naming the file that cannot be used. */
    public SSLContext sslContext() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trustStore());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new FreshKeys(this)}, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(
                    "The certificate files " + certificate + ", " + key + ", " + authority + " cannot be used: "
                            + e.getMessage(),
                    e);
        }
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

    public KeyStore keyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry(
                "self", privateKey(), NO_PASSWORD, certificates(certificate).toArray(Certificate[]::new));
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
        String body = Files.readString(key)
                .replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "")
                .replaceAll("\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
    }

    private static List<? extends Certificate> certificates(Path file) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
