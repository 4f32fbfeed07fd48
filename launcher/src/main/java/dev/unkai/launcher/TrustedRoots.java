package dev.unkai.launcher;

import dev.unkai.base.tls.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The authorities that this machine trusts: those of its system, to which update-ca-certificates adds one's own, and those of Java. */
final class TrustedRoots {
    /** Of Debian's package ca-certificates. */
    static final Path SYSTEM = Path.of("/etc/ssl/certs/ca-certificates.crt");

    private TrustedRoots() {}

    static Set<X509Certificate> ofThisMachine() {
        try {
            Set<X509Certificate> roots = new HashSet<>();
            TrustManagerFactory java = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            java.init((KeyStore) null);
            for (TrustManager manager : java.getTrustManagers()) {
                if (manager instanceof X509TrustManager known) {
                    roots.addAll(List.of(known.getAcceptedIssuers()));
                }
            }
            if (Files.isReadable(SYSTEM)) {
                roots.addAll(PemFiles.certificates(SYSTEM));
            }
            return Set.copyOf(roots);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The authorities that this machine trusts cannot be read", e);
        }
    }
}
