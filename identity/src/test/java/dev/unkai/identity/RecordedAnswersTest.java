package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * One operator's and one customer's requests, from making a domain to deleting it, were told to the reference (keystone 22), and its answers were recorded: status,
 * and the fields of the body with their types. The same requests have the same answers here; fields beside are no harm.
 */
class RecordedAnswersTest {
    private static final String V3 = "/identity/v3";
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    /** What the reference answers when it fails itself; the request is made here all the same, as later ones count on it. */
    private static final int FAILED = 500;

    private final RunningIdentity identity = RunningIdentity.shared();
    private final Map<String, String> known = new HashMap<>(Map.of(
            "X",
            "0".repeat(32),
            "operator",
            "operator",
            "secret",
            "Default-operator-secret",
            "place",
            "operator",
            "home",
            "Default"));

    @Test
    void everyRequestIsAnsweredAsTheReferenceDoes() throws IOException {
        JsonNode record = record();
        JsonNode apart = record.path("apart");
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (JsonNode step : record.path("steps")) {
            String name = step.path("name").asString();
            Answer answer = send(step);
            keep(step.path("save"), answer);
            if (step.path("status").asInt() == FAILED || apart.has(name)) {
                continue;
            }
            compared++;
            if (answer.status() != step.path("status").asInt()) {
                differences.add(name + ": " + step.path("status") + " became " + answer.status() + " "
                        + answer.raw().body());
            } else {
                compare(name, step.path("shape"), answer.body(), differences);
            }
        }

        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(200);
    }

    private Answer send(JsonNode step) {
        JsonNode body = step.path("body");
        JsonNode raw = step.path("raw");
        Map<String, String> headers = new HashMap<>();
        step.path("headers")
                .properties()
                .forEach(header ->
                        headers.put(header.getKey(), filled(header.getValue().asString())));
        return identity.send(
                identity.anybody(),
                step.path("method").asString(),
                V3 + filled(step.path("path").asString()),
                step.path("token").isNull()
                        ? null
                        : known.get(step.path("token").asString()),
                raw.isString() ? raw.asString() : body.isNull() ? null : filled(body.toString()),
                headers);
    }

    private void keep(JsonNode wanted, Answer answer) {
        if (answer.status() < 300) {
            wanted.properties().forEach(one -> {
                String from = one.getValue().asString();
                known.put(
                        one.getKey(),
                        from.equals("token")
                                ? answer.header("X-Subject-Token")
                                : answer.body().at("/" + from.replace('.', '/')).asString());
            });
        }
    }

    private String filled(String text) {
        return PLACE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(known.getOrDefault(found.group(1), found.group())));
    }

    /** What the reference has null or empty may be anything here, and the other way round. */
    private static void compare(String where, JsonNode shape, @Nullable JsonNode found, List<String> differences) {
        if (found == null) {
            differences.add(where + " is missing");
        } else if (shape.isObject() && found.isObject()) {
            shape.properties()
                    .forEach(one ->
                            compare(where + "." + one.getKey(), one.getValue(), found.get(one.getKey()), differences));
        } else if (shape.isArray() && found.isArray()) {
            if (!shape.isEmpty() && !found.isEmpty()) {
                differences.addAll(nearest(where, shape.get(0), found));
            }
        } else if (!found.isNull()
                && !shape.asString("").equals("null")
                && !type(found).equals(type(shape, found))) {
            differences.add(where + ": " + shape + " became " + found);
        }
    }

    /** Which of a list's things stands first is no part of the answer: what keeps the likest of them from the shape. */
    private static List<String> nearest(String where, JsonNode shape, JsonNode found) {
        return found.values().stream()
                .map(one -> {
                    List<String> differences = new ArrayList<>();
                    compare(where, shape, one, differences);
                    return differences;
                })
                .min(Comparator.comparingInt(List::size))
                .orElseThrow();
    }

    private static String type(JsonNode shape, JsonNode found) {
        return shape.isString() ? shape.asString() : shape.isObject() || shape.isArray() ? "structure" : type(found);
    }

    private static String type(JsonNode value) {
        if (value.isObject() || value.isArray()) {
            return "structure";
        }
        return value.isBoolean() ? "bool" : value.isNumber() ? "int" : "str";
    }

    private static JsonNode record() throws IOException {
        try (InputStream in = Objects.requireNonNull(RecordedAnswersTest.class.getResourceAsStream("/answers.json"))) {
            return RunningIdentity.JSON.readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
