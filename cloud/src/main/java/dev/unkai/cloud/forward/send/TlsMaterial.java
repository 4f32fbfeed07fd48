package dev.unkai.cloud.forward.send;

import dev.unkai.base.Refusal;
import dev.unkai.base.tls.PemFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom a connection trusts and what it shows, as people give it.
 *
 * @param authority certificates as PEM; null: what the public trusts
 * @param clientCertificate PEM, its chain behind it; null: shows nothing
 * @param clientKey PKCS #8, not encrypted
 */
public record TlsMaterial(
        @Nullable String authority,
        @Nullable String clientCertificate,
        @Nullable String clientKey) {
    private static final char[] NO_PASSWORD = new char[0];

    @Override
    public String toString() {
        return "TlsMaterial"; // the key is in no log
    }

    /** A context for it. Throws a refusal that says which of the texts cannot be used. */
    public SSLContext context() {
        return context(new NoKey());
    }

    /** @param otherwise what is shown where there is no client certificate */
    SSLContext context(NoKey otherwise) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys = keys();
            context.init(keys == null ? new KeyManager[] {otherwise} : keys, trust(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw Refusal.invalid("The certificates cannot be used: " + e.getMessage());
        }
    }

    private TrustManager @Nullable [] trust() throws GeneralSecurityException, IOException {
        if (authority == null) {
            return null;
        }
        KeyStore store = empty();
        int number = 0;
        for (X509Certificate trusted : certificates(authority, "\"authority\"")) {
            store.setCertificateEntry("authority-" + number++, trusted);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
        if (clientCertificate == null) {
            return null;
        }
        if (clientKey == null) {
            throw Refusal.invalid("\"clientCertificate\" needs its key in \"clientKey\".");
        }
        List<X509Certificate> chain = certificates(clientCertificate, "\"clientCertificate\"");
        PrivateKey key = PemFiles.privateKey(clientKey, "\"clientKey\"");
        if (!PemFiles.belong(chain.getFirst().getPublicKey(), key)) {
            throw Refusal.invalid("\"clientKey\" is not the key of the first certificate in \"clientCertificate\".");
        }
        KeyStore store = empty();
        store.setKeyEntry("self", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static List<X509Certificate> certificates(String pem, String field) {
        try {
            List<X509Certificate> found = PemFiles.certificates(pem.getBytes(StandardCharsets.ISO_8859_1), field);
            if (!found.isEmpty() && pem.contains("-----BEGIN CERTIFICATE-----")) {
                return found;
            }
        } catch (GeneralSecurityException e) {
            // said below
        }
        throw Refusal.invalid(field + " has to hold certificates in PEM (\"-----BEGIN CERTIFICATE-----\").");
    }
}
