package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Secrets that people keep with us: theirs alone, and sealed where they lie. */
class UserCredentialTest {
    private static final String V3 = "/identity/v3";
    private final RunningIdentity identity = RunningIdentity.shared();
    private Customer alpha;
    private Customer beta;
    private String operator;

    @BeforeEach
    void meet() {
        alpha = Customer.of(identity, "alpha");
        beta = Customer.of(identity, "beta");
        operator = identity.token("Default", "operator");
    }

    @Test
    void keysAreShownToTheirOwnerAndLieSealedInTheDatabase() {
        JsonNode keys = made(alpha);
        String access = keys.get("access").asString();
        String secret = keys.get("secret").asString();

        assertThat(identity.get(own(alpha) + "/" + access, alpha.readerToken())
                        .body()
                        .at("/credential/secret")
                        .asString())
                .isEqualTo(secret);
        assertThat(identity.get(own(alpha), alpha.readerToken())
                        .body()
                        .get("credentials")
                        .valueStream()
                        .map(one -> one.get("access").asString()))
                .contains(access);
        List<String> rows = identity.sql()
                .sql("select encode(sealed_blob, 'escape') from user_credential")
                .query(String.class)
                .list();
        assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(secret) || row.contains(access));
        assertThat(identity.events().toString()).doesNotContain(secret);

        assertThat(identity.delete(own(alpha) + "/" + access, alpha.readerToken())
                        .status())
                .isEqualTo(204);
        assertThat(identity.get(own(alpha) + "/" + access, alpha.readerToken()).status())
                .isEqualTo(404);
    }

    @Test
    void nobodyElseSeesThemButAnOperator() {
        JsonNode keys = made(beta);
        String access = keys.get("access").asString();
        String id = identity.get(V3 + "/credentials", beta.readerToken())
                .body()
                .at("/credentials/0/id")
                .asString();

        assertThat(identity.get(V3 + "/credentials/" + id, alpha.masterToken()).status())
                .isEqualTo(404);
        assertThat(identity.get(V3 + "/credentials/" + id, beta.masterToken()).status())
                .isEqualTo(404);
        assertThat(identity.get(own(beta) + "/" + access, beta.masterToken()).status())
                .isEqualTo(403);
        assertThat(identity.get(V3 + "/credentials?user_id=" + beta.reader(), beta.masterToken())
                        .body()
                        .get("credentials")
                        .size())
                .isZero();
        assertThat(identity.get(V3 + "/credentials/" + id, operator).status()).isEqualTo(200);
    }

    @Test
    void anApplicationCredentialReachesNone() {
        String secret = "a-secret-of-a-program";
        String id = identity.send(
                        "POST",
                        V3 + "/users/" + alpha.reader() + "/application_credentials",
                        alpha.readerToken(),
                        Map.of(
                                "application_credential",
                                Map.of("name", "keys" + System.nanoTime(), "secret", secret, "unrestricted", true)))
                .body()
                .at("/application_credential/id")
                .asString();
        String token = identity.token(Map.of(
                "auth",
                Map.of(
                        "identity",
                        Map.of(
                                "methods",
                                List.of("application_credential"),
                                "application_credential",
                                Map.of("id", id, "secret", secret)))));

        assertThat(identity.get(V3 + "/credentials", token).status()).isEqualTo(403);
        assertThat(identity.send("POST", own(alpha), token, Map.of("tenant_id", alpha.project()))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aCredentialChangesItsSecretButNeitherItsOwnerNorItsType() {
        String body = "{\"access\":\"%s\",\"secret\":\"before\"}".formatted("key" + System.nanoTime());
        Answer made = identity.send(
                "POST",
                V3 + "/credentials",
                alpha.readerToken(),
                Map.of(
                        "credential",
                        Map.of("user_id", alpha.reader(), "project_id", alpha.project(), "type", "ec2", "blob", body)));
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        String address = V3 + "/credentials/" + made.body().at("/credential/id").asString();

        assertThat(patch(address, Map.of("blob", body.replace("before", "after")))
                        .status())
                .isEqualTo(200);
        assertThat(identity.get(address, alpha.readerToken())
                        .body()
                        .at("/credential/blob")
                        .asString())
                .contains("after");
        assertThat(patch(address, Map.of("user_id", alpha.master())).status()).isEqualTo(403);
        assertThat(patch(address, Map.of("type", "cert")).status()).isEqualTo(400);
        assertThat(patch(address, Map.of("project_id", beta.project())).status())
                .isEqualTo(404);
        assertThat(patch(address, Map.of("blob", "no object")).status()).isEqualTo(400);
        assertThat(identity.delete(address, alpha.readerToken()).status()).isEqualTo(204);
    }

    /** The reference's algorithm, written from the description of AWS Signature Version 2 and 4. */
    @Test
    void anObjectStoreLearnsWhoseASignedRequestIs() throws Exception {
        JsonNode keys = made(alpha);
        String access = keys.get("access").asString();
        byte[] secret = keys.get("secret").asString().getBytes(StandardCharsets.UTF_8);
        String old = "GET\n\n\nWed, 25 Nov 2026 12:00:00 +0000\n/bucket/object";
        String signature = Base64.getEncoder().encodeToString(hmac("HmacSHA1", secret, old));

        Answer answer = s3(operator, access, old, signature);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        assertThat(answer.body().at("/token/project/id").asString()).isEqualTo(alpha.project());
        assertThat(answer.body().at("/token/user/id").asString()).isEqualTo(alpha.reader());
        assertThat(answer.header("X-Subject-Token")).isEmpty();

        String fresh = "AWS4-HMAC-SHA256\n20261125T120000Z\n20261125/local/s3/aws4_request\n" + "0".repeat(64);
        byte[] key = ("AWS4" + keys.get("secret").asString()).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of("20261125", "local", "s3", "aws4_request")) {
            key = hmac("HmacSHA256", key, part);
        }
        String right = HexFormat.of().formatHex(hmac("HmacSHA256", key, fresh));
        assertThat(s3(operator, access, fresh, right).status()).isEqualTo(200);
        assertThat(s3(operator, access, fresh.replace("/s3/", "/ec2/"), right).status())
                .isEqualTo(401);
        assertThat(s3(operator, access, old + "x", signature).status()).isEqualTo(401);
        assertThat(s3(operator, "0".repeat(32), old, signature).status()).isEqualTo(401);
        assertThat(s3(alpha.masterToken(), access, old, signature).status()).isEqualTo(403);
        identity.delete(own(alpha) + "/" + access, alpha.readerToken());
        assertThat(s3(operator, access, old, signature).status()).isEqualTo(401);
    }

    /** The signature is the reference's client's; see Ec2RequestTest. */
    @Test
    void anEc2ServiceGetsATokenOfWhoSignedARequest() {
        String access = "access-" + Long.toString(System.nanoTime(), 36);
        identity.send(
                "POST",
                V3 + "/credentials",
                alpha.readerToken(),
                Map.of(
                        "credential",
                        Map.of(
                                "type",
                                "ec2",
                                "user_id",
                                alpha.reader(),
                                "project_id",
                                alpha.project(),
                                "blob",
                                "{\"access\":\"" + access + "\",\"secret\":\"a-secret-key-0123456789\"}")));
        String signature = "IVbN9eqisGYRAsaX+sy0j+OLwI7Ee9ZwmlmUS2jH4TA=";
        Map<String, String> params =
                Map.of("Action", "DescribeInstances", "SignatureVersion", "2", "Filter.1.Value", "a b/c*~é");

        Answer answer = ec2(operator, access, params, signature);

        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        assertThat(answer.body().at("/token/user/id").asString()).isEqualTo(alpha.reader());
        assertThat(answer.body().at("/token/methods/0").asString()).isEqualTo("ec2credential");
        assertThat(identity.get(V3 + "/projects/" + alpha.project(), answer.header("X-Subject-Token"))
                        .status())
                .isEqualTo(200);
        assertThat(ec2(operator, access, Map.of("SignatureVersion", "2"), signature)
                        .status())
                .isEqualTo(401);
        assertThat(ec2(operator, "unknown", params, signature).status()).isEqualTo(401);
        assertThat(ec2(alpha.masterToken(), access, params, signature).status()).isEqualTo(403);
        Map<String, String> old = new HashMap<>(params);
        old.put("Timestamp", "2026-01-01T00:00:00Z");
        assertThat(ec2(operator, access, old, signature)
                        .body()
                        .at("/error/message")
                        .asString())
                .contains("expired");
    }

    private Answer ec2(String token, String access, Map<String, String> params, String signature) {
        return identity.send(
                "POST",
                V3 + "/ec2tokens",
                token,
                Map.of(
                        "credentials",
                        Map.of(
                                "access",
                                access,
                                "signature",
                                signature,
                                "verb",
                                "GET",
                                "host",
                                "cloud.test:8773",
                                "path",
                                "/services/Cloud/",
                                "params",
                                params)));
    }

    private Answer s3(String token, String access, String signed, String signature) {
        return identity.send(
                "POST",
                V3 + "/s3tokens",
                token,
                Map.of(
                        "credentials",
                        Map.of(
                                "access",
                                access,
                                "signature",
                                signature,
                                "token",
                                Base64.getUrlEncoder().encodeToString(signed.getBytes(StandardCharsets.UTF_8)))));
    }

    private static byte[] hmac(String algorithm, byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key, algorithm));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private Answer patch(String address, Map<String, Object> change) {
        return identity.send("PATCH", address, alpha.readerToken(), Map.of("credential", change));
    }

    private JsonNode made(Customer customer) {
        Answer answer =
                identity.send("POST", own(customer), customer.readerToken(), Map.of("tenant_id", customer.project()));
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        return answer.body().get("credential");
    }

    private static String own(Customer customer) {
        return V3 + "/users/" + customer.reader() + "/credentials/OS-EC2";
    }
}
