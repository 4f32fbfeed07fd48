package dev.unkai.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What happens next, and the time: it stands still while something happens and leaps to the next thing. */
final class Agenda {
    /** Something that will be done unless its process dies or it is cancelled. */
    static final class Event {
        private final long at;
        private final long number;
        private final Life life;
        private final String name;
        private final Runnable work;
        private boolean cancelled;

        private Event(long at, long number, Life life, String name, Runnable work) {
            this.at = at;
            this.number = number;
            this.life = life;
            this.name = name;
            this.work = work;
        }

        long at() {
            return at;
        }

        Life life() {
            return life;
        }

        String name() {
            return name;
        }

        Runnable work() {
            return work;
        }

        /** True when it had not begun. */
        boolean cancel() {
            boolean before = !cancelled;
            cancelled = true;
            return before;
        }

        boolean isCancelled() {
            return cancelled;
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.<Event>comparingLong(event -> event.at).thenComparingLong(event -> event.number));
    private long now;
    private long leapt;
    private long count;

    /** Milliseconds since the run began. */
    long now() {
        return now;
    }

    /** The same by clocks on a wall: they run on while everything stands still. */
    long wall() {
        return now + leapt;
    }

    /** Everything stood still for so many milliseconds: no process notices but by its clock. */
    void leap(long millis) {
        leapt += millis;
    }

    Event in(long millis, Life life, String name, Runnable work) {
        Event event = new Event(now + Math.max(0, millis), count++, life, name, work);
        events.add(event);
        return event;
    }

    /** Takes the next thing to do and sets the time to it; null when nothing is left. */
    @Nullable
    Event next() {
        while (true) {
            Event event = events.poll();
            if (event == null) {
                return null;
            }
            if (!event.cancelled && !event.life.isOver()) {
                event.cancelled = true; // begun: it can no longer be cancelled
                now = Math.max(now, event.at);
                return event;
            }
        }
    }
}
