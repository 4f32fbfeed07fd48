package dev.unkai.node.link;

import dev.unkai.base.tls.PemFiles;
import dev.unkai.node.DurableFile;
import dev.unkai.wire.node.CertificateAnswer;
import dev.unkai.wire.node.CertificateRequest;
import dev.unkai.wire.node.NodeLinkGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews this host's certificate by itself when a third of its life is left, or when it has ended while the host was off. The key stays, so
 * that one file is replaced as a whole, and whoever reads it at any moment has a certificate that goes with the key.
 */
public final class CertificateRenewal {
    private static final Logger log = LoggerFactory.getLogger(CertificateRenewal.class);
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final int PATIENCE_SECONDS = 20;
    private static final int URI = 6; // GeneralName uniformResourceIdentifier, RFC 5280 section 4.2.1.6

    private final ManagedChannel channel;
    private final PemFiles files;
    private final Clock clock;
    private boolean saidWhyNot;

    public CertificateRenewal(ManagedChannel channel, PemFiles files, Clock clock) {
        this.channel = channel;
        this.files = files;
        this.clock = clock;
    }

    public void start(ScheduledExecutorService timer) {
        // The answer may be long in coming, and others wait for the timer.
        timer.scheduleWithFixedDelay(
                () -> Thread.ofVirtual().name("certificate").start(this::check),
                FIRST.toSeconds(),
                EVERY.toSeconds(),
                TimeUnit.SECONDS);
    }

    /** Asks for the next certificate if it is time; what fails is tried again at the next check. */
    public void check() {
        try {
            showController();
            X509Certificate present = read(Files.readAllBytes(files.certificate()));
            if (clock.instant().isBefore(renewAt(present))) {
                return;
            }
            CertificateAnswer answer = NodeLinkGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .renewCertificate(CertificateRequest.getDefaultInstance());
            if (!answer.getRefusal().isEmpty()) {
                sayWhyNot(present, answer.getRefusal());
                return;
            }
            X509Certificate next = read(answer.getCertificate().getBytes(StandardCharsets.US_ASCII));
            if (!next.getPublicKey().equals(present.getPublicKey())
                    || !hostNames(next).equals(hostNames(present))) {
                sayWhyNot(present, "the certificate that came is not this host's");
                return;
            }
            DurableFile.write(files.certificate(), answer.getCertificate());
            showController();
            if (clock.instant().isAfter(end(present))) {
                channel.enterIdle(); // what comes next goes by a connection that shows the new one
            }
            saidWhyNot = false;
            log.info("The host's certificate was renewed; it is good until {}", end(next));
        } catch (StatusRuntimeException e) { // a cloud of before, or one that is away
            log.debug("The certificate is not renewed now: {}", e.getStatus());
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            log.warn("The host's certificate could not be renewed; it is tried again", e);
        }
    }

    /**
     * Open vSwitch's TLS, and so OVN's controller, reads a certificate again only when it finds the key's file changed as well as the
     * certificate's (lib/stream-ssl.c). So the key's file is to look younger, and after the certificate's.
     */
    private void showController() throws IOException {
        FileTime certificate = Files.getLastModifiedTime(files.certificate());
        if (Files.getLastModifiedTime(files.key()).compareTo(certificate) < 0) {
            Files.setLastModifiedTime(files.key(), FileTime.from(Instant.now()));
        }
    }

    private static Instant renewAt(X509Certificate certificate) {
        Instant end = end(certificate);
        return end.minus(
                Duration.between(certificate.getNotBefore().toInstant(), end).dividedBy(3));
    }

    private static Instant end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    private void sayWhyNot(X509Certificate present, String why) {
        if (!saidWhyNot) {
            saidWhyNot = true; // once, not at every check
            log.warn("The host's certificate, good until {}, is not renewed: {}", end(present), why);
        }
    }

    /** The SAN URIs, by which the cloud and other hosts know it; authorities may differ in what else they write. */
    private static Set<Object> hostNames(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names == null
                ? Set.of()
                : names.stream()
                        .filter(name -> name.get(0).equals(URI))
                        .map(name -> (Object) name.get(1))
                        .collect(Collectors.toSet());
    }

    private static X509Certificate read(byte[] pem) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }
}
