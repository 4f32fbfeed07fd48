package dev.unkai.identity;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * An authenticator with its browser, written apart from the product by the specification (Web Authentication, 6.1, 6.5 and RFC
 * 9053): it makes one ES256 key and signs with it. What a dishonest one would do otherwise can be set.
 */
final class SoftKey {
    private static final int PRESENT = 1;
    private static final int VERIFIED = 4;
    private static final int WITH_KEY = 0x40;

    private final KeyPair pair;
    private final byte[] id = new byte[32];
    String origin = "https://cloud.test:8443";
    String site = "cloud.test";
    int flags = PRESENT | VERIFIED;
    int counter;
    String userHandle = "";

    SoftKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
            new SecureRandom().nextBytes(id);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    void isNotVerified() {
        flags = PRESENT;
    }

    String id() {
        return text(id);
    }

    /** What {@code navigator.credentials.create} gives, as JSON. */
    Map<String, Object> make(String challenge) {
        ByteArrayOutputStream attestation = new ByteArrayOutputStream();
        attestation.writeBytes(hex("a3"));
        attestation.writeBytes(cborText("fmt"));
        attestation.writeBytes(cborText("none"));
        attestation.writeBytes(cborText("attStmt"));
        attestation.writeBytes(hex("a0"));
        attestation.writeBytes(cborText("authData"));
        byte[] data = join(authenticatorData(flags | WITH_KEY), new byte[16], hex("0020"), id, coseKey());
        attestation.writeBytes(join(hex("58"), new byte[] {(byte) data.length}, data));
        return Map.of(
                "id",
                id(),
                "rawId",
                id(),
                "type",
                "public-key",
                "response",
                Map.of(
                        "clientDataJSON",
                        text(clientData("webauthn.create", challenge)),
                        "attestationObject",
                        text(attestation.toByteArray()),
                        "transports",
                        List.of("internal", "something-new")));
    }

    /** What {@code navigator.credentials.get} gives; the counter goes on by one. */
    Map<String, Object> show(String challenge) {
        counter++;
        byte[] data = authenticatorData(flags);
        byte[] client = clientData("webauthn.get", challenge);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(data);
            signature.update(sha256(client));
            return Map.of(
                    "id",
                    id(),
                    "rawId",
                    id(),
                    "type",
                    "public-key",
                    "response",
                    Map.of(
                            "clientDataJSON",
                            text(client),
                            "authenticatorData",
                            text(data),
                            "signature",
                            text(signature.sign()),
                            "userHandle",
                            userHandle));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] clientData(String type, String challenge) {
        return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
                .formatted(type, challenge, origin)
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] authenticatorData(int with) {
        return join(
                sha256(site.getBytes(StandardCharsets.UTF_8)),
                new byte[] {(byte) with},
                ByteBuffer.allocate(4).putInt(counter).array());
    }

    /** Type EC2, algorithm ES256, curve P-256, x, y. */
    private byte[] coseKey() {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        return join(
                hex("a5010203262001215820"),
                coordinate(key.getW().getAffineX()),
                hex("225820"),
                coordinate(key.getW().getAffineY()));
    }

    private static byte[] coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] all = new byte[32];
        int taken = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - taken, all, 32 - taken, taken);
        return all;
    }

    private static byte[] cborText(String text) {
        return join(new byte[] {(byte) (0x60 + text.length())}, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hex(String digits) {
        return java.util.HexFormat.of().parseHex(digits);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
