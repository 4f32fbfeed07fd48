package dev.unkai.cloud.hosts.console;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.hosts.Consoles;
import dev.unkai.cloud.hosts.console.SessionRows.Session;
import dev.unkai.cloud.hosts.console.VisitRows.Visit;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.node.GuestCounters;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.TokenClaims;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Opens console sessions: offers a one-time token, takes it back, reads logs. Each opening is an event. */
@Component
public class ConsoleSessions {
    private static final Logger log = LoggerFactory.getLogger(ConsoleSessions.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Transactions transactions;
    private final Relays relays;
    private final Ids ids;
    private final Clock clock;

    ConsoleSessions(Transactions transactions, Relays relays, Ids ids, Clock clock) {
        this.transactions = transactions;
        this.relays = relays;
        this.ids = ids;
        this.clock = clock;
    }

    private record GuestPlace(UUID host, String project, boolean running) {}

    /** A token that opens the console once within ten minutes. */
    public String offer(Caller caller, UUID server, String kind) {
        return transactions.asCaller(caller, db -> {
            GuestPlace place = place(db, server)
                    .filter(GuestPlace::running)
                    .orElseThrow(
                            () -> Refusal.conflict("The server does not run, so it has no console. Start it first."));
            recordForeign(db, caller, server, place, "read/console-address");
            String token = Ids.secret(32);
            SessionRows.offer(db, session(caller, server, place, kind, caller.token()), token);
            return token;
        });
    }

    /** The last lines of the guest's console log. */
    public String log(Caller caller, UUID server, int lines) {
        GuestPlace place = transactions.asCaller(caller, db -> {
            GuestPlace found = place(db, server)
                    .orElseThrow(() -> Refusal.conflict("The server is on no host yet, so it has no console log."));
            recordForeign(db, caller, server, found, "read/console-log");
            return found;
        });
        return ask(session(caller, server, place, "LOG", null), lines)
                .map(log -> log.toString(StandardCharsets.UTF_8))
                .orElseThrow(() -> Refusal.conflict("The server's host does not answer right now. Try again later."));
    }

    /** What the guest has used so far; empty when it does not run, or its host does not tell. */
    public Optional<GuestCounters> counters(Caller caller, UUID server) {
        return transactions
                .asCaller(caller, db -> place(db, server))
                .filter(GuestPlace::running)
                .flatMap(place -> ask(session(caller, server, place, "COUNTERS", null), 0))
                .filter(answer -> !answer.isEmpty())
                .flatMap(ConsoleSessions::counters);
    }

    private static Optional<GuestCounters> counters(ByteString answer) {
        try {
            return Optional.of(GuestCounters.parseFrom(answer));
        } catch (InvalidProtocolBufferException e) {
            log.warn("A host's counters cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<ByteString> ask(Session session, int lines) {
        AnswerRelay relay = new AnswerRelay(session.id(), session.host());
        relays.add(relay);
        try {
            transactions.doAsSystem(db -> SessionRows.ask(db, session, lines));
            return relay.await(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("The service stops.");
        } finally {
            relays.remove(relay);
            transactions.doAsSystem(db -> SessionRows.close(db, session.id()));
        }
    }

    /** What a token that opens a console leads to, as far as the caller may see it. */
    public Optional<Consoles.Target> resolve(Caller caller, String token) {
        return transactions.asCaller(
                caller,
                db -> SessionRows.peek(db, token)
                        .flatMap(session -> db.sql("select name from host where id = ?")
                                .param(session.host())
                                .query(String.class)
                                .optional()
                                .map(host -> new Consoles.Target(session.server(), host))));
    }

    Optional<Session> peek(String token) {
        return transactions.asSystem(db -> SessionRows.peek(db, token));
    }

    /** Uses the session's token up and tells the host; false when it is used up already. */
    boolean open(Session session, Place from) {
        return transactions.asSystem(db -> {
            boolean opened = SessionRows.open(db, session);
            if (opened) {
                VisitRows.begin(db, session, from);
                db.record(event(session, from, "read/console"));
            }
            return opened;
        });
    }

    /** Who looked has left. */
    void close(Session session) {
        transactions.doAsSystem(db -> {
            SessionRows.close(db, session.id());
            VisitRows.end(db, session.id()).ifPresent(visit -> db.record(closed(visit)));
        });
    }

    /** Prolongs the sessions that somebody looks at, and ends those that nobody does any more, whose process may be dead. */
    void tidy(Set<UUID> open) {
        transactions.doAsSystem(db -> {
            if (!open.isEmpty()) {
                SessionRows.prolong(db, open);
            }
            VisitRows.endLost(db).forEach(visit -> db.record(closed(visit)));
            VisitRows.forgetOld(db);
            SessionRows.expire(db);
        });
    }

    /**
     * Who looked at the server's consoles, newest first.
     *
     * @param after the id of the last one of the page before, or null
     */
    public List<ConsoleVisit> visits(Caller caller, UUID server, @Nullable UUID after, int limit) {
        return transactions.asCaller(
                caller,
                db -> VisitRows.of(db, server, after, limit).stream()
                        .map(visit -> new ConsoleVisit(
                                visit.id(),
                                visit.kind().equals("VNC") ? "graphical" : "serial",
                                visit.user(),
                                visit.userName(),
                                visit.address(),
                                visit.openedAt(),
                                visit.closedAt(),
                                visit.closedAt() == null ? null : visit.ended()))
                        .toList());
    }

    /** Somebody looked who may not any more. */
    void ended(Session session, Place from) {
        transactions.doAsSystem(db -> {
            VisitRows.barred(db, session.id());
            db.record(event(session, from, "revoke/console"));
        });
    }

    /** Somebody came with a token that would open, but its session has ended, or may not be used from there: it opens nothing any more. */
    void refuse(Session session, Place from) {
        transactions.doAsSystem(db -> {
            SessionRows.close(db, session.id());
            db.record(event(session, from, "read/console")
                    .failed("403", "The session has ended, or may not be used from this address."));
        });
    }

    /** Somebody came with a token that opens nothing. */
    void refuse(Place from) {
        transactions.doAsSystem(db -> db.record(CadfEvent.byUnknown(
                        "unknown",
                        from.address().toString(),
                        from.agent(),
                        "read/console",
                        new CadfEvent.Target("unknown", "compute/server/console", null, null),
                        clock.instant(),
                        "req-" + ids.next())
                .failed("404", "The console token is unknown, used or expired.")));
    }

    private CadfEvent event(Session session, Place from, String action) {
        CadfEvent.Target target =
                new CadfEvent.Target(session.server().toString(), "compute/server", null, session.project());
        CadfEvent.Host host = new CadfEvent.Host(from.address().toString(), from.agent());
        CadfEvent.Initiator user = user(session.user(), session.userName(), session.project(), host);
        return CadfEvent.by(user, action, target, clock.instant(), session.request())
                .with(Map.of("console", session.kind().toLowerCase(Locale.ROOT)));
    }

    /** The end of a visit, with how long it was. */
    private CadfEvent closed(Visit visit) {
        CadfEvent.Target target =
                new CadfEvent.Target(visit.server().toString(), "compute/server", null, visit.project());
        CadfEvent.Initiator user = user(
                visit.user(), visit.userName(), visit.project(), new CadfEvent.Host(visit.address(), visit.agent()));
        Instant until = Objects.requireNonNull(visit.closedAt());
        return CadfEvent.by(user, "close/console", target, clock.instant(), visit.request())
                .with(Map.of(
                        "console", visit.kind().toLowerCase(Locale.ROOT),
                        "opened", visit.openedAt().toString(),
                        "closed", until.toString(),
                        "seconds",
                                String.valueOf(Duration.between(visit.openedAt(), until)
                                        .toSeconds()),
                        "ended", String.valueOf(visit.ended())));
    }

    private static CadfEvent.Initiator user(String id, String name, String project, CadfEvent.Host from) {
        return new CadfEvent.Initiator(id, "service/security/account/user", name, project, null, from);
    }

    /** Whoever looks into the guest of somebody else's project does so on the record, and only where he may. */
    private void recordForeign(Db db, Caller caller, UUID server, GuestPlace place, String action) {
        if (!place.project().equals(caller.project())) {
            CadfEvent.Target target = new CadfEvent.Target(server.toString(), "compute/server", null, place.project());
            db.record(CadfEvent.by(caller, action, target, clock.instant()));
        }
    }

    private Session session(Caller caller, UUID server, GuestPlace place, String kind, @Nullable TokenClaims bearer) {
        return new Session(
                ids.next(),
                server,
                place.host,
                place.project,
                kind,
                caller.user(),
                caller.token().userName(),
                caller.requestId(),
                bearer);
    }

    private static Optional<GuestPlace> place(Db db, UUID server) {
        return db.sql(
                        "select host_id, project_id, observed_state from guest where server_id = ? and role = 'main' and not removing")
                .param(server)
                .query((row, n) -> new GuestPlace(
                        row.getObject(1, UUID.class), row.getString(2), "RUNNING".equals(row.getString(3))))
                .optional();
    }
}
