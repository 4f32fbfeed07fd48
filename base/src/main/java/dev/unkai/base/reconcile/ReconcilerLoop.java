package dev.unkai.base.reconcile;

import dev.unkai.base.data.Wakeups;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs every reconciler in virtual threads of its own: at a wake-up, at its period, and after a failure with a pause. */
public final class ReconcilerLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReconcilerLoop.class);
    private static final long LONGEST_PAUSE_MILLIS = 15_000;

    private final List<Reconciler> reconcilers;
    private final Wakeups wakeups;
    private volatile boolean closed;

    public ReconcilerLoop(List<Reconciler> reconcilers, Wakeups wakeups) {
        this.reconcilers = List.copyOf(reconcilers);
        this.wakeups = wakeups;
    }

    public void start() {
        for (Reconciler reconciler : reconcilers) {
            Semaphore bell = new Semaphore(0);
            wakeups.listen(reconciler.channel(), detail -> {
                if (reconciler.woken(detail)) {
                    ring(bell);
                }
            });
            for (int worker = 0; worker < reconciler.workers(); worker++) {
                Thread.ofVirtual().name("reconciler " + reconciler.name()).start(() -> run(reconciler, bell));
            }
        }
    }

    /** One ring is enough for all that happened before a worker looks. */
    private static void ring(Semaphore bell) {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    private void run(Reconciler reconciler, Semaphore bell) {
        long pace = reconciler.pace().toNanos();
        Rest rest = Rest.NONE;
        try {
            while (!closed) {
                bell.drainPermits();
                long began = System.nanoTime();
                rest = work(reconciler, bell, rest);
                bell.tryAcquire(
                        rest.afterFault() ? rest.millis() : reconciler.period().toMillis(), TimeUnit.MILLISECONDS);
                TimeUnit.NANOSECONDS.sleep(began + pace - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What a worker waits after a failure.
     *
     * @param fault what failed, by its class; null: it works
     */
    private record Rest(long millis, @Nullable Class<?> fault) {
        private static final Rest NONE = new Rest(0, null);

        boolean afterFault() {
            return fault != null;
        }

        Rest longer(Throwable failure) {
            return new Rest(Math.min(LONGEST_PAUSE_MILLIS, Math.max(250, millis * 2)), failure.getClass());
        }
    }

    /**
     * @param before its rest before this round
     * @return what it is to have now
     */
    private Rest work(Reconciler reconciler, Semaphore bell, Rest before) throws InterruptedException {
        try {
            for (int taken = 0; !closed && reconciler.step(); taken++) {
                // Every true step may have made the next one possible. One worker is called, and calls the next when
                // there is work for both.
                if (taken > 0 && reconciler.workers() > 1) {
                    ring(bell);
                }
            }
            if (before.afterFault()) {
                log.info("Reconciler \"{}\" goes on again", reconciler.name());
            }
            return Rest.NONE;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | Error e) {
            // Any fault, of the world outside or our own, a class that cannot be loaded among them: a reconciler that
            // stopped would leave its gap open for ever. It is said once, and again when another kind takes its place.
            // Where memory is short the process ends before this, and is started again (-XX:+ExitOnOutOfMemoryError).
            if (!e.getClass().equals(before.fault())) {
                log.warn("Reconciler \"{}\" failed and will try again", reconciler.name(), e);
            }
            return before.longer(e);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
