package dev.unkai.cloud.hosts.join;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.openapi.Shape;
import dev.unkai.wire.event.CadfEvent;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A machine with a good token becomes a host: it gets an id, a certificate for its key, and the addresses it needs. */
@Component
public class Enrolment {
    private final Transactions transactions;
    private final HostAuthority authority;
    private final Doors doors;
    private final Ids ids;
    private final Clock clock;

    Enrolment(Transactions transactions, HostAuthority authority, Doors doors, Ids ids, Clock clock) {
        this.transactions = transactions;
        this.authority = authority;
        this.doors = doors;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What the machine says.
     *
     * @param request certificate request, PKCS #10 in PEM, EC P-256
     * @param name host name, unique among hosts
     * @param address where other hosts reach it
     */
    public record Wish(String token, String request, String name, String zone, String address) {}

    /** Who asks: its network address, its program, and the request's id. */
    public record Asker(String address, String agent, String requestId) {}

    /**
     * What it gets.
     *
     * @param certificate PEM, signed by {@code hostAuthority} (PEM)
     * @param nodes {@code host:port} where nodes attach; @param southbound {@code host:port} of OVN's southbound database
     */
    @Shape(name = "EnrolledHost")
    public record Enrolled(
            UUID hostId, String certificate, String hostAuthority, List<String> nodes, String southbound) {}

    private record Token(
            UUID id, Instant expiresAt, @Nullable UUID host, byte @Nullable [] keyHash) {}

    /** What every process of this service is known by: its authority's certificate in PEM. */
    public String authorityPem() {
        return doors.authorityPem();
    }

    /** Spends the token. Throws Refusal for a token that is unknown, spent or too old, and for a name that is taken. */
    public Enrolled enrol(Wish wish, Asker asker) {
        doors.requireOpen();
        HostAuthority.Request request = authority.read(wish.request());
        try {
            UUID host = permit(wish, request);
            return new Enrolled(
                    host,
                    authority.sign(request, host).pem(),
                    authority.authorityPem(),
                    doors.nodes(),
                    doors.southbound());
        } catch (Refusal refusal) {
            recordRefusal(wish, asker, refusal);
            throw refusal;
        }
    }

    private UUID permit(Wish wish, HostAuthority.Request request) {
        return transactions.asSystem(db -> {
            Token token = token(db, wish.token());
            if (token.host() != null) {
                // The answer was lost on its way: the same key may ask again.
                if (!Arrays.equals(token.keyHash(), request.keyHash())) {
                    throw spent();
                }
                return token.host();
            }
            Optional<UUID> own = hostOf(db, request);
            if (own.isPresent()) {
                // It was off until its certificate had ended: whoever has its key and a good token is that host.
                again(db, token, own.get(), request, wish);
                return own.get();
            }
            requireFreeName(db, wish.name());
            UUID fresh = ids.next();
            spend(db, token, fresh, request, wish);
            return fresh;
        });
    }

    private static Optional<UUID> hostOf(Db db, HostAuthority.Request request) {
        return db.sql("select host_id from host_enrolment where key_hash = ? and removed_at is null for update")
                .param(request.keyHash())
                .query(UUID.class)
                .optional();
    }

    private void recordRefusal(Wish wish, Asker asker, Refusal refusal) {
        transactions.doAsSystem(db -> db.record(CadfEvent.byUnknown(
                        wish.name(),
                        asker.address(),
                        asker.agent(),
                        "enrol",
                        new CadfEvent.Target("host-enrolment", "compute/host", wish.name(), null),
                        clock.instant(),
                        asker.requestId())
                .failed(String.valueOf(refusal.kind().status()), refusal.sentence())));
    }

    private Token token(Db db, String text) {
        Token token = db.sql("select id, expires_at, host_id, key_hash from host_token where hash = ? for update")
                .param(JoinTokens.hash(text))
                .query((row, n) -> new Token(
                        row.getObject(1, UUID.class),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getObject(3, UUID.class),
                        row.getBytes(4)))
                .optional()
                .orElseThrow(Enrolment::spent);
        if (token.expiresAt().isBefore(clock.instant())) {
            throw spent();
        }
        return token;
    }

    private static Refusal spent() {
        return Refusal.forbidden("The token is unknown, used or more than 30 minutes old. Make a new one with"
                + " \"./unkai node token\" or on the console's hosts page.");
    }

    private static void requireFreeName(Db db, String name) {
        boolean taken = db.sql("""
                select exists (select 1 from host where name = :name)
                    or exists (select 1 from host_enrolment where name = :name and removed_at is null)
                """).param("name", name).query(Boolean.class).single();
        if (taken) {
            throw Refusal.conflict("There is a host named " + name
                    + " already. Choose another name with --name, or remove that host.");
        }
    }

    private void spend(Db db, Token token, UUID host, HostAuthority.Request request, Wish wish) {
        Instant now = clock.instant();
        use(db, token, host, request, now);
        db.sql(
                        "insert into host_enrolment (host_id, name, zone, address, enrolled_at, key_hash) values (?, ?, ?, ?, ?, ?)")
                .param(host)
                .param(wish.name())
                .param(wish.zone())
                .param(wish.address())
                .param(Timestamp.from(now))
                .param(request.keyHash())
                .update();
        record(db, token, host, wish, now);
    }

    private void again(Db db, Token token, UUID host, HostAuthority.Request request, Wish wish) {
        Instant now = clock.instant();
        use(db, token, host, request, now);
        record(db, token, host, wish, now);
    }

    private static void use(Db db, Token token, UUID host, HostAuthority.Request request, Instant now) {
        db.sql("update host_token set used_at = ?, host_id = ?, key_hash = ? where id = ?")
                .param(Timestamp.from(now))
                .param(host)
                .param(request.keyHash())
                .param(token.id())
                .update();
    }

    private static void record(Db db, Token token, UUID host, Wish wish, Instant now) {
        db.record(CadfEvent.bySystem(
                        "cloud",
                        "enrol",
                        new CadfEvent.Target(host.toString(), "compute/host", wish.name(), null),
                        now,
                        null)
                .with(Map.of("token", token.id().toString(), "address", wish.address(), "zone", wish.zone())));
    }
}
