package dev.unkai.cloud.plan;

/** Who gives users their passwords, how long a password lives, and what a new one must differ from. */
public sealed interface CredentialPolicy {
    Expiry expiry();

    /** How many of the last passwords, the present one among them, a new one must differ from; at least 1. */
    int differsFromLast();

    /** The provider makes passwords and hands each over once through a sealed link; users cannot change them. */
    record ProviderIssued(Expiry expiry, int differsFromLast) implements CredentialPolicy {}

    /**
     * Users change their passwords themselves, and reset a forgotten one by a link that is sent to their registered address.
     *
     * @param resetMinutes how long such a link is good
     */
    record SelfService(Expiry expiry, int differsFromLast, int resetMinutes) implements CredentialPolicy {}

    /** When a password ends. */
    sealed interface Expiry {
        record Never() implements Expiry {}

        record After(int days) implements Expiry {}
    }
}
