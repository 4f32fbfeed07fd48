package dev.unkai.base.reconcile;

import dev.unkai.base.data.Wakeups;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
        long pause = 0;
        try {
            while (!closed) {
                bell.drainPermits();
                long began = System.nanoTime();
                pause = work(reconciler, bell, pause);
                bell.tryAcquire(pause > 0 ? pause : reconciler.period().toMillis(), TimeUnit.MILLISECONDS);
                TimeUnit.NANOSECONDS.sleep(began + pace - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * @param paused what it waited after a failure, in ms; 0: it works
     * @return what it is to wait now, likewise
     */
    private long work(Reconciler reconciler, Semaphore bell, long paused) throws InterruptedException {
        try {
            for (int taken = 0; !closed && reconciler.step(); taken++) {
                // Every true step may have made the next one possible. One worker is called, and calls the next when
                // there is work for both.
                if (taken > 0 && reconciler.workers() > 1) {
                    ring(bell);
                }
            }
            if (paused > 0) {
                log.info("Reconciler \"{}\" goes on again", reconciler.name());
            }
            return 0;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) { // any fault of the world outside: say it once, try again with growing pauses
            if (paused == 0) {
                log.warn("Reconciler \"{}\" failed and will try again", reconciler.name(), e);
            }
            return Math.min(LONGEST_PAUSE_MILLIS, Math.max(250, paused * 2));
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
