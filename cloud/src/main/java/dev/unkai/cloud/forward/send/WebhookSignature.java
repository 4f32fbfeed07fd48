package dev.unkai.cloud.forward.send;

import dev.unkai.base.Ids;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures as the Standard Webhooks specification 1.0.0 has them, for which receivers find a library in each language: HMAC-SHA-256 over id, time and
 * body, with dots between.
 */
public final class WebhookSignature {
    private static final String PREFIX = "whsec_";
    private static final int SECRET_BYTES = 32;

    private WebhookSignature() {}

    /** A new secret in the form in which its owner gets it. */
    public static String secret() {
        byte[] random = Base64.getUrlDecoder().decode(Ids.secret(SECRET_BYTES));
        return PREFIX + Base64.getEncoder().encodeToString(random);
    }

    /**
     * The header {@code webhook-signature}.
     *
     * @param secrets in their owner's form; one signature for each, so that a receiver may know the old or the new one
     */
    static String header(List<String> secrets, String id, Instant at, byte[] body) {
        return secrets.stream()
                .map(secret -> "v1," + Base64.getEncoder().encodeToString(sign(secret, id, at, body)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] sign(String secret, String id, Instant at, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(PREFIX.length())), "HmacSHA256"));
            mac.update((id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA-256", e);
        }
    }
}
