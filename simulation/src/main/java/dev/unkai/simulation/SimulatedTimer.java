package dev.unkai.simulation;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Threads of one process: what they are given stands in the agenda until its time comes. */
final class SimulatedTimer extends AbstractExecutorService implements ScheduledExecutorService {
    private final Agenda agenda;
    private final Life life;
    private final String name;
    private final LongSupplier delay;

    /** A single thread does what it is given in order; several overtake each other. */
    private final boolean single;

    private long lastAt;

    /** @param delay milliseconds that pass before a thread is free */
    SimulatedTimer(Agenda agenda, Life life, String name, boolean single, LongSupplier delay) {
        this.agenda = agenda;
        this.life = life;
        this.name = name;
        this.single = single;
        this.delay = delay;
    }

    @Override
    public void execute(Runnable work) {
        long at = agenda.now() + delay.getAsLong();
        if (single) {
            at = Math.max(at, lastAt);
            lastAt = at;
        }
        agenda.in(at - agenda.now(), life, name, work);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long after, TimeUnit unit) {
        Task task = new Task();
        task.event = agenda.in(unit.toMillis(after) + delay.getAsLong(), life, name, work);
        return task;
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long first, long pause, TimeUnit unit) {
        Task task = new Task();
        repeat(task, work, unit.toMillis(first), unit.toMillis(pause));
        return task;
    }

    private void repeat(Task task, Runnable work, long after, long pause) {
        task.event = agenda.in(after + delay.getAsLong(), life, name, () -> {
            work.run();
            if (!task.cancelled) {
                repeat(task, work, pause, pause);
            }
        });
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable work, long first, long period, TimeUnit unit) {
        return scheduleWithFixedDelay(work, first, period, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> work, long after, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return life.isOver();
    }

    @Override
    public boolean isTerminated() {
        return life.isOver();
    }

    @Override
    public boolean awaitTermination(long time, TimeUnit unit) {
        return true;
    }

    private final class Task implements ScheduledFuture<Object> {
        private Agenda.@Nullable Event event;
        private boolean cancelled;

        @Override
        public boolean cancel(boolean interrupt) {
            cancelled = true;
            return event != null && event.cancel();
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public boolean isDone() {
            return event != null && event.isCancelled();
        }

        @Override
        public Object get() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object get(long time, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(event == null ? 0 : event.at() - agenda.now(), TimeUnit.MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.MILLISECONDS), other.getDelay(TimeUnit.MILLISECONDS));
        }
    }
}
