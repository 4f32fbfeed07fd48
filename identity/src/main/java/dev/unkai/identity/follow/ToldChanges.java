package dev.unkai.identity.follow;

import dev.unkai.base.data.Wakeups;
import dev.unkai.web.Running;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The newest changes, in memory: whoever asks has them a moment after the commit, whichever process made them. Nothing is kept beyond that. Who comes to
 * another process, or too late, is told that he has missed some, and takes all for changed.
 */
@Component
public final class ToldChanges {
    private static final String CHANNEL = "change";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** More than a second of anything that happens here. */
    private static final int KEPT = 2_000;

    /** Numbers count from the start of this process. */
    private final String epoch = UUID.randomUUID().toString();

    private final Deque<ToldChange> newest = new ArrayDeque<>();
    private long last;
    private boolean closed;

    ToldChanges(Wakeups wakeups) {
        wakeups.listen(CHANNEL, this::told);
    }

    @Configuration(proxyBeanMethods = false)
    static class Life {
        /** Ended before the server waits for its last requests. */
        @Bean
        SmartLifecycle toldChangesRunning(ToldChanges changes) {
            return new Running(() -> {}, changes::close);
        }
    }

    /**
     * What has changed since a position.
     *
     * @param missed whether there was something that is not known any more
     * @param after where to go on
     */
    record News(String epoch, long after, boolean missed, List<ToldChange> changes) {}

    /** Waits until there is something after the position, or the time is over. */
    synchronized News after(String ofEpoch, long number, Duration patience) throws InterruptedException {
        if (!ofEpoch.equals(epoch) || number > last || number < last - newest.size()) {
            return new News(epoch, last, true, List.of());
        }
        long until = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis(); last == number && !closed && left > 0; ) {
            wait(left);
            left = (until - System.nanoTime()) / 1_000_000;
        }
        if (number < last - newest.size()) {
            return new News(epoch, last, true, List.of());
        }
        List<ToldChange> kept = new ArrayList<>(newest);
        return new News(epoch, last, false, kept.subList(kept.size() - (int) (last - number), kept.size()));
    }

    private synchronized void told(String detail) {
        if (detail.isEmpty()) { // the connection that tells was broken: any of them may have changed
            last += newest.size() + 1L;
            newest.clear();
        } else {
            newest.addLast(JSON.readValue(detail, ToldChange.class));
            last++;
            if (newest.size() > KEPT) {
                newest.removeFirst();
            }
        }
        notifyAll();
    }

    private synchronized void close() {
        closed = true;
        notifyAll();
    }
}
