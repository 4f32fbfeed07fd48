package dev.unkai.base;

import java.security.SecureRandom;
import java.util.UUID;

/** Where new identifiers come from: a port, so that a simulation can replay them. */
@FunctionalInterface
public interface Ids {
    UUID next();

    /** Unpredictable identifiers (RFC 9562 version 4). */
    static Ids random() {
        return UUID::randomUUID;
    }

    /** {@code next()} as 32 hexadecimal digits, the form that the Identity API uses. */
    default String nextHex() {
        return next().toString().replace("-", "");
    }

    /** {@code bytes} of secret randomness as URL-safe text without padding. */
    static String secret(int bytes) {
        byte[] buffer = new byte[bytes];
        Secrets.RANDOM.nextBytes(buffer);
        return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(buffer);
    }

    /** Holder of the one secure generator of the process. */
    final class Secrets {
        private static final SecureRandom RANDOM = new SecureRandom();

        private Secrets() {}
    }
}
