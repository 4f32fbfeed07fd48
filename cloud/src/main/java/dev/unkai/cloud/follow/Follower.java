package dev.unkai.cloud.follow;

import dev.unkai.wire.token.Caller;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One reader with its open answer. It has a thread only while something is written: a slow reader holds up nobody, and what is to be told meanwhile is kept
 * together.
 */
final class Follower {
    /** From one writing to the next; the first after a quiet time waits for nothing. */
    private static final Duration PACE = Duration.ofMillis(250);
    /** A comment (HTML Living Standard, section 9.2.6), so that both ends, and what is between them, know that the other is there. */
    private static final String BEAT = ":\n\n";

    private static final String END = "";

    private final Caller caller;
    private final Sight sight;
    private final BooleanSupplier standing;
    private final AsyncContext answer;
    private final News news = new News();
    private boolean beat;
    private boolean writing;
    private boolean ended;
    private long number;
    private long wroteAt = System.nanoTime() - PACE.toNanos();

    /** @param standing whether what let the reader in holds still */
    Follower(Caller caller, Sight sight, BooleanSupplier standing, AsyncContext answer) {
        this.caller = caller;
        this.sight = sight;
        this.standing = standing;
        this.answer = answer;
        answer.addListener(new Ends());
    }

    /** The server itself gives the answer up, when the reader has left: nothing may be written to it then. */
    private final class Ends implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            over();
        }

        @Override
        public void onError(AsyncEvent event) {
            over();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            over();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // Begun once, before this listens.
        }

        private void over() {
            synchronized (Follower.this) {
                ended = true;
            }
        }
    }

    Caller caller() {
        return caller;
    }

    /** All tokens of one log-in have it. */
    String session() {
        return caller.token().auditIds().getLast();
    }

    boolean isStillAllowed() {
        return standing.getAsBoolean();
    }

    /** Tells the change in a moment, if the reader may hear of it. Returns at once. */
    void tell(Change change) {
        if (sight.shows(change)) {
            synchronized (this) {
                news.add(change);
                write();
            }
        }
    }

    synchronized void tellEverything() {
        news.addEverything();
        write();
    }

    synchronized void beat() {
        beat = true;
        write();
    }

    private void write() {
        if (!writing && !ended) {
            writing = true;
            Thread.ofVirtual().name("follower").start(this::writeOut);
        }
    }

    private void writeOut() {
        try {
            OutputStream out = answer.getResponse().getOutputStream();
            for (String text = next(); text != null; text = next()) {
                if (text.equals(END)) {
                    leave();
                    return;
                }
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException | IllegalStateException e) {
            leave(); // the reader has left
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            leave();
        }
    }

    /** The writing thread's end of all. */
    private void leave() {
        synchronized (this) {
            ended = true;
            writing = false;
        }
        complete();
    }

    /** What is to be written next, when its time has come; null: nothing, and the thread ends. */
    private @Nullable String next() throws InterruptedException {
        Thread.sleep(Duration.ofNanos(Math.max(0, wroteAt + PACE.toNanos() - System.nanoTime())));
        synchronized (this) {
            if (ended) {
                return END;
            }
            if (news.isEmpty() && !beat) {
                writing = false;
                return null;
            }
            boolean quiet = news.isEmpty();
            String text = quiet ? BEAT : news.take(++number);
            if (!quiet) {
                wroteAt = System.nanoTime();
            }
            beat = false;
            return text;
        }
    }

    /** The reader is told nothing more; it may come again. Whoever writes just now completes the answer: the server uses its parts again at once. */
    void end() {
        boolean completes;
        synchronized (this) {
            completes = !ended && !writing;
            ended = true;
        }
        if (completes) {
            complete();
        }
    }

    private void complete() {
        try {
            answer.complete();
        } catch (IllegalStateException e) {
            // The server has ended it already.
        }
    }

    synchronized boolean isEnded() {
        return ended;
    }
}
