package dev.unkai.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** What proves to the cloud that this machine is its host (decision 0034). */
record HostCertificate(Path file) {
    /** Whether it is there and can be used; the node renews it long before it ends, unless the machine is off. */
    boolean isValid(Instant now) {
        if (!Files.exists(file)) {
            return false;
        }
        try (InputStream text = Files.newInputStream(file)) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(text);
            return now.isBefore(certificate.getNotAfter().toInstant());
        } catch (CertificateException | IOException e) {
            return false; // cut off or spoilt: a new one is needed as well
        }
    }
}
