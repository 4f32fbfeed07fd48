package dev.unkai.simulation;

import dev.unkai.node.LongWork;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads of one process for what takes long. They are real ones, but each of them goes on only when the agenda says so, and until it
 * waits again nothing else does. When their process dies they are never woken again.
 */
final class SimulatedThreads implements LongWork {
    private static final ThreadLocal<@Nullable Turn> OWN = new ThreadLocal<>();

    private final Agenda agenda;
    private final Life life;
    private final LongSupplier delay;

    /** @param delay milliseconds until a thread begins */
    SimulatedThreads(Agenda agenda, Life life, LongSupplier delay) {
        this.agenda = agenda;
        this.life = life;
        this.delay = delay;
    }

    @Override
    public Thread thread(String name, Runnable work) {
        Turn turn = new Turn(life + " " + name);
        agenda.in(delay.getAsLong(), life, turn.name, turn::goOn);
        return Thread.ofVirtual().name(turn.name).unstarted(() -> turn.live(work));
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        Pause pause = pause();
        agenda.in(time.toMillis(), life, pause.name(), pause::end);
        pause.await();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    @Override
    public long nanoTime() {
        return agenda.now() * 1_000_000;
    }

    /** Whether the calling thread is a simulated one, which can wait. */
    static boolean canWait() {
        return OWN.get() != null;
    }

    /** For the calling thread to wait until the agenda comes to something that ends it. */
    static Pause pause() {
        Turn turn = OWN.get();
        if (turn == null) {
            throw new IllegalStateException("This thread cannot wait: it is the agenda's");
        }
        return new Pause(turn);
    }

    /** One wait; whoever ends it first wakes the thread, others come too late. */
    static final class Pause {
        private final Turn turn;
        private boolean over;

        private Pause(Turn turn) {
            this.turn = turn;
        }

        String name() {
            return turn.name + " goes on";
        }

        void await() {
            turn.rest();
        }

        /** Called by the agenda, in the life of the thread's process. */
        void end() {
            if (!over) {
                over = true;
                turn.goOn();
            }
        }
    }

    /** Whose turn it is: the agenda's or the thread's. */
    private static final class Turn {
        private final String name;
        private final Semaphore threads = new Semaphore(0);
        private final Semaphore agendas = new Semaphore(0);
        private volatile @Nullable Throwable failure;

        Turn(String name) {
            this.name = name;
        }

        void live(Runnable work) {
            threads.acquireUninterruptibly();
            OWN.set(this);
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                failure = e;
            } finally {
                agendas.release();
            }
        }

        void rest() {
            agendas.release();
            threads.acquireUninterruptibly();
        }

        void goOn() {
            threads.release();
            agendas.acquireUninterruptibly();
            Throwable met = failure;
            if (met instanceof Error error) {
                throw error;
            }
            if (met instanceof RuntimeException exception) {
                throw exception;
            }
        }
    }
}
