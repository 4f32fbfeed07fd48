package dev.unkai.identity;

import static dev.unkai.identity.Contract.OFFICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What cloud hears of changes here, so that whoever looks at them sees them within a second. */
class ChangesFeedTest {
    private static final String FEED = "/identity/internal/v1/changes";

    private final RunningIdentity identity = RunningIdentity.shared();
    private final Contract contract = new Contract(identity);
    private final HttpClient cloud = process("cloud");

    @Test
    void aLogInAnEndedSessionARoleAndACredentialAreToldWithTheirOwnerWithinASecond() throws Exception {
        String operator = identity.token("Default", "operator");
        String token = contract.token(OFFICE, "worker");
        assertTold(() -> contract.token(OFFICE, "worker"), is("session", contract.worker));
        String own = contract.from(OFFICE, "GET", "/identity/service/v1/sessions", token, null)
                .body()
                .at("/sessions/0/id")
                .asString();
        assertTold(
                () -> contract.from(OFFICE, "DELETE", "/identity/service/v1/sessions/" + own, token, null),
                is("session", contract.worker));
        assertTold(
                () -> identity.send(
                        "PATCH",
                        "/identity/v3/users/" + contract.worker,
                        operator,
                        Map.of("user", Map.of("description", "moved to the second floor"))),
                one -> one.path("kind").asString().equals("user")
                        && one.path("id").asString().equals(contract.worker)
                        && one.path("domain").asString().equals(contract.domain));
        String role = identity.id("select id from role where name = 'reader' and domain_id is null");
        assertTold(
                () -> identity.send(
                        "PUT",
                        "/identity/v3/projects/" + contract.project + "/users/" + contract.worker + "/roles/" + role,
                        operator,
                        null),
                one -> one.path("kind").asString().equals("user")
                        && one.path("domain").asString().equals(contract.domain));
        String fresh = contract.token(OFFICE, "worker");
        assertTold(
                () -> contract.from(
                        OFFICE,
                        "POST",
                        "/identity/v3/users/" + contract.worker + "/application_credentials",
                        fresh,
                        Map.of("application_credential", Map.of("name", "program"))),
                is("application-credential", contract.worker));
    }

    @Test
    void itTellsNothingOfTheContentAndNobodyButCloudIsAnswered() throws Exception {
        JsonNode before = ask(cloud, "", 0).body();
        assertThat(before.path("missed").asBoolean()).isTrue();
        identity.send(
                "PATCH",
                "/identity/v3/users/" + contract.worker,
                identity.token("Default", "operator"),
                Map.of("user", Map.of("description", "quite secret")));
        Answer told =
                ask(cloud, before.path("epoch").asString(), before.path("after").asLong());
        assertThat(told.raw().body()).contains("\"user\"").doesNotContain("secret");
        assertThat(ask(process("ledger"), "", 0).status()).isEqualTo(404);
        assertThat(ask(identity.anybody(), "", 0).status()).isEqualTo(404);
        assertThat(ask(cloud, before.path("epoch").asString(), 1_000_000_000)
                        .body()
                        .path("missed")
                        .asBoolean())
                .as("a position that there never was")
                .isTrue();
    }

    private interface Act {
        Object take() throws Exception;
    }

    private static Predicate<JsonNode> is(String kind, String user) {
        return one -> one.path("kind").asString().equals(kind)
                && one.path("user").asString().equals(user);
    }

    /** Somebody waits for news already when it is done. */
    private void assertTold(Act act, Predicate<JsonNode> wanted) throws Exception {
        JsonNode position = ask(cloud, "", 0).body();
        CompletableFuture<Void> heard = CompletableFuture.runAsync(() -> {
            JsonNode at = position;
            while (at.path("changes").valueStream().noneMatch(wanted)) {
                at = ask(cloud, at.path("epoch").asString(), at.path("after").asLong())
                        .body();
            }
        });
        act.take();
        heard.get(Duration.ofSeconds(1).toMillis(), TimeUnit.MILLISECONDS);
    }

    private Answer ask(HttpClient through, String epoch, long after) {
        return identity.send(through, "GET", FEED + "?epoch=" + epoch + "&after=" + after, null, null, Map.of());
    }

    private HttpClient process(String name) {
        try {
            return identity.process(name);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
