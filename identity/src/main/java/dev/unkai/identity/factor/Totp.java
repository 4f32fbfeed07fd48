package dev.unkai.identity.factor;

import dev.unkai.base.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Time-based one-time passwords (RFC 6238) as every authenticator program makes them: HMAC-SHA-1, 30 seconds, 6 digits. */
public final class Totp {
    /** The type under which the credentials API keeps seeds. */
    public static final String TYPE = "totp";

    static final int STEP_SECONDS = 30;
    static final int DIGITS = 6;
    private static final int MODULUS = 1_000_000;
    /** RFC 4226, requirement 6: a seed has at least 128 bits. */
    private static final int SHORTEST_SEED = 16;
    /** How many steps the device's clock may be ahead or behind. */
    private static final int DRIFT = 1;

    private Totp() {}

    static long stepAt(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), STEP_SECONDS);
    }

    /** The code of a step (RFC 4226, section 5.3). */
    static String code(byte[] seed, long step) {
        byte[] hash;
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(seed, "HmacSHA1"));
            hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("HMAC-SHA-1 is part of every Java platform", e);
        }
        int offset = hash[hash.length - 1] & 0xF;
        int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
        return "%06d".formatted(number % MODULUS);
    }

    /** The step that the code belongs to, if it is the present one or at most one step away. */
    static OptionalLong stepOf(byte[] seed, String code, Instant now) {
        long present = stepAt(now);
        OptionalLong found = OptionalLong.empty();
        for (long step = present - DRIFT; step <= present + DRIFT; step++) {
            if (MessageDigest.isEqual(bytes(code(seed, step)), bytes(code))) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /** The seed as a credential keeps it; throws a refusal when it is none. */
    public static byte[] seed(String blob) {
        return seedOf(blob)
                .orElseThrow(() -> Refusal.invalid("Invalid blob in credential: a seed of one-time passwords is written"
                        + " in Base32 (RFC 4648) and has at least 128 bits, which are 26 characters."));
    }

    /** The same, empty when it is none: credentials were kept unread before codes were taken here. */
    static Optional<byte[]> seedOf(String blob) {
        return Base32.decode(blob).filter(seed -> seed.length >= SHORTEST_SEED);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
