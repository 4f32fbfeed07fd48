package dev.unkai.cloud.history;

import dev.unkai.base.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * What the ledger has published, for whoever asks, without being logged in. The ledger is spared: an answer is given again for some seconds, and few
 * questions are put at a time.
 */
@Component
class PublishedLedger {
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int MOST_KEPT = 64;
    private static final int MOST_AT_ONCE = 4;

    private final Clock clock;
    private final Semaphore questions = new Semaphore(MOST_AT_ONCE);

    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MOST_KEPT;
        }
    };

    private record Kept(Object answer, Instant at) {}

    PublishedLedger(Clock clock) {
        this.clock = clock;
    }

    /** The answer to the question, at most some seconds old. */
    <T> T answer(String question, Class<T> type, Supplier<T> ask) {
        Instant now = clock.instant();
        synchronized (kept) {
            Kept known = kept.get(question);
            if (known != null && known.at().plus(FRESH).isAfter(now)) {
                return type.cast(known.answer());
            }
        }
        if (!questions.tryAcquire()) {
            throw new Refusal(
                    Refusal.Kind.TOO_MANY,
                    "TooMany",
                    "Too many people ask for this at this moment. Try again in a moment.");
        }
        try {
            T answer = ask.get();
            synchronized (kept) {
                kept.put(question, new Kept(answer, now));
            }
            return answer;
        } finally {
            questions.release();
        }
    }
}
