package dev.unkai.node;

import java.time.Duration;

/** Where work goes on that takes long, such as copying a disk: on threads of its own. A port, so that a simulation decides when it goes on. */
public interface LongWork {
    /** On this machine's threads: platform ones, because a call into libvirt holds its thread. */
    LongWork ON_THREADS = new LongWork() {
        @Override
        public Thread thread(String name, Runnable work) {
            return Thread.ofPlatform().daemon().name(name).unstarted(work);
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            Thread.sleep(time);
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    };

    /** A thread that its maker starts at once, and not when something else is done; interrupting it asks the work to end. */
    Thread thread(String name, Runnable work);

    /** Lets the calling thread, one of {@link #thread}, sleep. */
    void sleep(Duration time) throws InterruptedException;

    /** Time that passes for these threads, as {@link System#nanoTime}. */
    long nanoTime();
}
