package dev.unkai.base.openapi;

import static java.util.Objects.requireNonNull;

import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.RecordSchemas.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The description of an API (OpenAPI 3.1), made from the handlers that there are, their records and their comments. What a handler only hands on to another process
 * is described as that process describes it.
 */
public final class ApiDescription {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    private final String inner;
    private final String outer;
    private final JsonNode behind;
    private final SourceComments comments = new SourceComments();
    private final RecordSchemas schemas = new RecordSchemas(comments);
    private final TreeMap<String, TreeMap<String, ObjectNode>> paths = new TreeMap<>();
    private final TreeMap<String, String> tags = new TreeMap<>();
    private final Map<String, String> operations = new TreeMap<>();
    private final Set<String> own = new TreeSet<>();

    /**
     * @param inner what the addresses of the handlers begin with
     * @param outer what they begin with for who calls them
     * @param behind the description of the process that some of them hand on to; else an empty object
     */
    public ApiDescription(String inner, String outer, JsonNode behind) {
        this.inner = inner;
        this.outer = outer;
        this.behind = behind;
    }

    /**
     * Of all controllers of a process.
     *
     * @param classes where its compiled classes are
     * @param shown which addresses are described, as who calls them knows them
     * @param more records that others of its handlers answer
     */
    public ObjectNode of(Path classes, Predicate<String> shown, Class<?>... more) throws IOException {
        List<Handler> handlers = new ArrayList<>();
        for (Class<?> controller : controllers(classes)) {
            Handler.of(controller, inner).stream()
                    .filter(handler -> shown.test(shown(handler)))
                    .forEach(handlers::add);
        }
        // What is answered names the records; what is sent may differ from it.
        handlers.forEach(handler -> handler.answer(schemas, found(handler)));
        for (Class<?> type : more) {
            schemas.record(type, Way.ANSWERED);
        }
        handlers.stream()
                .filter(handler -> !handler.isHandedOn())
                .map(Handler::name)
                .forEach(own::add);
        handlers.forEach(this::add);
        return document();
    }

    private static List<Class<?>> controllers(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            List<Class<?>> found = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith(".class"))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList()) {
                String name = classes.relativize(file).toString().replace('/', '.');
                if (!name.contains("$") && !name.endsWith("-info.class")) {
                    Class<?> type = load(name.substring(0, name.length() - ".class".length()));
                    if (Spring.isController(type)) {
                        found.add(type);
                    }
                }
            }
            return found;
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ApiDescription.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private String shown(Handler handler) {
        return outer + handler.path().substring(inner.length());
    }

    /** How the process behind describes the same address; missing where it is none of its own. */
    private JsonNode found(Handler handler) {
        String wanted = nameless(shown(handler));
        for (Map.Entry<String, JsonNode> path : behind.path("paths").properties()) {
            if (nameless(path.getKey()).equals(wanted)) {
                return path.getValue().path(handler.verb());
            }
        }
        return JSON.missingNode();
    }

    private static String nameless(String path) {
        return path.replaceAll("\\{[^}]*}", "{}");
    }

    private void add(Handler handler) {
        JsonNode other = found(handler);
        SourceComments.Comment comment =
                comments.of(handler.controller(), handler.method().getName());
        String path = shown(handler);
        ObjectNode operation = JSON.createObjectNode();
        String tag = path.substring(outer.length() + 1).split("[/.]")[0];
        tags.merge(
                tag, comments.of(handler.controller()).text(), (one, two) -> one.contains(two) ? one : one + " " + two);
        operation.putArray("tags").add(tag);
        String id = handler.isHandedOn()
                ? handedOnName(handler, other.path("operationId").asString())
                : handler.name();
        operation.put("operationId", id);
        words(operation, comment, other);
        operation.put("x-unkai-action", handler.action());
        List<ObjectNode> parameters = handler.parameters(schemas, comment);
        if (handler.isHandedOn()) {
            parameters.addAll(handedOn(other, path));
        }
        if (!parameters.isEmpty()) {
            operation.putArray("parameters").addAll(parameters);
        }
        ObjectNode body = handler.body(schemas);
        if (body != null) {
            operation.set("requestBody", body);
        } else if (handler.isHandedOn() && other.has("requestBody")) {
            operation.set("requestBody", other.get("requestBody"));
        }
        ObjectNode responses = handler.answer(schemas, other);
        responses.putObject("4XX").put("$ref", "#/components/responses/Refused");
        responses.putObject("5XX").put("$ref", "#/components/responses/Failed");
        operation.set("responses", responses);
        if (handler.action().equals(Allow.PUBLIC)) {
            operation.putArray("security");
        }
        String before = operations.put(id, handler.verb() + " " + path);
        if (before != null) {
            throw new IllegalStateException(before + " and " + handler.verb() + " " + path + " are both called " + id);
        }
        requireNonNull(paths.computeIfAbsent(path, _ -> new TreeMap<>(Comparator.comparing(METHODS::indexOf))))
                .put(handler.verb(), operation);
    }

    /** As the process behind calls it, unless a handler here is called that: mails of the service, and mails of identity. */
    private String handedOnName(Handler handler, String name) {
        if (!own.contains(name)) {
            return name;
        }
        String stem = RecordSchemas.stem(handler.controller());
        for (int at = 0; at < stem.length(); at++) {
            String end = Handler.small(stem.substring(at));
            if (name.startsWith(end)) {
                return Handler.small(stem) + name.substring(end.length());
            }
        }
        throw new IllegalStateException(handler + " and another are both called " + name);
    }

    private static void words(ObjectNode operation, SourceComments.Comment comment, JsonNode other) {
        if (comment.text().isEmpty()) {
            if (other.has("summary")) {
                operation.set("summary", other.get("summary"));
            }
            if (other.has("description")) {
                operation.set("description", other.get("description"));
            }
            return;
        }
        if (!comment.summary().isEmpty()) {
            operation.put("summary", comment.summary());
        }
        operation.put("description", comment.text());
    }

    /** Its parameters under the names that the address has here. */
    private static List<ObjectNode> handedOn(JsonNode other, String path) {
        List<ObjectNode> parameters = new ArrayList<>();
        List<String> names = Stream.of(path.split("/"))
                .filter(part -> part.startsWith("{"))
                .map(part -> part.substring(1, part.length() - 1))
                .toList();
        int at = 0;
        for (JsonNode each : other.path("parameters")) {
            ObjectNode parameter = ((ObjectNode) each).deepCopy();
            if (parameter.path("in").asString().equals("path")) {
                parameter.put("name", names.get(at++));
            }
            parameters.add(parameter);
        }
        return parameters;
    }

    private ObjectNode document() {
        ObjectNode document = JSON.createObjectNode();
        document.put("openapi", "3.1.0");
        ObjectNode all = document.putObject("paths");
        paths.forEach((path, verbs) -> all.set(path, JSON.createObjectNode().setAll(verbs)));
        TreeMap<String, JsonNode> records = new TreeMap<>(schemas.named());
        behind.path("components").path("schemas").properties().forEach(each -> {
            JsonNode own = records.put(each.getKey(), each.getValue());
            if (own != null && !own.equals(each.getValue())) {
                throw new IllegalStateException(
                        "Two processes have different records that are called " + each.getKey());
            }
        });
        ObjectNode components = document.putObject("components");
        components.set("schemas", JSON.createObjectNode().setAll(records));
        var listed = document.putArray("tags");
        tags.forEach((name, text) -> {
            ObjectNode tag = listed.addObject().put("name", name);
            if (!text.isEmpty()) {
                tag.put("description", text);
            }
        });
        return document;
    }
}
