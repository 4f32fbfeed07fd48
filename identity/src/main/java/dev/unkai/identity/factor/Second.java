package dev.unkai.identity.factor;

/** What somebody shows beside the password. */
public sealed interface Second {
    /** What an authenticator app shows, or a recovery code. */
    record Code(String code) implements Second {
        @Override
        public String toString() {
            return "a code";
        }
    }

    record ByPasskey(PasskeyAnswer answer) implements Second {}
}
