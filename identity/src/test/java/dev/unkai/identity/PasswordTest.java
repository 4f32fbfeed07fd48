package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which passwords an account may have, and how its owner changes it. */
class PasswordTest {
    private static final String V3 = "/identity/v3";
    private static final String OWN = "/identity/service/v1/account/password";
    private final RunningIdentity identity = RunningIdentity.shared();
    private final String user = "keeper-" + Long.toString(System.nanoTime(), 36);
    private String master;

    @BeforeEach
    void meet() {
        master = identity.token("alpha", "master");
    }

    @ParameterizedTest
    @CsvSource({
        "elevenchars, at least 12 characters",
        "password-2026, first that others would try",
        "qwertyuiop99, first that others would try",
        "alphaalpha2026, first that others would try"
    })
    void aShortOrWeakOneIsRefusedWithASentenceThatHelps(String password, String sentence) {
        Answer answer = make(password);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error/message").asString()).contains(sentence);
        assertThat(make(user + "-1").body().at("/error/message").asString())
                .as("one's own name")
                .contains("your own names");
    }

    @Test
    void itsOwnerChangesItWithThePresentOneAndNotBack() {
        String first = "seven unlikely gnomes";
        String second = "eight unlikely ravens";
        String id = make(first).body().at("/user/id").asString();
        String token = token(first);
        assertThat(identity.send(
                                "PATCH",
                                V3 + "/users/" + id,
                                master,
                                Map.of("user", Map.of("password", "password-2026")))
                        .status())
                .isEqualTo(400);

        assertThat(change(token, "a wrong guess at it", second).status()).isEqualTo(400);
        assertThat(change(token, first, "password-2026").status()).isEqualTo(400);
        assertThat(change(token, first, "tooshort").status()).isEqualTo(400);
        assertThat(change(token, first, second).status()).isEqualTo(204);
        assertThat(identity.get("/identity/service/v1/account", token).status())
                .as("whoever else had a session is out")
                .isEqualTo(401);
        Answer back = change(token(second), second, first);
        assertThat(back.status()).isEqualTo(400);
        assertThat(back.body().at("/error/message").asString()).contains("must differ");
        assertThat(identity.events().toString()).doesNotContain(first).doesNotContain(second);
    }

    @Test
    void aLockedOneIsChangedByTheManagerOnly() {
        String id = make("seven unlikely gnomes").body().at("/user/id").asString();
        identity.send(
                "PATCH", V3 + "/users/" + id, master, Map.of("user", Map.of("options", Map.of("lock_password", true))));
        Answer refused = change(token("seven unlikely gnomes"), "seven unlikely gnomes", "eight unlikely ravens");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().at("/error/message").asString()).contains("locked");
    }

    private Answer make(String password) {
        return identity.send("POST", V3 + "/users", master, Map.of("user", Map.of("name", user, "password", password)));
    }

    private String token(String password) {
        return identity.token(RunningIdentity.login("alpha", user, password, "unscoped"));
    }

    private Answer change(String token, String present, String fresh) {
        return identity.send("POST", OWN, token, Map.of("password", Map.of("present", present, "fresh", fresh)));
    }
}
