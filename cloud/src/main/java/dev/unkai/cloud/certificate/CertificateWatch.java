package dev.unkai.cloud.certificate;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.certificate.CertificateFacts.Nearness;
import dev.unkai.cloud.certificate.CertificatePlace.Look;
import dev.unkai.cloud.certificate.CertificatePlace.Renewal;
import dev.unkai.cloud.certificate.CertificateStore.Row;
import dev.unkai.wire.event.CadfEvent;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks at every certificate of the site where it is used, writes down what has changed, and alarms when an end comes near. */
@Component
class CertificateWatch implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(CertificateWatch.class);

    private final CertificatePlaces places;
    private final CertificateStore store;
    private final RenewalAttempts attempts;
    private final Transactions transactions;
    private final Clock clock;

    CertificateWatch(
            CertificatePlaces places,
            CertificateStore store,
            RenewalAttempts attempts,
            Transactions transactions,
            Clock clock) {
        this.places = places;
        this.store = store;
        this.attempts = attempts;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "certificates";
    }

    @Override
    public String channel() {
        return PublicCertificate.CHANNEL;
    }

    @Override
    public Duration period() {
        return Duration.ofMinutes(1);
    }

    @Override
    public boolean step() {
        List<CertificatePlace> all = places.all();
        for (CertificatePlace place : all) {
            look(place);
            tell(place);
        }
        List<String> names = all.stream().map(CertificatePlace::name).toList();
        transactions.doAsSystem(db -> store.keepOnly(db, names));
        return false;
    }

    private void look(CertificatePlace place) {
        try {
            X509Certificate seen = SeenCertificate.at(place.look());
            transactions.doAsSystem(db -> note(db, place, seen));
        } catch (IOException e) {
            String problem = place.look() instanceof Look.Door ? "unreachable" : "unreadable";
            String detail = e.getMessage() == null ? e.toString() : e.getMessage();
            transactions.doAsSystem(db -> {
                Optional<Row> before = store.held(db, place.name());
                Nearness alarmed = before.flatMap(row -> Optional.ofNullable(row.certificate()))
                        .map(known ->
                                alarmed(db, place, known, before.orElseThrow().alarmed()))
                        .orElse(Nearness.GOOD);
                store.failed(db, place.name(), problem, detail, alarmed);
            });
        }
    }

    /** Why there is no new certificate is told when it begins and when it changes; the inventory shows it all the time. */
    private void tell(CertificatePlace place) {
        if (place.renewal() == Renewal.BUILT_IN && place.name().equals(CertificatePlaces.EDGE)) {
            return; // one with that of this process, of which is told
        }
        String failure = attempts.of(place)
                .flatMap(RenewalAttempt::failure)
                .map(RenewalAttempt.Failure::detail)
                .orElse(null);
        transactions.doAsSystem(db -> {
            Row row = store.held(db, place.name()).orElseThrow();
            if (Objects.equals(failure, row.told())) {
                return;
            }
            store.told(db, place.name(), failure);
            if (failure != null) {
                log.error("ALARM there is no new certificate for \"{}\": {}", place.name(), failure);
                db.record(event("renew", place, clock.instant()).failed("Renewal", failure));
            }
        });
    }

    private void note(Db db, CertificatePlace place, X509Certificate seen) {
        CertificateFacts present = CertificateFacts.of(seen);
        Optional<Row> before = store.held(db, place.name());
        Optional<CertificateFacts> former = before.flatMap(row -> Optional.ofNullable(row.certificate()));
        boolean same = former.map(CertificateFacts::fingerprint)
                .filter(present.fingerprint()::equals)
                .isPresent();
        if (former.isPresent() && !same) {
            db.record(event("renew", place, clock.instant())
                    .with(Map.of(
                            "fingerprint",
                            present.fingerprint(),
                            "issuer",
                            present.issuer(),
                            "until",
                            present.until().toString())));
        }
        Nearness told = same ? before.orElseThrow().alarmed() : Nearness.GOOD;
        store.seen(db, place.name(), seen, alarmed(db, place, present, told), clock.instant());
    }

    /** Tells of each threshold once; answers which was told last. */
    private Nearness alarmed(Db db, CertificatePlace place, CertificateFacts certificate, Nearness told) {
        Nearness now = certificate.nearness(clock.instant());
        if (now.compareTo(told) <= 0) {
            return told;
        }
        log.error(
                "ALARM the certificate \"{}\" ({}) ends at {}; it is renewed by: {}",
                place.name(),
                certificate.subject(),
                certificate.until(),
                place.renewal().word());
        db.record(event("expire", place, clock.instant())
                .with(Map.of("until", certificate.until().toString(), "fingerprint", certificate.fingerprint()))
                .failed("Expiring", "The certificate ends at " + certificate.until() + "."));
        return now;
    }

    private static CadfEvent event(String action, CertificatePlace place, Instant at) {
        return CadfEvent.bySystem(
                "cloud",
                action,
                new CadfEvent.Target(place.name(), "service/certificate", place.name(), null),
                at,
                null);
    }
}
