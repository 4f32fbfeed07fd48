package dev.unkai.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Requests of several roles with what a reference answered them, in the order in which it was asked. */
public final class RecordedAnswers {
    private RecordedAnswers() {}

    /**
     * One request.
     *
     * @param by whose
     * @param path with {@code {name}} for ids
     * @param type of the body's media
     * @param makes the name that the id of what was made goes by from here on; empty for a request that is compared
     * @param fields each field of the answer, as {@code .network.tags[]}, with its JSON type; null where only the status is compared
     */
    public record Request(
            String by,
            String method,
            String path,
            @Nullable String body,
            String type,
            String makes,
            int status,
            @Nullable JsonNode fields) {
        static Request of(JsonNode line) {
            String[] words = line.path("ask").asString().split(" ", 3);
            return new Request(
                    words[0],
                    words[1],
                    words[2],
                    line.has("body") ? line.path("body").toString() : null,
                    line.path("type").asString("application/json"),
                    line.path("makes").asString(""),
                    line.path("status").asInt(201),
                    line.get("fields"));
        }

        /** What differs from the reference, each as a sentence; {@code beside} names fields that may be shown beside its own. */
        public List<String> faults(int answered, String text, Set<String> beside) {
            String asked = by + " " + method + " " + path + (body == null ? "" : " " + body);
            if (answered != status) {
                return List.of(answered + " instead of " + status + ": " + asked);
            }
            JsonNode expected = fields;
            if (expected == null) {
                return List.of();
            }
            List<String> faults = new ArrayList<>();
            Map<String, String> found = new TreeMap<>();
            shape("", RunningCloud.JSON.readTree(text), found);
            expected.properties().forEach(field -> {
                String type = found.get(field.getKey());
                String wanted = field.getValue().asString();
                if (type == null && isIn(field.getKey(), found.get(parent(field.getKey())))) {
                    faults.add(field.getKey() + " is missing: " + asked);
                } else if (type != null && !type.equals(wanted) && !type.equals("NULL") && !wanted.equals("NULL")) {
                    faults.add(field.getKey() + " is " + type + " instead of " + wanted + ": " + asked);
                }
            });
            found.keySet().stream()
                    .filter(field -> !expected.has(field)
                            && !beside.contains(field.substring(field.lastIndexOf('.') + 1))
                            && isIn(field, expected.path(parent(field)).asString("")))
                    .forEach(field -> faults.add(field + " is shown: " + asked));
            return faults;
        }
    }

    /** @param file on the class path */
    public static List<Request> read(String file) {
        try (InputStream stream = RecordedAnswers.class.getResourceAsStream(file)) {
            List<Request> requests = new ArrayList<>();
            RunningCloud.JSON
                    .readTree(Objects.requireNonNull(stream, file))
                    .path("requests")
                    .forEach(line -> requests.add(Request.of(line)));
            return requests;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the one side would have the field, too: a list may be empty there, and an object null. */
    private static boolean isIn(String field, @Nullable String parentType) {
        return !field.endsWith("[]") && (parent(field).isEmpty() || "OBJECT".equals(parentType));
    }

    private static String parent(String field) {
        return field.endsWith("[]")
                ? field.substring(0, field.length() - 2)
                : field.substring(0, field.lastIndexOf('.'));
    }

    private static void shape(String path, JsonNode value, Map<String, String> into) {
        if (!path.isEmpty()) {
            into.put(path, value.getNodeType().name());
        }
        if (value.isObject()) {
            value.properties().forEach(field -> shape(path + "." + field.getKey(), field.getValue(), into));
        } else if (value.isArray()) {
            value.forEach(one -> shape(path + "[]", one, into));
        }
    }
}
