package dev.unkai.cloud.forward.send;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A destination did not take what was sent to it, or there is no way to it. */
public final class NotTaken extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Trouble trouble;
    private final @Nullable Duration pause;

    NotTaken(Trouble.Reason reason, String detail) {
        this(reason, detail, null);
    }

    /** @param pause for how long it wants to be left alone; null when it does not say */
    NotTaken(Trouble.Reason reason, String detail, @Nullable Duration pause) {
        super(detail);
        this.trouble = new Trouble(reason, detail);
        this.pause = pause;
    }

    public Trouble trouble() {
        return trouble;
    }

    public Optional<Duration> pause() {
        return Optional.ofNullable(pause);
    }
}
