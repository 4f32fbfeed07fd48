package dev.unkai.identity.token;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Drops what has lost its meaning with time: revocations of expired tokens, wrong log-ins long forgiven,
 * challenges that nobody answered. */
@Component
public final class Housekeeping implements Reconciler {
    private static final Duration FORGIVEN = Duration.ofDays(1);

    private final Transactions transactions;
    private final Clock clock;

    public Housekeeping(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "housekeeping";
    }

    @Override
    public String channel() {
        return "housekeeping";
    }

    @Override
    public Duration period() {
        return Duration.ofMinutes(10);
    }

    @Override
    public boolean step() {
        transactions.doAsSystem(db -> {
            db.sql("delete from revocation where expires_at < ?")
                    .param(Timestamp.from(clock.instant()))
                    .update();
            db.sql("delete from login_failure where last_failure < ?")
                    .param(Timestamp.from(clock.instant().minus(FORGIVEN)))
                    .update();
            db.sql("delete from password_link where ends_at < ?")
                    .param(Timestamp.from(clock.instant().minus(Duration.ofHours(1))))
                    .update();
            db.sql("delete from address_change where ends_at < ?")
                    .param(Timestamp.from(clock.instant().minus(Duration.ofHours(1))))
                    .update();
            db.sql("delete from reset_wish where asked_at < ?")
                    .param(Timestamp.from(clock.instant().minus(Duration.ofDays(1))))
                    .update();
            db.sql("delete from oauth_request_token where expires_at < ?")
                    .param(Timestamp.from(clock.instant()))
                    .update();
            db.sql("delete from oauth_access_token where expires_at < ?")
                    .param(Timestamp.from(clock.instant()))
                    .update();
            db.sql("delete from oauth_nonce where stamp < ?")
                    .param(clock.instant().minus(Duration.ofHours(1)).getEpochSecond())
                    .update();
            db.sql("delete from sign_in where made_at < ?")
                    .param(Timestamp.from(clock.instant().minus(Duration.ofHours(1))))
                    .update();
            // Who leaves later is asked by the provider whether he wants to.
            db.sql("delete from provider_session where made_at < ?")
                    .param(Timestamp.from(clock.instant().minus(Duration.ofDays(1))))
                    .update();
            db.sql("delete from passkey_challenge where made_at < ?")
                    .param(Timestamp.from(clock.instant().minus(Duration.ofHours(1))))
                    .update();
        });
        return false;
    }
}
