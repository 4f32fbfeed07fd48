package dev.unkai.launcher;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Looks again and again whether something that another process does has happened. */
final class Waiting {
    private static final Duration PAUSE = Duration.ofMillis(40);

    private Waiting() {}

    /** Returns whether the condition came true in time. */
    static boolean until(BooleanSupplier condition, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Problem("interrupted");
            }
        }
        return true;
    }
}
