package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.List;
import java.util.Map;
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
