package dev.unkai.launcher;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Lines that show how far a command has come. Steps run side by side, so each line is written whole. */
final class Progress {
    private final PrintStream out;
    private final Messages messages;
    private final long started = System.nanoTime();

    Progress(PrintStream out, Messages messages) {
        this.out = out;
        this.messages = messages;
    }

    /** Shows nothing. */
    static Progress silent() {
        return new Progress(new PrintStream(OutputStream.nullOutputStream()), Messages.ofTheEnvironment());
    }

    /** One finished or begun step, with the seconds since the command began. */
    void step(String key, Object... values) {
        out.println(String.format(Locale.ROOT, "[%5.1f s] %s", seconds(), messages.text(key, values)));
    }

    /** A line without the clock, for what stays on the screen. */
    void say(String key, Object... values) {
        out.println(messages.text(key, values));
    }

    private double seconds() {
        return Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0;
    }
}
