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
                    long upTo = Math.min(end, next + MOST_EVENTS);
                    List<Fed> batch = first(history.read(destination.log(), next, upTo));
                    if (batch.isEmpty()) {
                        // What stood there is not kept any more.
                        next = upTo;
                        continue;
                    }
                    waitingSince = waitingSince == null ? batch.getFirst().received() : waitingSince;
                    last = batch.getLast().received();
                    next = batch.getLast().place() + 1;
                    if (delivery.add(batch)) {
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
