package dev.unkai.cloud.certificate;

import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.certificate.CertificatePlace.Renewal;
import dev.unkai.cloud.certificate.CertificateStore.Row;
import dev.unkai.cloud.hosts.HostCertificates;
import dev.unkai.wire.token.Caller;
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
    private final Transactions transactions;
    private final CertificateStore store;
    private final CertificatePlaces places;
    private final RenewalAttempts attempts;

    Certificates(
            Transactions transactions, CertificateStore store, CertificatePlaces places, RenewalAttempts attempts) {
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
}
