package dev.unkai.cloud.forward;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.forward.send.NotTaken;
import dev.unkai.cloud.forward.send.Sending;
import dev.unkai.cloud.forward.send.Sending.Line;
import dev.unkai.cloud.forward.send.Sending.Seen;
import dev.unkai.cloud.forward.send.Trouble;
import dev.unkai.cloud.forward.store.DeliveryStore;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Trials while somebody looks: whether a destination can be reached before it is saved, and whether a message arrives. They are the only thing here that is
 * done within a request, outside any transaction, for ten seconds at most; each is an event, so that nobody looks around in the net unseen.
 */
@Component
public class Trials {
    private static final int AT_ONCE = 8;
    private static final int MOST = 20;
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final int MOST_REMEMBERED = 10_000;

    private final Transactions transactions;
    private final Forwarding forwarding;
    private final DeliveryStore store;
    private final ForwardingSecrets secrets;
    private final Sending sending;
    private final Clock clock;
    private final Semaphore hands = new Semaphore(AT_ONCE);
    /** When the last trials of a project were, in this process. */
    private final Map<String, Deque<Instant>> times = new HashMap<>();

    Trials(
            Transactions transactions,
            Forwarding forwarding,
            DeliveryStore store,
            ForwardingSecrets secrets,
            Sending sending,
            Clock clock) {
        this.transactions = transactions;
        this.forwarding = forwarding;
        this.store = store;
        this.secrets = secrets;
        this.sending = sending;
        this.clock = clock;
    }

    /**
     * How a trial went: one of the two.
     *
     * @param seen the other end; null when it was not reached, or where it is not looked at
     * @param trouble null when it went well
     */
    public record Outcome(@Nullable Seen seen, @Nullable Trouble trouble) {}

    /**
     * Connects as the wish says, and sends nothing.
     *
     * @param existing the destination that would be changed: its key is used where the wish has none; null for a new one
     */
    public Outcome check(Caller caller, String log, Wish wish, @Nullable UUID existing) {
        String key = wish.clientKey();
        UUID id = new UUID(0, 0);
        if (existing != null) {
            Destination known = forwarding.show(caller, existing);
            key = key == null ? line(known).clientKey() : key;
            id = existing;
        }
        wish.mustBeUsable(key);
        boolean shows = wish.way() instanceof Way.Syslog syslog && syslog.clientCertificate() != null;
        Line line = new Line(id, wish.way(), log.equals(Destination.PROVIDER), shows ? key : null, List.of());
        return tried(
                caller,
                new CadfEvent.Target("new", Destination.KIND, wish.name(), projectOf(log)),
                wish.way(),
                () -> sending.check(line));
    }

    /** Sends a message that tells of no event. */
    public Outcome test(Caller caller, UUID id) {
        Destination destination = forwarding.show(caller, id);
        Line line = line(destination);
        return tried(caller, destination.target(), destination.way(), () -> {
            sending.test(line);
            return null;
        });
    }

    private Line line(Destination destination) {
        return transactions
                .asSystem(db -> store.secrets(db, destination.id()))
                .map(kept -> {
                    try {
                        return secrets.line(destination, kept);
                    } catch (GeneralSecurityException e) {
                        throw Refusal.conflict(
                                "The secret of this destination cannot be opened any more. Give its key again, or make a new secret.");
                    }
                })
                .orElseThrow(() -> Refusal.notFound("There is no such destination."));
    }

    private interface Trial {
        @Nullable
        Seen make() throws NotTaken;
    }

    private Outcome tried(Caller caller, CadfEvent.Target target, Way way, Trial trial) {
        if (!mayTry(caller.project()) || !hands.tryAcquire()) {
            throw new Refusal(
                    Refusal.Kind.TOO_MANY,
                    "TooMany",
                    "Too many trials within a short time. Try again in some minutes.");
        }
        try {
            // Before it is made: what a guard refuses is not tried, and a trial during which this process dies is told.
            CadfEvent begun =
                    CadfEvent.by(caller, "test", target, clock.instant()).with(Forwarding.facts(way));
            transactions.doAsCaller(caller, db -> db.record(begun.pending()));
            Outcome outcome = made(trial);
            CadfEvent ended =
                    CadfEvent.by(caller, "test", target, clock.instant()).with(Forwarding.facts(way));
            Trouble trouble = outcome.trouble();
            transactions.doAsCaller(
                    caller,
                    db -> db.record(
                            trouble == null
                                    ? ended
                                    : ended.with(Map.of(
                                                    "problem", trouble.reason().wireName()))
                                            .failed("NotTaken", trouble.detail())));
            return outcome;
        } finally {
            hands.release();
        }
    }

    private static Outcome made(Trial trial) {
        try {
            return new Outcome(trial.make(), null);
        } catch (NotTaken failure) {
            return new Outcome(null, failure.trouble());
        }
    }

    private synchronized boolean mayTry(String project) {
        Instant now = clock.instant();
        times.values()
                .removeIf(each -> each.isEmpty() || each.getLast().plus(WITHIN).isBefore(now));
        if (times.size() >= MOST_REMEMBERED) {
            return false;
        }
        Deque<Instant> own = times.computeIfAbsent(project, _ -> new ArrayDeque<>());
        own.removeIf(at -> at.plus(WITHIN).isBefore(now));
        return own.size() < MOST && own.add(now);
    }

    private static @Nullable String projectOf(String log) {
        return log.equals(Destination.PROVIDER) ? null : log;
    }
}
