package dev.unkai.cloud.hosts.join;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.hosts.HostCertificates;
import dev.unkai.cloud.hosts.join.HostAuthority.Certified;
import dev.unkai.wire.event.CadfEvent;
import java.security.PublicKey;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Gives an attached host the certificate that comes after its present one, for the same key: that the host has the key it has just proved
 * by the connection on which it asks.
 */
@Component
public class Renewal {
    private final Transactions transactions;
    private final HostAuthority authority;
    private final Clock clock;

    Renewal(Transactions transactions, HostAuthority authority, Clock clock) {
        this.transactions = transactions;
        this.authority = authority;
        this.clock = clock;
    }

    /** The certificate in PEM. Throws Refusal when the host was removed, or its certificate comes from elsewhere. */
    public String renew(UUID host, PublicKey key) {
        authority.requirePresent();
        Certified next = authority.sign(new HostAuthority.Request(key), host);
        transactions.doAsSystem(db -> {
            // A removal that comes at the same time has the row first, or finds it and waits.
            String name = db.sql("update host set certificate_ends_at = ? where id = ? returning name")
                    .params(Timestamp.from(next.endsAt()), host)
                    .query(String.class)
                    .optional()
                    .orElseThrow(
                            () -> Refusal.forbidden("The host has been removed. It can join again with a new token."));
            HostCertificates.keep(db, host, next.certificate());
            db.record(CadfEvent.bySystem(
                    "node",
                    "renew",
                    new CadfEvent.Target(host.toString(), "compute/host", name, null),
                    clock.instant(),
                    null));
        });
        return next.pem();
    }
}
