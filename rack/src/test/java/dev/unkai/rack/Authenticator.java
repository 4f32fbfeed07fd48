package dev.unkai.rack;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator app (RFC 6238), written apart from the product: it knows the secret from the set-up, in Base32, and shows codes. */
record Authenticator(String secret) {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /** The code of the present step of 30 seconds, or of one some steps away. */
    String code(int stepsAway) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(seed(), "HmacSHA1"));
            long step = System.currentTimeMillis() / 30_000 + stepsAway;
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int number = ByteBuffer.wrap(hash, hash[19] & 15, 4).getInt() & 0x7fffffff;
            return "%06d".formatted(number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] seed() {
        byte[] seed = new byte[secret.length() * 5 / 8];
        long bits = 0;
        int held = 0;
        int filled = 0;
        for (char sign : secret.toCharArray()) {
            bits = bits << 5 | ALPHABET.indexOf(sign);
            held += 5;
            if (held >= 8) {
                held -= 8;
                seed[filled++] = (byte) (bits >> held);
            }
        }
        return Arrays.copyOf(seed, filled);
    }
}
