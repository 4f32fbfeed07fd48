package dev.unkai.identity;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;

/** An authenticator app, written apart from the product: it knows the secret from the set-up and shows codes. */
record Authenticator(String secret) {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /** The code of the present step, or of one some steps away; waits where a step is just ending. */
    String code(int stepsAway) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(200))
                .until(() -> System.currentTimeMillis() / 1_000 % 30 < 27);
        return of(System.currentTimeMillis() / 30_000 + stepsAway);
    }

    private String of(long step) {
        BigInteger bits = BigInteger.ZERO;
        for (char sign : secret.toCharArray()) {
            bits = bits.shiftLeft(5).or(BigInteger.valueOf(ALPHABET.indexOf(sign)));
        }
        int length = secret.length() * 5 / 8;
        byte[] number = bits.shiftRight(secret.length() * 5 % 8).toByteArray();
        byte[] seed = new byte[length];
        int taken = Math.min(length, number.length);
        System.arraycopy(
                Arrays.copyOfRange(number, number.length - taken, number.length), 0, seed, length - taken, taken);
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(seed, "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int offset = hash[19] & 15;
            return "%06d".formatted((ByteBuffer.wrap(hash, offset, 4).getInt() & 0x7fffffff) % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A log-in with a code beside the password. */
    static Map<String, Object> login(
            String domain, String user, String password, String code, @org.jspecify.annotations.Nullable Object scope) {
        Map<String, Object> who = Map.of("name", user, "domain", Map.of("name", domain));
        Map<String, Object> byPassword = new java.util.HashMap<>(who);
        byPassword.put("password", password);
        Map<String, Object> byCode = new java.util.HashMap<>(who);
        byCode.put("passcode", code);
        Map<String, Object> identity = Map.of(
                "methods",
                java.util.List.of("password", "totp"),
                "password",
                Map.of("user", byPassword),
                "totp",
                Map.of("user", byCode));
        return Map.of(
                "auth", scope == null ? Map.of("identity", identity) : Map.of("identity", identity, "scope", scope));
    }
}
