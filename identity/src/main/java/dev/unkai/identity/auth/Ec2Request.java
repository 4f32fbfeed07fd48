package dev.unkai.identity.auth;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request to an EC2-compatible service as that service got it, signed by AWS Signature Version 2 or 4. The older versions,
 * which sign less than the request, are not taken.
 *
 * @param headers by name in lower case
 * @param bodyHash SHA-256 of the body in hexadecimal, which version 4 signs
 */
record Ec2Request(
        String verb,
        String host,
        String path,
        Map<String, String> params,
        Map<String, String> headers,
        String bodyHash) {
    private static final String VERSION_4 = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter BASIC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

    Ec2Request {
        params = Map.copyOf(params);
        headers = headers.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        header -> header.getKey().strip().toLowerCase(Locale.ROOT),
                        header -> header.getValue().strip(),
                        (first, _) -> first));
    }

    /** Whether this request was signed with the secret; false as well when it is not complete. */
    boolean isSigned(String secret, String signature) {
        // Some clients leave the port out of what they sign.
        return Stream.of(host, host.replaceFirst(":\\d+$", ""))
                .flatMap(asHost -> expected(secret, asHost).stream())
                .anyMatch(right -> MessageDigest.isEqual(bytes(right), bytes(signature)));
    }

    private Optional<String> expected(String secret, String asHost) {
        if ("2".equals(params.get("SignatureVersion"))) {
            return Optional.of(version2(secret, asHost));
        }
        String authorization = headers.getOrDefault("authorization", "");
        boolean version4 = authorization.startsWith(VERSION_4) || VERSION_4.equals(params.get("X-Amz-Algorithm"));
        return version4 ? version4(secret, authorization) : Optional.empty();
    }

    /** When it was signed, as far as it says; nothing for what is no time. */
    Optional<Instant> signedAt() {
        String said = said();
        if (said == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    said.matches("\\d{8}T\\d{6}Z")
                            ? LocalDateTime.parse(said, BASIC).toInstant(ZoneOffset.UTC)
                            : LocalDateTime.parse(said.replaceFirst("Z$", "")).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    boolean saysWhen() {
        return said() != null;
    }

    private @Nullable String said() {
        String timestamp = params.get("Timestamp");
        return timestamp != null ? timestamp : amazonDate();
    }

    private @Nullable String amazonDate() {
        String date = headers.get("x-amz-date");
        return date != null ? date : params.get("X-Amz-Date");
    }

    private String version2(String secret, String asHost) {
        Map<String, String> signed = new TreeMap<>(params);
        signed.remove("Signature");
        signed.put("SignatureMethod", "HmacSHA256");
        String text = verb + "\n" + asHost + "\n" + path + "\n" + query(signed);
        return Base64.getEncoder().encodeToString(S3Signature.hmac("HmacSHA256", bytes(secret), bytes(text)));
    }

    private Optional<String> version4(String secret, String authorization) {
        String names = parameter(authorization, "SignedHeaders");
        String[] credential = parameter(authorization, "Credential").split("/", -1);
        String date = amazonDate();
        if (credential.length != 5 || date == null || !date.startsWith(credential[1])) {
            return Optional.empty();
        }
        Map<String, String> signed = new TreeMap<>(params);
        signed.remove("X-Amz-Signature");
        StringBuilder canonical = new StringBuilder(verb.toUpperCase(Locale.ROOT))
                .append('\n')
                .append(path)
                .append('\n')
                // A POST has its parameters in the body, whose hash is signed.
                .append(verb.equalsIgnoreCase("POST") ? "" : query(signed))
                .append('\n');
        for (String name : names.split(";", -1)) {
            String value = headers.get(name);
            if (value != null) {
                canonical.append(name).append(':').append(value).append('\n');
            }
        }
        canonical.append('\n').append(names).append('\n').append(bodyHash);
        String scope = String.join("/", credential[1], credential[2], credential[3], credential[4]);
        String text = VERSION_4 + "\n" + date + "\n" + scope + "\n" + sha256(canonical.toString());
        byte[] key = bytes("AWS4" + secret);
        for (String part : scope.split("/", -1)) {
            key = S3Signature.hmac("HmacSHA256", key, bytes(part));
        }
        return Optional.of(HexFormat.of().formatHex(S3Signature.hmac("HmacSHA256", key, bytes(text))));
    }

    /** From the header {@code Authorization}, else from the address ({@code X-Amz-…}). */
    private String parameter(String authorization, String name) {
        int at = authorization.indexOf(name + "=");
        return at < 0
                ? params.getOrDefault("X-Amz-" + name, "")
                : authorization
                        .substring(at + name.length() + 1)
                        .split(",", 2)[0]
                        .strip();
    }

    private static String query(Map<String, String> sorted) {
        return sorted.entrySet().stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** RFC 3986: everything but unreserved characters, with %20 for a space. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("SHA-256 is part of every Java platform", e);
        }
    }
}
