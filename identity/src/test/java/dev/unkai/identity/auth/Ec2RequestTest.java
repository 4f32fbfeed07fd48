package dev.unkai.identity.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Signatures that the reference's own client (Debian's python3-keystoneclient) made, recorded. */
class Ec2RequestTest {
    private static final String SECRET = "a-secret-key-0123456789";
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final Map<String, String> VERSION_2 = Map.of(
            "Action",
            "DescribeInstances",
            "SignatureVersion",
            "2",
            "Filter.1.Value",
            "a b/c*~é",
            "Timestamp",
            "2026-11-26T05:00:00Z");

    @Test
    void aRequestSignedByVersion2IsKnown() {
        Ec2Request request = version2(VERSION_2);

        assertThat(request.isSigned(SECRET, "5cDIlNXH50NYwS3R0jDDi41Vsu0XDXT6Apqgf+A2lQ4="))
                .isTrue();
        assertThat(request.isSigned(SECRET, "tRjcjSdbixoTd5ac+tD+hE5YqT5dQdqk6k1V2azkR20="))
                .as("by a client that leaves the port out")
                .isTrue();
        assertThat(request.isSigned("another", "5cDIlNXH50NYwS3R0jDDi41Vsu0XDXT6Apqgf+A2lQ4="))
                .isFalse();
        assertThat(request.signedAt()).contains(Instant.parse("2026-11-26T05:00:00Z"));
    }

    @Test
    void aRequestChangedAfterItWasSignedIsNot() {
        Map<String, String> changed = new HashMap<>(VERSION_2);
        changed.put("Action", "TerminateInstances");

        assertThat(version2(changed).isSigned(SECRET, "5cDIlNXH50NYwS3R0jDDi41Vsu0XDXT6Apqgf+A2lQ4="))
                .isFalse();
    }

    @Test
    void aRequestSignedByVersion4InItsHeaderIsKnown() {
        String signature = "5aa824c6cacf89c8cf19909cc642404390ab9766e1b13e5bbe81a37c8bba9565";
        Map<String, String> headers = Map.of(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=key/20261126/local/ec2/aws4_request, "
                        + "SignedHeaders=content-type;host;x-amz-date, Signature=" + signature,
                "Host",
                "cloud.test",
                "X-Amz-Date",
                "20261126T050000Z",
                "Content-Type",
                "application/x-www-form-urlencoded");
        Map<String, String> params = Map.of("Action", "DescribeInstances");
        String body = "d2c784fddd5cb885f870e1ea4d0e9cf479296ad64ca693b8e26d872b0cfa3689";

        Ec2Request request = new Ec2Request("POST", "cloud.test", "/", params, headers, body);

        assertThat(request.isSigned(SECRET, signature)).isTrue();
        assertThat(request.signedAt()).contains(Instant.parse("2026-11-26T05:00:00Z"));
        assertThat(new Ec2Request("POST", "cloud.test", "/", params, headers, EMPTY).isSigned(SECRET, signature))
                .isFalse();
    }

    @Test
    void aRequestSignedByVersion4InItsAddressIsKnown() {
        Map<String, String> params = Map.of(
                "Action",
                "DescribeInstances",
                "X-Amz-Algorithm",
                "AWS4-HMAC-SHA256",
                "X-Amz-Credential",
                "key/20261126/local/ec2/aws4_request",
                "X-Amz-Date",
                "20261126T050000Z",
                "X-Amz-SignedHeaders",
                "host");

        Ec2Request request = new Ec2Request("GET", "cloud.test", "/", params, Map.of("host", "cloud.test"), EMPTY);

        assertThat(request.isSigned(SECRET, "642e5f54b82997d30f4d7cce48d3e7777a7ee40ae64aa39ba31fbc4241ee402e"))
                .isTrue();
    }

    @Test
    void whatIsNotSignedAtAllIsNot() {
        Ec2Request bare = new Ec2Request("GET", "cloud.test", "/", Map.of(), Map.of(), "");
        Ec2Request half =
                new Ec2Request("GET", "cloud.test", "/", Map.of("X-Amz-Algorithm", "AWS4-HMAC-SHA256"), Map.of(), "");

        assertThat(bare.isSigned(SECRET, "")).isFalse();
        assertThat(half.isSigned(SECRET, "")).isFalse();
        assertThat(bare.saysWhen()).isFalse();
        assertThat(version2(Map.of("Timestamp", "yesterday")).signedAt()).isEmpty();
    }

    private static Ec2Request version2(Map<String, String> params) {
        return new Ec2Request("GET", "cloud.test:8773", "/services/Cloud/", params, Map.of(), "");
    }
}
