package dev.unkai.cloud.certificate.acme;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.cloud.certificate.PublicCertificate;
import dev.unkai.cloud.certificate.RenewalAttempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Sees to it that there is a public certificate for the site's names with more than a third of its life left. What fails is tried again with growing
 * pauses, or when the server says.
 */
@Component
class AcmeRenewal implements Reconciler, PublicCertificate {
    private static final Logger log = LoggerFactory.getLogger(AcmeRenewal.class);
    private static final int DNS = 2; // GeneralName dNSName, RFC 5280 section 4.2.1.6

    private final Optional<AcmeSettings> settings;
    private final Runnable changed;
    private final Clock clock;
    /** The present file, and until when it is good: it is read again only when either is over. */
    private @Nullable Known known;
    /** Whether somebody wants it tried without waiting. */
    private volatile boolean asked;

    private record Known(FileTime written, Instant due) {}

    @Autowired
    AcmeRenewal(Environment environment, Transactions transactions, Clock clock) {
        this(
                AcmeSettings.of(environment),
                () -> transactions.doAsSystem(db -> db.wake(PublicCertificate.CHANNEL)),
                clock);
    }

    /** @param changed told when there is another certificate, or another reason why there is none */
    AcmeRenewal(Optional<AcmeSettings> settings, Runnable changed, Clock clock) {
        this.settings = settings;
        this.changed = changed;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "acme";
    }

    @Override
    public String channel() {
        return ORDER_CHANNEL;
    }

    @Override
    public boolean woken(String detail) {
        if (detail.equals(NOW)) {
            asked = true;
        }
        return true;
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Optional<RenewalAttempt> attempt() {
        return settings.map(AcmeState::read).flatMap(AcmeState::attempt);
    }

    @Override
    public boolean step() throws IOException, InterruptedException {
        if (settings.isEmpty() || !settings.get().orders()) {
            return false;
        }
        AcmeSettings wanted = settings.get();
        if (good(wanted)) {
            return false;
        }
        AcmeState state = AcmeState.read(wanted);
        Instant next = state.next();
        boolean now = asked;
        asked = false;
        if (now || next == null || !clock.instant().isBefore(next)) {
            attempt(wanted, state);
        }
        return false;
    }

    private void attempt(AcmeSettings wanted, AcmeState state) throws IOException, InterruptedException {
        try {
            X509Certificate fresh = new AcmeOrder(wanted).walk(state);
            AcmeState.read(wanted).done(clock.instant()).keep(wanted);
            Files.deleteIfExists(wanted.orderKey());
            log.info(
                    "The public certificate for {} came from {}; it is good until {}",
                    wanted.names(),
                    wanted.directory(),
                    fresh.getNotAfter().toInstant());
        } catch (AcmeException | AcmeProtocolException | IOException | Fault.Refused | Fault.Undecided e) {
            Fault fault = Fault.of(e, wanted);
            AcmeState failed =
                    AcmeState.read(wanted).failed(fault, clock.instant()).keep(wanted);
            log.warn(
                    "No public certificate for {}, tried again at {}: {}",
                    wanted.names(),
                    failed.next(),
                    fault.failure().detail());
        }
        changed.run();
    }

    private boolean good(AcmeSettings wanted) throws IOException {
        if (!Files.exists(wanted.certificate())) {
            return false;
        }
        FileTime written = Files.getLastModifiedTime(wanted.certificate());
        Known before = known;
        if (before == null || !before.written().equals(written)) {
            before = new Known(written, due(wanted));
            known = before;
            AcmeState state = AcmeState.read(wanted);
            if (clock.instant().isBefore(before.due()) && (state.order() != null || state.failure() != null)) {
                // We died when it had just come.
                state.done(clock.instant()).keep(wanted);
                Files.deleteIfExists(wanted.orderKey());
            }
        }
        return clock.instant().isBefore(before.due());
    }

    /** When a third of its life is left, as for all that renews by itself; at once where it cannot be used. */
    private static Instant due(AcmeSettings wanted) throws IOException {
        try {
            PemFiles files = new PemFiles(wanted.certificate(), wanted.certificate(), wanted.certificate());
            files.keyStore(); // that the key is the certificate's
            X509Certificate present = files.chain().getFirst();
            if (!names(present).containsAll(wanted.names())) {
                return Instant.MIN;
            }
            Instant from = present.getNotBefore().toInstant();
            Instant until = present.getNotAfter().toInstant();
            return until.minus(Duration.between(from, until).dividedBy(3));
        } catch (GeneralSecurityException e) {
            return Instant.MIN;
        }
    }

    private static Set<String> names(X509Certificate certificate) throws GeneralSecurityException {
        Collection<List<?>> all = certificate.getSubjectAlternativeNames();
        return all == null
                ? Set.of()
                : all.stream()
                        .filter(name -> name.get(0).equals(DNS))
                        .map(name -> String.valueOf(name.get(1)))
                        .collect(Collectors.toSet());
    }
}
