package dev.unkai.web;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/** A background activity of the process: started last, stopped first, unless requests need it. */
public final class Running implements SmartLifecycle {
    /** Before the web server, after it at the end. */
    private static final int AROUND_REQUESTS = WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1_024;

    private final Runnable start;
    private final Runnable stop;
    private final int phase;
    private volatile boolean running;

    public Running(Runnable start, Runnable stop) {
        this(start, stop, DEFAULT_PHASE);
    }

    private Running(Runnable start, Runnable stop, int phase) {
        this.phase = phase;
        this.start = start;
        this.stop = stop;
    }

    /** One whose start returns before the first request is taken, and which is stopped after the last. */
    public static Running aroundRequests(Runnable start, Runnable stop) {
        return new Running(start, stop, AROUND_REQUESTS);
    }

    @Override
    public int getPhase() {
        return phase;
    }

    @Override
    public void start() {
        start.run();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        stop.run();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
