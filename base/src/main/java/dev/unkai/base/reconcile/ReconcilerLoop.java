package dev.unkai.base.reconcile;

import dev.unkai.base.data.Wakeups;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
            List<Semaphore> bells = Stream.generate(() -> new Semaphore(1))
                    .limit(reconciler.workers())
                    .toList();
            wakeups.listen(reconciler.channel(), detail -> {
                if (reconciler.woken(detail)) {
                    bells.forEach(Semaphore::release);
                }
            });
            for (Semaphore bell : bells) {
                Thread.ofVirtual().name("reconciler " + reconciler.name()).start(() -> run(reconciler, bell));
            }
        }
    }

    private void run(Reconciler reconciler, Semaphore bell) {
        long pause = 0;
        long pace = reconciler.pace().toNanos();
        long began = System.nanoTime() - pace;
        while (!closed) {
            try {
                long wait = pause > 0 ? pause : reconciler.period().toMillis();
                bell.tryAcquire(wait, TimeUnit.MILLISECONDS);
                TimeUnit.NANOSECONDS.sleep(began + pace - System.nanoTime());
                bell.drainPermits();
                began = System.nanoTime();
                while (!closed && reconciler.step()) {
                    // every true step may have made the next one possible
                }
                if (pause > 0) {
                    log.info("Reconciler \"{}\" goes on again", reconciler.name());
                }
                pause = 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception e) { // any fault of the world outside: say it once, try again with growing pauses
                if (pause == 0) {
                    log.warn("Reconciler \"{}\" failed and will try again", reconciler.name(), e);
                }
                pause = Math.min(LONGEST_PAUSE_MILLIS, Math.max(250, pause * 2));
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
