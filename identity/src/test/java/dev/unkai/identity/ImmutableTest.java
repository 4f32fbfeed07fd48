package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The option {@code immutable}, as keystone's {@code resource_options/options/immutable.py} has it. */
class ImmutableTest {
    private static final String V3 = "/identity/v3";

    private final RunningIdentity identity = RunningIdentity.shared();
    private String operator = "";

    @BeforeEach
    void logIn() {
        operator = identity.token("Default", "operator");
    }

    @ParameterizedTest
    @ValueSource(strings = {"role", "project", "domain"})
    void staysAsItIsUntilTheOptionAloneIsTakenAway(String kind) {
        String path = make(kind, true);

        assertThat(identity.get(path, operator)
                        .body()
                        .at("/" + kind + "/options/immutable")
                        .booleanValue())
                .isTrue();
        refused(change(path, kind, Map.of("description", "other")), "update");
        refused(change(path, kind, Map.of("options", Map.of())), "update");
        refused(change(path, kind, Map.of("options", Map.of("immutable", true))), "update");
        refused(change(path, kind, Map.of("options", Map.of("immutable", false), "description", "other")), "update");
        refused(identity.delete(path, operator), "delete");

        Answer unlocked = change(path, kind, Map.of("options", Map.of("immutable", false)));
        assertThat(unlocked.status()).isEqualTo(200);
        assertThat(unlocked.body().at("/" + kind + "/options").toString()).isEqualTo("{\"immutable\":false}");
        assertThat(change(path, kind, Map.of("description", "other", "enabled", false))
                        .status())
                .isEqualTo(200);
        assertThat(identity.delete(path, operator).status()).isEqualTo(204);
    }

    @Test
    void nullTakesTheOptionAwayAndOtherOptionsAreRefused() {
        String path = make("project", true);

        Map<String, Object> gone = new LinkedHashMap<>();
        gone.put("immutable", null);
        Answer unlocked = change(path, "project", Map.of("options", gone));
        assertThat(unlocked.status()).isEqualTo(200);
        assertThat(unlocked.body().at("/project/options").toString()).isEqualTo("{}");
        assertThat(change(path, "project", Map.of("options", Map.of("colour", true)))
                        .status())
                .isEqualTo(400);
        assertThat(change(path, "project", Map.of("options", Map.of("immutable", "yes")))
                        .status())
                .isEqualTo(400);
        assertThat(identity.delete(path, operator).status()).isEqualTo(204);
    }

    @Test
    void tagsOfAnImmutableProjectStay() {
        String path = make("project", true);

        refused(identity.send("PUT", path + "/tags", operator, Map.of("tags", List.of("blue"))), "update");
        refused(identity.send("PUT", path + "/tags/blue", operator, null), "update");
        assertThat(identity.get(path, operator).body().at("/project/tags")).isEmpty();
    }

    @Test
    void theServicesOwnRolesAreImmutableAndStaySo() {
        String role = V3 + "/roles/"
                + identity.get(V3 + "/roles?name=reader", operator)
                        .body()
                        .at("/roles/0/id")
                        .asString();

        assertThat(change(role, "role", Map.of("options", Map.of("immutable", false)))
                        .status())
                .isEqualTo(403);
        assertThat(identity.delete(role, operator).status()).isEqualTo(403);
        assertThat(identity.get(role, operator)
                        .body()
                        .at("/role/options/immutable")
                        .booleanValue())
                .isTrue();
    }

    private String make(String kind, boolean immutable) {
        String collection = V3 + "/" + kind + "s";
        Answer made = identity.send(
                "POST",
                collection,
                operator,
                Map.of(
                        kind,
                        Map.of(
                                "name",
                                "immutable-" + kind + "-" + System.nanoTime(),
                                "options",
                                Map.of("immutable", immutable))));
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        return collection + "/" + made.body().at("/" + kind + "/id").asString();
    }

    private Answer change(String path, String kind, Map<String, ?> fields) {
        return identity.send("PATCH", path, operator, Map.of(kind, fields));
    }

    private static void refused(Answer answer, String what) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body().at("/error/message").asString())
                .startsWith("Unable to " + what + " immutable ")
                .endsWith("Set resource option \"immutable\" to false first.");
    }
}
