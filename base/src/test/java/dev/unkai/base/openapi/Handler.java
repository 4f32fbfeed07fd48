package dev.unkai.base.openapi;

import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.RecordSchemas.Way;
import dev.unkai.base.openapi.SourceComments.Comment;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A handler under one verb and address.
 *
 * @param verb in small letters
 */
record Handler(Class<?> controller, Method method, String verb, String path) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ANSWER = "jakarta.servlet.http.HttpServletResponse";

    /** Those of the controller whose addresses begin so. */
    static List<Handler> of(Class<?> controller, String start) {
        List<Handler> handlers = new ArrayList<>();
        for (Method method : controller.getDeclaredMethods()) {
            for (String verb : Spring.verbs(method)) {
                for (String base : Spring.paths(controller)) {
                    for (String rest : Spring.paths(method)) {
                        if ((base + rest).startsWith(start + "/")) {
                            handlers.add(new Handler(controller, method, verb, base + rest));
                        }
                    }
                }
            }
        }
        handlers.sort(Comparator.comparing(Handler::path).thenComparing(Handler::verb));
        return handlers;
    }

    String action() {
        return method.getAnnotation(Allow.class).value();
    }

    String name() {
        String stem = RecordSchemas.stem(controller);
        String own = method.getName();
        return small(stem) + Character.toUpperCase(own.charAt(0)) + own.substring(1);
    }

    static String small(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** Whether it answers what another process has written. */
    boolean isHandedOn() {
        return method.getAnnotation(Shape.class) == null && answered().getType() == byte[].class;
    }

    private AnnotatedType answered() {
        AnnotatedType type = method.getAnnotatedReturnType();
        boolean wrapped = type.getType().getTypeName().startsWith("org.springframework.http.ResponseEntity<");
        return wrapped ? ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[0] : type;
    }

    /** @param other how the process behind describes it; asked where the handler only hands its answer on */
    ObjectNode answer(RecordSchemas schemas, JsonNode other) {
        ObjectNode responses = JSON.createObjectNode();
        if (isHandedOn()) {
            if (!other.isObject()) {
                throw new IllegalStateException("Say by @Shape what " + this + " answers: nobody behind it does.");
            }
            other.path("responses").properties().forEach(each -> responses.set(each.getKey(), each.getValue()));
            return responses;
        }
        Shape shape = method.getAnnotation(Shape.class);
        int[] statuses =
                shape == null || shape.status().length == 0 ? new int[] {Spring.status(method)} : shape.status();
        for (int status : statuses) {
            ObjectNode response = responses.putObject(String.valueOf(status));
            response.put("description", "Done.");
            if (status != 204) {
                content(schemas).ifPresent(content -> response.set("content", content));
            }
        }
        return responses;
    }

    private Optional<ObjectNode> content(RecordSchemas schemas) {
        Shape shape = method.getAnnotation(Shape.class);
        List<String> types = new ArrayList<>(shape == null ? List.of() : List.of(shape.type()));
        types.addAll(Spring.produced(method));
        ObjectNode content = JSON.createObjectNode();
        if (!types.isEmpty()) {
            types.forEach(type -> content.putObject(type).putObject("schema"));
            return Optional.of(content);
        }
        AnnotatedType type = answered();
        if (type.getType() == void.class || type.getType() == Void.class) {
            if (shape == null
                    && Arrays.stream(method.getParameterTypes())
                            .anyMatch(each -> each.getName().equals(ANSWER))) {
                throw new IllegalStateException("Say by @Shape of which type the answer of " + this + " is.");
            }
            return Optional.empty();
        }
        content.putObject("application/json").set("schema", schemas.of(type, method, Way.ANSWERED));
        return Optional.of(content);
    }

    List<ObjectNode> parameters(RecordSchemas schemas, Comment comment) {
        List<ObjectNode> all = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            Spring.find(parameter, "PathVariable")
                    .ifPresent(_ -> all.add(described(schemas, parameter, "path", parameter.getName(), comment)
                            .put("required", true)));
            Spring.find(parameter, "RequestParam")
                    .ifPresent(found -> all.add(given(schemas, parameter, found, "query", comment)));
            Spring.find(parameter, "RequestHeader")
                    .ifPresent(found -> all.add(given(schemas, parameter, found, "header", comment)));
            if (Spring.has(parameter, "ModelAttribute")) {
                all.addAll(schemas.asParameters(parameter.getType()));
            }
        }
        return all;
    }

    private static ObjectNode given(
            RecordSchemas schemas, Parameter parameter, MergedAnnotation<?> found, String in, Comment comment) {
        String name = found.getString("name").isEmpty() ? parameter.getName() : found.getString("name");
        ObjectNode described = described(schemas, parameter, in, name, comment);
        Optional<String> standard = Spring.standard(found);
        standard.ifPresent(value -> ((ObjectNode) described.get("schema"))
                .set(
                        "default",
                        value.matches("\\d+|true|false")
                                ? JSON.readTree(value)
                                : JSON.getNodeFactory().stringNode(value)));
        return found.getBoolean("required") && standard.isEmpty() ? described.put("required", true) : described;
    }

    private static ObjectNode described(
            RecordSchemas schemas, Parameter parameter, String in, String name, Comment comment) {
        ObjectNode described = JSON.createObjectNode().put("name", name).put("in", in);
        String about = comment.of(parameter.getName());
        if (!about.isEmpty()) {
            described.put("description", about);
        }
        described.set(
                "schema", RecordSchemas.withoutNull(schemas.of(parameter.getAnnotatedType(), parameter, Way.SENT)));
        return described;
    }

    private static ObjectNode anything() {
        return JSON.createObjectNode().put("type", "object").put("additionalProperties", true);
    }

    /** Null where nothing is sent. */
    @Nullable
    ObjectNode body(RecordSchemas schemas) {
        for (Parameter parameter : method.getParameters()) {
            Optional<MergedAnnotation<?>> read = Spring.find(parameter, "RequestBody");
            Shape shape = parameter.getAnnotation(Shape.class);
            if (read.isPresent() || shape != null) {
                ObjectNode body = JSON.createObjectNode();
                if (read.isEmpty() || read.get().getBoolean("required")) {
                    body.put("required", true);
                }
                ObjectNode content = body.putObject("content");
                List<String> types =
                        shape == null || shape.type().length == 0 ? List.of("application/json") : List.of(shape.type());
                ObjectNode schema =
                        RecordSchemas.withoutNull(schemas.of(parameter.getAnnotatedType(), parameter, Way.SENT));
                for (String type : types) {
                    // Read as a text by the handler, for it comes in several forms.
                    boolean textual = type.equals("application/json")
                            && schema.path("type").asString("").equals("string");
                    content.putObject(type).set("schema", textual ? anything() : schema);
                }
                return body;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return controller.getSimpleName() + "." + method.getName();
    }
}
