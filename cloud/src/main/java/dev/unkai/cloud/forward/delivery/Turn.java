package dev.unkai.cloud.forward.delivery;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.forward.Destination;
import dev.unkai.cloud.forward.ForwardingSecrets;
import dev.unkai.cloud.forward.Way.Syslog;
import dev.unkai.cloud.forward.send.Delivery;
import dev.unkai.cloud.forward.send.NotTaken;
import dev.unkai.cloud.forward.send.Sending;
import dev.unkai.cloud.forward.send.Sending.Line;
import dev.unkai.cloud.forward.send.Trouble;
import dev.unkai.cloud.forward.send.Trouble.Reason;
import dev.unkai.cloud.forward.store.DeliveryStore;
import dev.unkai.cloud.forward.store.DeliveryStore.Before;
import dev.unkai.cloud.forward.store.DeliveryStore.Leased;
import dev.unkai.cloud.history.HistoryFeed;
import dev.unkai.cloud.history.HistoryFeed.Fed;
import dev.unkai.wire.event.CadfEvent;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * One turn of one destination: reads what comes next in the history, sends it, notes that it was taken; again and again, until nothing is left or the turn
 * has lasted long enough. At least once: what was sent and not noted is sent again, and who receives it tells by log and place what he has.
 */
@Component
class Turn {
    private static final int MOST_EVENTS = 500;
    /** That go over one connection, and so come again together after an interruption. */
    private static final int MOST_BATCHES = 10;
    /** Characters of events that go together, unless one alone has more. */
    private static final int MOST_CHARACTERS = 400_000;

    /** Characters that every receiver has to take: a smaller event is never left out because one finds it too large. */
    private static final int SMALL = 16_000;

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LEDGER_PAUSE = Duration.ofSeconds(5);

    private final Transactions transactions;
    private final DeliveryStore store;
    private final ForwardingSecrets secrets;
    private final HistoryFeed history;
    private final Sending sending;
    private final Pauses pauses;
    private final FailureMails mails;
    private final Clock clock;

    Turn(
            Transactions transactions,
            DeliveryStore store,
            ForwardingSecrets secrets,
            HistoryFeed history,
            Sending sending,
            Pauses pauses,
            FailureMails mails,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.secrets = secrets;
        this.history = history;
        this.sending = sending;
        this.pauses = pauses;
        this.mails = mails;
        this.clock = clock;
    }

    void run(Leased leased) {
        Work work = new Work(leased);
        try {
            work.goOn(secrets.line(leased.destination(), leased.sealed()));
        } catch (NotTaken failure) {
            work.failed(failure.trouble(), failure.pause().orElse(Duration.ZERO));
        } catch (GeneralSecurityException e) {
            work.failed(
                    new Trouble(Reason.SECRET, "Its key or secret cannot be opened any more. Give it again."),
                    Duration.ZERO);
        } catch (Refusal refusal) {
            // Ours to mend: the ledger does not answer. Nothing of it is the destination's fault.
            transactions.doAsSystem(db -> store.release(db, leased, false, LEDGER_PAUSE, LEDGER_PAUSE));
        }
    }

    /** What a turn knows while it lasts. */
    private final class Work {
        private final Leased leased;
        private final Destination destination;
        private final long until = System.nanoTime() + LONGEST.toNanos();
        private boolean failing;
        /** So many go together; fewer from when the receiver finds them too large. */
        private int most = MOST_EVENTS;

        private long end;
        private @Nullable Instant waitingSince;

        Work(Leased leased) {
            this.leased = leased;
            this.destination = leased.destination();
            this.failing = destination.progress().failingSince() != null;
            this.end = destination.progress().end();
        }

        void goOn(Line line) throws NotTaken {
            boolean again = failing && destination.way() instanceof Syslog;
            long next = again ? leased.againFrom() : destination.progress().next();
            end = Math.max(
                    history.end(destination.log()), destination.progress().next());
            boolean quiet = next >= end;
            while (next < end && System.nanoTime() < until) {
                long reached = deliver(line, next);
                if (reached < 0) {
                    return;
                }
                next = reached;
            }
            boolean caughtUp = next >= end;
            transactions.doAsSystem(db -> store.release(
                    db,
                    leased,
                    quiet,
                    caughtUp ? pauses.look() : Duration.ZERO,
                    caughtUp ? pauses.longestLook() : Duration.ZERO));
        }

        /** Sends some batches from that place on, over one connection where it can be. Returns the place behind them, or -1 when the lease is lost. */
        private long deliver(Line line, long from) throws NotTaken {
            long noted = from;
            long next = from;
            Instant last = null;
            try (Delivery delivery = sending.begin(line)) {
                for (int batches = 0; batches < MOST_BATCHES && next < end && System.nanoTime() < until; batches++) {
                    long upTo = Math.min(end, next + most);
                    List<Fed> batch = first(history.read(destination.log(), next, upTo));
                    if (batch.isEmpty()) {
                        // What stood there is not kept any more.
                        next = upTo;
                        continue;
                    }
                    waitingSince = waitingSince == null ? batch.getFirst().received() : waitingSince;
                    boolean known;
                    try {
                        known = delivery.add(batch);
                    } catch (NotTaken tooLarge) {
                        if (!isFewerThen(tooLarge, batch)) {
                            return park(noted, batch.getFirst(), tooLarge);
                        }
                        continue;
                    }
                    last = batch.getLast().received();
                    next = batch.getLast().place() + 1;
                    if (known) {
                        if (!note(noted, next, last)) {
                            return -1;
                        }
                        noted = next;
                    }
                }
                delivery.finish();
            }
            return note(noted, next, last) ? next : -1;
        }

        /** Whether half of them may do; throws what is no matter of size, or what an event that everybody has to take is refused for. */
        private boolean isFewerThen(NotTaken failure, List<Fed> batch) throws NotTaken {
            if (failure.trouble().reason() != Reason.TOO_LARGE
                    || (batch.size() == 1 && batch.getFirst().json().length() <= SMALL)) {
                throw failure;
            }
            most = Math.max(1, batch.size() / 2);
            return batch.size() > 1;
        }

        /** Goes on behind an event that is too large for this receiver by itself; it stays in the history, and the history tells where. */
        private long park(long from, Fed event, NotTaken tooLarge) {
            long next = event.place() + 1;
            boolean ours = transactions.asSystem(db -> {
                if (!store.parked(db, leased, from, event.place(), event.json().length(), end)) {
                    return false;
                }
                db.record(event("forward")
                        .with(Map.of(
                                "place", String.valueOf(event.place()),
                                "characters", String.valueOf(event.json().length())))
                        .failed("TooLarge", tooLarge.trouble().detail()));
                return true;
            });
            waitingSince = null;
            return ours ? next : -1;
        }

        /** @param last when the last of them came in; null: there was nothing to send */
        private boolean note(long from, long next, @Nullable Instant last) {
            if (from == next) {
                return true;
            }
            boolean ours = transactions.asSystem(
                    db -> last == null ? store.skipped(db, leased, next, end) : taken(db, from, next, last));
            waitingSince = null;
            failing = failing && last == null;
            return ours;
        }

        /** As many as go together. */
        private List<Fed> first(List<Fed> events) {
            int characters = 0;
            int count = 0;
            while (count < events.size()
                    && (count == 0 || characters + events.get(count).json().length() <= MOST_CHARACTERS)) {
                characters += events.get(count).json().length();
                count++;
            }
            return events.subList(0, count);
        }

        private boolean taken(Db db, long from, long next, Instant last) {
            Instant left = next < end ? last : null;
            if (!store.taken(db, leased, from, next, end, left)) {
                return false;
            }
            if (failing) {
                Instant since = destination.progress().failingSince();
                db.record(event("forward")
                        .with(Map.of(
                                "failing_since",
                                String.valueOf(since),
                                "tries",
                                String.valueOf(destination.progress().tries()))));
            }
            return true;
        }

        void failed(Trouble trouble, Duration asked) {
            boolean gone = trouble.reason() == Reason.GONE;
            Duration pause = pauses.after(failing ? destination.progress().tries() : 0, asked);
            transactions.doAsSystem(db -> store.failed(db, leased, trouble, end, waitingSince, pause, gone)
                    .ifPresent(before -> tell(db, before, trouble, gone)));
        }

        /** One event for each time that it begins to fail, however often it is tried. */
        private void tell(Db db, Before before, Trouble trouble, boolean gone) {
            if (before.failingSince() == null || gone) {
                db.record(event(gone ? "disable" : "forward")
                        .with(Map.of("problem", trouble.reason().wireName()))
                        .failed(gone ? "Gone" : "NotTaken", trouble.detail()));
            }
            if (!leased.mailed() && mails.isDue(before, gone)) {
                mails.post(db, destination, before, trouble);
                store.mailed(db, destination.id());
            }
        }

        private CadfEvent event(String action) {
            return CadfEvent.bySystem("cloud", action, destination.target(), clock.instant(), null);
        }
    }
}
