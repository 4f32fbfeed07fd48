package dev.unkai.cloud.plan;

/** Who gives users their passwords, how long a password lives, what a new one must differ from, and who needs a second factor. */
public sealed interface CredentialPolicy {
    Expiry expiry();

    /** How many of the last passwords, the present one among them, a new one must differ from; at least 1. */
    int differsFromLast();

    SecondFactor secondFactor();

    /** The provider makes passwords and hands each over once through a sealed link; users cannot change them. */
    record ProviderIssued(Expiry expiry, int differsFromLast, SecondFactor secondFactor) implements CredentialPolicy {}

    /**
     * Users change their passwords themselves, and reset a forgotten one by a link that is sent to their registered address.
     *
     * @param resetMinutes how long such a link is good
     */
    record SelfService(Expiry expiry, int differsFromLast, SecondFactor secondFactor, int resetMinutes)
            implements CredentialPolicy {}

    /** When a password ends. */
    sealed interface Expiry {
        record Never() implements Expiry {}

        record After(int days) implements Expiry {}
    }

    /** Who sets up a second factor before anything else. */
    enum SecondFactor {
        /** Whose roles the service names: who administers the contract, unless the provider's operator has set it otherwise. */
        BY_ROLE,
        EVERYONE,
        /** Nobody has to; who has one gives it. */
        AS_SET_UP
    }
}
