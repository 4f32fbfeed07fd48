package dev.unkai.cloud.hosts.join;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.openapi.Shape;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** One-time permissions for a machine to become a host; made by an operator, shown once, kept as a hash. */
@Component
public class JoinTokens {
    private static final Duration LIFE = Duration.ofMinutes(30);

    private final Transactions transactions;
    private final Doors doors;
    private final HostAuthority authority;
    private final Ids ids;
    private final Clock clock;

    JoinTokens(Transactions transactions, Doors doors, HostAuthority authority, Ids ids, Clock clock) {
        this.transactions = transactions;
        this.doors = doors;
        this.authority = authority;
        this.ids = ids;
        this.clock = clock;
    }

    /** A new token and the command in which it is used; there is no way to see it again. */
    @Shape(name = "JoinToken")
    public record Issued(String token, Instant expiresAt, String authority, String command) {}

    /** Throws Refusal when no other machine can reach this service. */
    public Issued issue(Caller caller) {
        doors.requireOpen();
        authority.requirePresent();
        String token = Ids.secret(24);
        Instant now = clock.instant();
        UUID id = ids.next();
        transactions.doAsCaller(caller, db -> {
            db.sql("insert into host_token (id, hash, created_by, created_at, expires_at) values (?, ?, ?, ?, ?)")
                    .param(id)
                    .param(hash(token))
                    .param(caller.user())
                    .param(Timestamp.from(now))
                    .param(Timestamp.from(now.plus(LIFE)))
                    .update();
            db.record(CadfEvent.by(
                    caller, "create", new CadfEvent.Target(id.toString(), "compute/host-token", null, null), now));
        });
        String command = "./unkai node join --cloud " + doors.publicUrl() + " --token " + token + " --authority "
                + doors.fingerprint();
        return new Issued(token, now.plus(LIFE), doors.fingerprint(), command);
    }

    static byte[] hash(String token) {
        return HostAuthority.sha256(token.getBytes(StandardCharsets.UTF_8));
    }
}
