package dev.unkai.identity.oauth;

import dev.unkai.identity.oauth.SignedRequest.Parameter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Reckons the signature of an OAuth 1.0a request (RFC 5849, 3.4): HMAC with SHA-1, or with SHA-256 as newer clients have it. */
final class RequestSignature {
    private static final Map<String, String> ALGORITHMS = Map.of("HMAC-SHA1", "HmacSHA1", "HMAC-SHA256", "HmacSHA256");

    private RequestSignature() {}

    /** Whether we know the method that the request says it is signed by. */
    static boolean isKnown(String method) {
        return ALGORITHMS.containsKey(method);
    }

    /** In constant time, for any of the addresses that the client may have signed. */
    static boolean isRight(SignedRequest request, String consumerSecret, String tokenSecret) {
        String algorithm = ALGORITHMS.get(request.said().getOrDefault("oauth_signature_method", ""));
        byte[] given = request.said().getOrDefault("oauth_signature", "").getBytes(StandardCharsets.UTF_8);
        if (algorithm == null) {
            return false;
        }
        boolean right = false;
        for (String address : request.addresses()) {
            right |= MessageDigest.isEqual(
                    of(request, address, algorithm, consumerSecret, tokenSecret).getBytes(StandardCharsets.UTF_8),
                    given);
        }
        return right;
    }

    private static String of(
            SignedRequest request, String address, String algorithm, String consumerSecret, String tokenSecret) {
        List<Parameter> all = new ArrayList<>(request.beside());
        request.said().forEach((name, value) -> {
            if (!name.equals("oauth_signature")) {
                all.add(new Parameter(name, value));
            }
        });
        String parameters = all.stream()
                .map(one -> new Parameter(encoded(one.name()), encoded(one.value())))
                .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
                .map(one -> one.name() + "=" + one.value())
                .collect(Collectors.joining("&"));
        String signed = request.method() + "&" + encoded(address) + "&" + encoded(parameters);
        String key = encoded(consumerSecret) + "&" + encoded(tokenSecret);
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(algorithm + " is part of every Java platform", e);
        }
    }

    /** RFC 5849, 3.6: only unreserved characters stay. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
