package dev.unkai.cloud.hosts.link;

import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.hosts.LogInObserver;
import dev.unkai.cloud.hosts.LogInObserver.Seen;
import dev.unkai.wire.node.LogIn;
import dev.unkai.wire.node.LogIns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Takes what hosts tell of log-ins on them, within bounds: a host may be somebody else's by then. */
@Component
class LogInReports {
    private static final int MOST = 100;
    private static final int LONGEST_KEY = 200;
    private static final int LONGEST_WORD = 256; // ut_host, utmp(5)

    /** A host whose clock is wrong must not make a log-in look like one under a later access. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final LogInObserver observer;
    private final Clock clock;

    LogInReports(Transactions transactions, LogInObserver observer, Clock clock) {
        this.transactions = transactions;
        this.observer = observer;
        this.clock = clock;
    }

    void take(UUID host, LogIns told) {
        if (told.getLogInsCount() > MOST) {
            throw new IllegalArgumentException("At most " + MOST + " at once.");
        }
        Instant now = clock.instant();
        List<Seen> seen = told.getLogInsList().stream()
                .filter(one -> !one.getKey().isEmpty() && one.getKey().length() <= LONGEST_KEY)
                .map(one -> seen(one, now))
                .toList();
        transactions.doAsSystem(db -> observer.seen(db, host, seen));
    }

    private static Seen seen(LogIn one, Instant now) {
        Instant at = Instant.ofEpochMilli(one.getAtMillis());
        return new Seen(
                word(one.getKey()),
                at.isAfter(now.plus(AHEAD)) ? now : at,
                word(one.getUser()),
                word(one.getFrom()),
                word(one.getTerminal()));
    }

    /** What people read must not be able to look like something else. */
    private static String word(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
        return clean.length() > LONGEST_WORD ? clean.substring(0, LONGEST_WORD) : clean;
    }
}
