package dev.unkai.base.reconcile;

import java.time.Duration;

/**
 * Closes one kind of gap between what should be and what is. It takes no arguments: it reads the gap from the database,
 * does the next idempotent step and writes what it saw, so that it may be stopped and run again at any instant.
 */
public interface Reconciler {
    String name();

    /** The wake-up channel (a PostgreSQL NOTIFY channel). */
    String channel();

    /**
     * A wake-up of the channel came; runs in the thread that committed, so it must return at once.
     *
     * @param detail which of the channel's things it is about; empty: any of them
     * @return whether a step is wanted
     */
    default boolean woken(String detail) {
        return true;
    }

    /** How long it sleeps at most without a wake-up. */
    default Duration period() {
        return Duration.ofSeconds(2);
    }

    /**
     * How long at least from the beginning of one round of steps to the next: what many changes wake in a row is then done for all of them
     * together. The first of them waits for nothing.
     */
    default Duration pace() {
        return Duration.ZERO;
    }

    /** In how many threads of a process it is stepped at a time; more than one for who takes things by row locks, as other processes do beside it. */
    default int workers() {
        return 1;
    }

    /** One step. True when something was done and more may be waiting; false when there is no gap to close now. */
    boolean step() throws Exception;
}
