package dev.unkai.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/** What proves to the cloud that this machine is its host (decisions 0034 and 0046). */
record HostCertificate(Path file) {
    /** Whether there is one by which the machine is known: one that has ended too, since the node renews it by itself. */
    boolean isThere() {
        return end().isPresent();
    }

    boolean hasEnded(Instant now) {
        return end().filter(end -> !now.isBefore(end)).isPresent();
    }

    private Optional<Instant> end() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream text = Files.newInputStream(file)) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(text);
            return Optional.of(certificate.getNotAfter().toInstant());
        } catch (CertificateException | IOException e) {
            return Optional.empty(); // cut off or spoilt: a new one is needed
        }
    }
}
