package dev.unkai.base.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.data.Wakeups;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReconcilerLoopTest {
    private static final String CHANNEL = "changes";

    private final Wakeups wakeups = new Wakeups();

    /** Does what waits, all of it in one round, and remembers when it began. */
    private static final class Paced implements Reconciler {
        private final Duration pace;
        private final AtomicInteger waiting = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private final List<Long> rounds = new CopyOnWriteArrayList<>();

        Paced(Duration pace) {
            this.pace = pace;
        }

        @Override
        public String name() {
            return "paced";
        }

        @Override
        public String channel() {
            return CHANNEL;
        }

        @Override
        public Duration pace() {
            return pace;
        }

        @Override
        public Duration period() {
            return Duration.ofHours(1);
        }

        @Override
        public boolean step() {
            rounds.add(System.nanoTime());
            done.addAndGet(waiting.getAndSet(0));
            return false;
        }
    }

    private void change(Paced paced) {
        paced.waiting.incrementAndGet();
        wakeups.wake(CHANNEL);
    }

    @Test
    void doesManyChangesInARowTogetherNoOftenerThanItsPaceAndForgetsNone() {
        Paced paced = new Paced(Duration.ofMillis(100));
        int changes = 0;
        try (ReconcilerLoop loop = new ReconcilerLoop(List.of(paced), wakeups)) {
            loop.start();
            while (paced.rounds.size() < 4) {
                change(paced);
                changes++;
                Thread.onSpinWait();
            }
            int all = changes;
            await().untilAsserted(() -> assertThat(paced.done).hasValue(all));
        }

        for (int i = 1; i < paced.rounds.size(); i++) {
            assertThat(paced.rounds.get(i) - paced.rounds.get(i - 1))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(95).toNanos());
        }
    }

    @Test
    void doesWhatWaitsAlreadyWhenItStartsAtOnce() {
        Paced paced = new Paced(Duration.ofHours(1));
        try (ReconcilerLoop loop = new ReconcilerLoop(List.of(paced), wakeups)) {
            change(paced);
            loop.start();

            await().untilAsserted(() -> assertThat(paced.done).hasValue(1));
        }
    }

    @Test
    void goesOnAfterFaultsOfEveryKind() {
        AtomicInteger steps = new AtomicInteger();
        Reconciler broken = new Reconciler() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public String channel() {
                return CHANNEL;
            }

            @Override
            public boolean step() throws IOException {
                switch (steps.incrementAndGet()) {
                    case 1 -> throw new IllegalStateException("nobody thought of this");
                    case 2 -> throw new IOException("the world outside");
                    case 3 -> throw new NoClassDefFoundError("a jar that was changed under its process");
                    default -> {
                        return false;
                    }
                }
            }
        };
        try (ReconcilerLoop loop = new ReconcilerLoop(List.of(broken), wakeups)) {
            loop.start();

            await().untilAsserted(() -> assertThat(steps).hasValue(4));
        }
    }

    @Test
    void stepsInAsManyThreadsAtATimeAsTheReconcilerWants() {
        CountDownLatch together = new CountDownLatch(2);
        Reconciler two = new Reconciler() {
            @Override
            public String name() {
                return "two";
            }

            @Override
            public String channel() {
                return CHANNEL;
            }

            @Override
            public int workers() {
                return 2;
            }

            @Override
            public boolean step() throws InterruptedException {
                together.countDown();
                together.await();
                return false;
            }
        };
        try (ReconcilerLoop loop = new ReconcilerLoop(List.of(two), wakeups)) {
            loop.start();

            await().until(() -> together.getCount() == 0);
        }
    }
}
