package dev.unkai.node.guest;

import java.time.Duration;

/** What a step says about the next one. */
public sealed interface Next {
    /** Nothing to do until something changes. */
    record Idle() implements Next {}

    /** Look again after this time, or when something changes. */
    record After(Duration delay) implements Next {}

    /** Nothing is left of the guest on this host. */
    record Gone() implements Next {}

    static Next idle() {
        return new Idle();
    }
}
