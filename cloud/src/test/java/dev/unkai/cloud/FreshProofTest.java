package dev.unkai.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.RunningCloud.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What destroys something, or changes who may do what, wants a fresh proof of who works in a session of the console. */
class FreshProofTest {
    private static final String SERVER = "/compute/v2.1/servers/" + UUID.randomUUID();
    private static final String[] ALL = {"admin", "manager", "member", "reader"};

    private static RunningCloud cloud;

    @BeforeAll
    static void start() {
        cloud = RunningCloud.start();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void anOldProofIsRefusedByNameInEveryApiAndRecorded() {
        String old = cloud.consoleToken("of-old", ago(16), ALL);
        Map<String, List<String>> acts = Map.of(
                "DELETE", List.of(SERVER, "/service/v1/hosts/" + UUID.randomUUID(), "/service/v1/sessions"),
                "POST", List.of("/service/v1/host-tokens", "/service/v1/plans", "/service/v1/session/view"),
                "PUT", List.of("/service/v1/source-rules", "/service/v1/second-factor-exceptions/somebody"));
        acts.forEach((method, paths) -> paths.forEach(path -> {
            Answer answer = cloud.send(old, method, path, method.equals("DELETE") ? null : "{}");
            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.text())
                    .as(path)
                    .contains("show once more who you are")
                    .contains("15 minutes");
        }));
        assertThat(cloud.headers(old, SERVER, Map.of()).firstValue("X-Unkai-Refusal"))
                .isEmpty();
        assertThat(cloud.send(old, "DELETE", SERVER, null, Map.of("Accept-Language", "ja"))
                        .text())
                .contains("ご本人であること");
        assertThat(cloud.send(old, "DELETE", "/service/v1/sessions", null)
                        .json()
                        .at("/code")
                        .asString())
                .isEqualTo("ProofTooOld");
        List<String> events = cloud.context()
                .getBean(Transactions.class)
                .asSystem(
                        db -> db.sql("select event from outbox where event like '%the proof of who it is was too old%'")
                                .query(String.class)
                                .list());
        assertThat(events)
                .hasSizeGreaterThanOrEqualTo(10)
                .allSatisfy(event -> assertThat(event).contains("user-of-of-old"));
    }

    @Test
    void aFreshProofSufficesAndSoDoesAProgramsToken() {
        for (String token : List.of(cloud.consoleToken("p", ago(14), ALL), cloud.token("p", ALL))) {
            assertThat(cloud.send(token, "DELETE", SERVER, null).status()).isEqualTo(404);
            assertThat(cloud.send(token, "POST", "/service/v1/host-tokens", null)
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void whatOnlyLooksOrEndsOnesOwnSessionIsNotAskedFor() {
        String old = cloud.consoleToken("p", ago(600), ALL);

        assertThat(cloud.send(old, "GET", "/compute/v2.1/servers", null).status())
                .isEqualTo(200);
        assertThat(cloud.send(old, "DELETE", "/service/v1/session", null).status())
                .isEqualTo(503); // no identity here
        assertThat(cloud.send(old, "POST", "/compute/v2.1/os-keypairs", "{\"keypair\":{\"name\":\"k\"}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anImageIsMadePublicOnlyWithAFreshProof() {
        String body = "{\"name\":\"i\",\"visibility\":\"%s\",\"disk_format\":\"raw\",\"container_format\":\"bare\"}";
        String old = cloud.consoleToken("p", ago(16), ALL);

        Answer refused = cloud.send(old, "POST", "/image/v2/images", body.formatted("public"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("show once more who you are");
        assertThat(cloud.send(old, "POST", "/image/v2/images", body.formatted("private"))
                        .status())
                .isEqualTo(201);
        assertThat(cloud.send(
                                cloud.consoleToken("p", ago(1), ALL),
                                "POST",
                                "/image/v2/images",
                                body.formatted("public"))
                        .status())
                .isEqualTo(201);
    }

    private static Instant ago(int minutes) {
        return Instant.now().minus(Duration.ofMinutes(minutes));
    }
}
