package dev.unkai.cloud.certificate;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.certificate.CertificatePlace.Renewal;
import dev.unkai.cloud.certificate.CertificateStore.Row;
import dev.unkai.cloud.hosts.HostCertificates;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The inventory: every certificate of the site, the hosts' included. */
@Component
public class Certificates {
    /** The reason of a failure after which the server asked for a pause. */
    private static final String LIMITED = "acme-limited";

    private final Transactions transactions;
    private final CertificateStore store;
    private final CertificatePlaces places;
    private final RenewalAttempts attempts;
    private final Clock clock;

    Certificates(
            Transactions transactions,
            CertificateStore store,
            CertificatePlaces places,
            RenewalAttempts attempts,
            Clock clock) {
        this.clock = clock;
        this.attempts = attempts;
        this.transactions = transactions;
        this.store = store;
        this.places = places;
    }

    /**
     * One certificate in use.
     *
     * @param name where it is used: {@code edge}, {@code cloud}, {@code identity}, …, {@code host}
     * @param host the host's name, for a host's
     * @param renewal built-in, acme, file, host or up
     * @param origin the directory of the ACME server, or the file that an operator replaces
     * @param attempt the last look after its renewal; null where nobody notes them
     * @param certificate null while it has never been seen
     * @param seenAt when it was last looked at where it is used
     * @param problem why it could not be looked at just now: unreachable or unreadable; {@code detail} in the words of the program
     */
    public record Entry(
            String name,
            @Nullable String host,
            String renewal,
            @Nullable String origin,
            @Nullable RenewalAttempt attempt,
            @Nullable CertificateFacts certificate,
            @Nullable Instant seenAt,
            @Nullable String problem,
            @Nullable String detail) {}

    public List<Entry> list(Caller caller) {
        return transactions.asCaller(caller, db -> {
            Map<String, Row> rows = store.list(db).stream().collect(Collectors.toMap(Row::name, Function.identity()));
            List<Entry> entries = new ArrayList<>();
            for (CertificatePlace place : places.all()) {
                Row row = rows.get(place.name());
                if (row != null) {
                    entries.add(new Entry(
                            place.name(),
                            null,
                            place.renewal().word(),
                            place.origin(),
                            attempts.of(place).orElse(null),
                            row.certificate(),
                            row.seenAt(),
                            row.problem(),
                            row.detail()));
                }
            }
            for (HostCertificates.HostCertificate host : HostCertificates.list(db)) {
                entries.add(new Entry(
                        "host",
                        host.name(),
                        Renewal.HOST.word(),
                        null,
                        null,
                        CertificateFacts.of(host.certificate()),
                        null,
                        null,
                        null));
            }
            return entries;
        });
    }

    /**
     * Has a failed renewal tried again at once, such as when its cause was mended. Throws a Refusal where there is nothing to try, and while the ACME
     * server has asked to be left alone.
     */
    public void retry(Caller caller, String name) {
        CertificatePlace place = places.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("There is no certificate " + name + "."));
        if (place.renewal() != Renewal.ACME) {
            throw Refusal.conflict("This certificate does not come by ACME: only such an order can be tried again.");
        }
        RenewalAttempt last = attempts.of(place)
                .filter(attempt -> attempt.failure().isPresent())
                .orElseThrow(() -> Refusal.conflict("The last attempt did not fail; there is nothing to try again."));
        if (last.failure().orElseThrow().reason().equals(LIMITED)) {
            throw Refusal.conflict("The ACME server gives no more certificates until then: " + last.next() + ".");
        }
        transactions.doAsCaller(caller, db -> {
            db.record(CadfEvent.by(
                            caller,
                            "update",
                            new CadfEvent.Target(name, "service/certificate", name, null),
                            clock.instant())
                    .with(Map.of("change", "to be ordered again at once")));
            db.wake(PublicCertificate.ORDER_CHANNEL, PublicCertificate.NOW);
        });
    }
}
