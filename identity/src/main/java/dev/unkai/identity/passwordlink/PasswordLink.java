package dev.unkai.identity.passwordlink;

import java.time.Instant;

/** A link that is still good. */
record PasswordLink(String accountId, Purpose purpose, Instant endsAt) {
    /** What it is for. */
    enum Purpose {
        /** Its holder chooses a new password. */
        RESET,
        /** Its holder is shown a password that was made for him. */
        ISSUE
    }
}
