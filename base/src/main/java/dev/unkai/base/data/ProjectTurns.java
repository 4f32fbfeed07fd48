package dev.unkai.base.data;

import dev.unkai.base.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A project's turns at the database: it uses so many connections at once at most, first come, first served. What a customer asks for in bulk waits
 * here, where it holds nothing, and never takes the last connection from everybody else.
 */
final class ProjectTurns {
    private final int places;
    private final Duration patience;
    private final Map<String, Semaphore> projects = new ConcurrentHashMap<>();

    /**
     * @param places connections of one project at once
     * @param patience how long a request waits for its turn
     */
    ProjectTurns(int places, Duration patience) {
        this.places = places;
        this.patience = patience;
    }

    /** Refuses as unavailable when the project's earlier requests keep it waiting for too long. */
    <T extends @Nullable Object> T take(String project, Supplier<T> work) {
        Semaphore turns = projects.computeIfAbsent(project, _ -> new Semaphore(places, true));
        if (!acquired(turns)) {
            throw Refusal.unavailable("Too many requests of this project are waiting. Send fewer at once.");
        }
        try {
            return work.get();
        } finally {
            turns.release();
            if (turns.availablePermits() == places) {
                projects.remove(project, turns);
            }
        }
    }

    private boolean acquired(Semaphore turns) {
        try {
            return turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
