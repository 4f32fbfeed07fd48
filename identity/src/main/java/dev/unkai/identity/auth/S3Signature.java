package dev.unkai.identity.auth;

import dev.unkai.base.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks the signature of a request to an S3-compatible service against the secret key: AWS Signature Version 2 (HMAC-SHA1,
 * base64) or Version 4 (HMAC-SHA256 under a key of the day, hexadecimal). What was signed is the "string to sign" of those.
 */
final class S3Signature {
    private static final Set<String> SERVICES = Set.of("s3", "iam", "sts");

    private S3Signature() {}

    /** In constant time; throws a refusal when what was signed is no string to sign of version 4. */
    static boolean matches(byte[] signed, String secret, String signature) {
        String text = new String(signed, StandardCharsets.UTF_8);
        String right = text.startsWith("AWS4")
                ? version4(text, signed, secret)
                : Base64.getEncoder().encodeToString(hmac("HmacSHA1", secret.getBytes(StandardCharsets.UTF_8), signed));
        return MessageDigest.isEqual(
                right.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }

    private static String version4(String text, byte[] signed, String secret) {
        String[] lines = text.split("\n", -1);
        String[] scope = lines.length == 4 ? lines[2].split("/", -1) : new String[0];
        if (scope.length != 4
                || !lines[0].equals("AWS4-HMAC-SHA256")
                || !SERVICES.contains(scope[2])
                || !scope[3].equals("aws4_request")) {
            throw Refusal.unauthorized("Invalid EC2 signature.");
        }
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope) {
            key = hmac("HmacSHA256", key, part.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(hmac("HmacSHA256", key, signed));
    }

    static byte[] hmac(String algorithm, byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " is part of every Java platform", e);
        }
    }
}
