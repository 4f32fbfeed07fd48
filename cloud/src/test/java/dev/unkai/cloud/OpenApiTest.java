package dev.unkai.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.openapi.ApiDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code openapi.json}, which the service shows, describes the service API as the code has it. */
class OpenApiTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path FILE = Path.of("src", "main", "resources", "openapi.json");
    private static final Path BEHIND = Path.of("..", "identity", "openapi.json");
    private static final String RENEWAL =
            "mvn -pl identity,cloud -am test -Dtest=ServicePartTest,OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dunkai.renew=yes";

    @Test
    void theDescriptionIsThatOfTheCode() throws IOException {
        String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(described()) + "\n";
        if (System.getProperty("unkai.renew") != null) {
            Files.writeString(FILE, text);
        }

        assertThat(Files.exists(FILE) ? Files.readString(FILE) : "")
                .as("cloud/src/main/resources/openapi.json is out of date; renew it by: " + RENEWAL)
                .isEqualTo(text);
    }

    @Test
    void nothingIsLeftOpenButWhatBrowsersSay() throws IOException {
        List<String> open = new ArrayList<>();
        open("", described().path("components").path("schemas"), open);
        described().path("paths").properties().forEach(path -> open(path.getKey(), path.getValue(), open));

        assertThat(open).allMatch(path -> path.endsWith("clientExtensionResults/additionalProperties"));
    }

    /** Schemas that say nothing. */
    private static void open(String path, JsonNode node, List<String> found) {
        if (node.isObject()
                && node.isEmpty()
                && !path.matches(
                        ".*content/(text|application)/(csv|pdf|jsonl|x-tar|event-stream|x-pem-file)/schema|.*/openapi.json/.*|.*/export/get/.*")) {
            found.add(path);
        }
        node.properties().forEach(each -> open(path + "/" + each.getKey(), each.getValue(), found));
    }

    private static ObjectNode described() throws IOException {
        JsonNode behind = JSON.readTree(Files.readString(BEHIND));
        ObjectNode made =
                new ApiDescription("/service/v1", "/service/v1", behind).of(Path.of("target", "classes"), _ -> true);
        ObjectNode frame;
        try (var in = OpenApiTest.class.getResourceAsStream("/openapi-frame.json")) {
            frame = (ObjectNode) JSON.readTree(in);
        }
        ObjectNode whole = JSON.createObjectNode();
        for (String part : List.of("openapi", "info", "servers", "security", "tags", "paths", "components")) {
            whole.set(part, frame.has(part) ? frame.get(part) : made.get(part));
        }
        ObjectNode schemas = (ObjectNode) made.path("components").path("schemas");
        schemas.setAll((ObjectNode) frame.path("components").path("schemas"));
        ObjectNode used = JSON.createObjectNode();
        for (String name : used(whole, schemas)) {
            used.set(name, schemas.get(name));
        }
        ((ObjectNode) whole.path("components")).set("schemas", used);
        return whole;
    }

    private static Set<String> used(ObjectNode whole, ObjectNode schemas) {
        Set<String> used = new TreeSet<>();
        Deque<JsonNode> open = new ArrayDeque<>(
                List.of(whole.path("paths"), whole.path("components").path("responses")));
        while (!open.isEmpty()) {
            for (JsonNode reference : open.pop().findValues("$ref")) {
                String name =
                        reference.asString().substring(reference.asString().lastIndexOf('/') + 1);
                if (reference.asString().startsWith("#/components/schemas/") && used.add(name)) {
                    assertThat(schemas.has(name))
                            .as("a schema is called " + name)
                            .isTrue();
                    open.push(schemas.get(name));
                }
            }
        }
        return used;
    }
}
