package dev.unkai.cloud.follow;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.web.ScopeGate;
import dev.unkai.wire.token.Caller;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * All readers of this process. While there are any, the database tells changes, of whichever process (V915); what it tells goes to those who may hear of it. One
 * thread looks after all of them; without readers there is nothing to do.
 */
@Component
class Followers {
    private static final Logger log = LoggerFactory.getLogger(Followers.class);
    private static final String CHANNEL = "change";
    private static final Duration TICK = Duration.ofSeconds(1);
    /** Ticks from one writing that somebody follows to the next. */
    private static final int WATCH_EVERY = 5;
    /** Longer than the writing may fail for a moment. */
    private static final String WATCHED_FOR = "20 seconds";
    /** Ticks from one sign of life to the next. */
    private static final int BEAT_EVERY = 10;

    private static final int MOST_OF_A_SESSION = 6;

    private final Transactions transactions;
    private final ScopeGate scopes;
    private final int most;
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
    private final Semaphore bell = new Semaphore(0);
    private volatile boolean closed;

    /** @param most readers at a time; a quarter of them of one project */
    Followers(
            Transactions transactions, Wakeups wakeups, ScopeGate scopes, @Value("${unkai.follow.most:400}") int most) {
        this.transactions = transactions;
        this.scopes = scopes;
        this.most = most;
        wakeups.listen(CHANNEL, this::told);
    }

    void start() {
        Thread.ofVirtual().name("followers").start(this::run);
    }

    /** Ends all, so that the process can end: its readers go on at another one. */
    void close() {
        closed = true;
        bell.release();
        followers.forEach(Follower::end);
    }

    /** Throws a refusal where there are too many. */
    void checkRoom(Caller caller) {
        if (closed) {
            throw Refusal.unavailable("The service is stopping. Try again in a moment.");
        }
        String session = caller.token().auditIds().getLast();
        long ofSession =
                followers.stream().filter(one -> one.session().equals(session)).count();
        long ofProject = followers.stream()
                .filter(one -> one.caller().project().equals(caller.project()))
                .count();
        if (ofSession >= MOST_OF_A_SESSION || ofProject >= Math.max(1, most / 4) || followers.size() >= most) {
            throw new Refusal(
                    Refusal.Kind.TOO_MANY,
                    "TooManyFollowers",
                    "Too many readers follow changes already. Close one, or ask for the lists now and then instead.");
        }
    }

    /** From now on the reader hears of changes; the first that it is told is that it may have missed any. */
    void add(Follower follower) {
        followers.add(follower);
        watch();
        follower.tellEverything();
        bell.release();
        if (closed) {
            follower.end();
        }
    }

    int count() {
        return followers.size();
    }

    private void told(String detail) {
        if (followers.isEmpty()) {
            return;
        }
        if (detail.isEmpty()) { // the connection that tells was broken
            followers.forEach(Follower::tellEverything);
        } else {
            Change.of(detail).ifPresent(change -> followers.forEach(one -> one.tell(change)));
        }
    }

    /** For what tells of changes beside the database. Returns at once. */
    void tell(Change change) {
        followers.forEach(one -> one.tell(change));
    }

    private void run() {
        for (int tick = 1; !closed; tick++) {
            try {
                if (followers.isEmpty()) {
                    bell.acquire();
                }
                bell.drainPermits();
                Thread.sleep(TICK);
                round(tick);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void round(int tick) {
        followers.removeIf(one -> {
            if (!one.isEnded() && isOver(one, tick)) {
                one.end();
            }
            return one.isEnded();
        });
        if (tick % WATCH_EVERY == 0 && !followers.isEmpty()) {
            watch();
        }
        if (tick % BEAT_EVERY == 0) {
            followers.forEach(Follower::beat);
        }
    }

    private boolean isOver(Follower one, int tick) {
        try {
            return !one.isStillAllowed()
                    || (tick % WATCH_EVERY == 0 && scopes.refusal(one.caller()).isPresent());
        } catch (RuntimeException e) {
            log.warn("It cannot be told whether a reader may still follow changes: {}", e.toString());
            return true;
        }
    }

    private void watch() {
        try {
            transactions.doAsSystem(db -> db.sql("""
                            insert into change_watch (until) values (now() + ?::interval)
                                on conflict (one) do update set until = excluded.until
                            """).param(WATCHED_FOR).update());
        } catch (RuntimeException e) {
            log.warn(
                    "The database cannot be asked to tell changes; readers ask for their lists meanwhile: {}",
                    e.toString());
        }
    }
}
