package dev.unkai.base.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.unkai.base.openapi.SourceComments.Comment;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON schemas (2020-12) of records, as the service's mapper reads and writes them: what may be null, what may be missing, and which words there are. */
final class RecordSchemas {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<Class<?>, List<String>> PLAIN = Map.ofEntries(
            Map.entry(String.class, List.of("string")),
            Map.entry(UUID.class, List.of("string", "uuid")),
            Map.entry(Instant.class, List.of("string", "date-time")),
            Map.entry(boolean.class, List.of("boolean")),
            Map.entry(Boolean.class, List.of("boolean")),
            Map.entry(int.class, List.of("integer", "int32")),
            Map.entry(Integer.class, List.of("integer", "int32")),
            Map.entry(long.class, List.of("integer", "int64")),
            Map.entry(Long.class, List.of("integer", "int64")),
            Map.entry(double.class, List.of("number", "double")),
            Map.entry(Double.class, List.of("number", "double")));

    /** Which way a record goes: what may be missing differs. */
    enum Way {
        ANSWERED,
        SENT
    }

    private final SourceComments comments;
    private final TreeMap<String, ObjectNode> named = new TreeMap<>();

    RecordSchemas(SourceComments comments) {
        this.comments = comments;
    }

    /** By their names, all that have been asked for. */
    Map<String, ObjectNode> named() {
        return named;
    }

    /** @param about what is of the type, with its annotations: a method, a parameter or a component */
    ObjectNode of(AnnotatedType type, AnnotatedElement about, Way way) {
        Shape shape = about.getAnnotation(Shape.class);
        if (shape != null && shape.list()) {
            ObjectNode array = JSON.createObjectNode().put("type", "array");
            array.set("items", shape.value().isRecord() ? record(shape.value(), way) : of(shape.value(), about));
            return array;
        }
        ObjectNode plain;
        if (shape != null && !shape.name().isEmpty()) {
            plain = reference(shape.name());
        } else if (shape != null && shape.value() != Shape.AsDeclared.class) {
            plain = shape.value().isRecord() ? record(shape.value(), way) : of(shape.value(), about);
        } else {
            plain = of(type, about.getAnnotation(OneOf.class), way, about);
        }
        return type.isAnnotationPresent(Nullable.class) ? orNull(plain) : plain;
    }

    private ObjectNode of(AnnotatedType type, @Nullable OneOf words, Way way, Object about) {
        Class<?> raw = raw(type);
        if (Collection.class.isAssignableFrom(raw)) {
            ObjectNode array = JSON.createObjectNode().put("type", "array");
            array.set("items", item(type, 0, words, way, about));
            return array;
        }
        if (Map.class.isAssignableFrom(raw)) {
            ObjectNode object = JSON.createObjectNode().put("type", "object");
            object.set("additionalProperties", item(type, 1, words, way, about));
            return object;
        }
        if (words != null) {
            return words(words.of() == OneOf.None.class ? Arrays.stream(words.value()) : ownWords(words.of()));
        }
        if (raw.isRecord()) {
            return record(raw, way);
        }
        return of(raw, about);
    }

    private static ObjectNode of(Class<?> raw, Object about) {
        if (raw == byte[].class) {
            return JSON.createObjectNode().put("type", "string").put("contentEncoding", "base64");
        }
        if (raw == JsonNode.class || raw == Object.class) {
            return JSON.createObjectNode();
        }
        if (raw.isEnum()) {
            return words(Arrays.stream(raw.getEnumConstants()).map(RecordSchemas::written));
        }
        List<String> plain = PLAIN.get(raw);
        if (plain == null) {
            throw new IllegalStateException(
                    "Say by @Shape what " + about + " holds: its type " + raw.getName() + " does not.");
        }
        ObjectNode schema = JSON.createObjectNode().put("type", plain.getFirst());
        if (plain.size() > 1) {
            schema.put("format", plain.getLast());
        }
        return schema;
    }

    private ObjectNode item(AnnotatedType type, int which, @Nullable OneOf words, Way way, Object about) {
        if (!(type instanceof AnnotatedParameterizedType generic)) {
            throw new IllegalStateException("What is in " + about + "? Its type does not say it.");
        }
        AnnotatedType item = generic.getAnnotatedActualTypeArguments()[which];
        ObjectNode schema = of(item, words, way, about);
        return way == Way.ANSWERED && item.isAnnotationPresent(Nullable.class) ? orNull(schema) : schema;
    }

    private static Class<?> raw(AnnotatedType type) {
        return switch (type.getType()) {
            case Class<?> plain -> plain;
            case java.lang.reflect.ParameterizedType generic -> (Class<?>) generic.getRawType();
            default -> Object.class;
        };
    }

    static ObjectNode reference(String name) {
        return JSON.createObjectNode().put("$ref", "#/components/schemas/" + name);
    }

    private static ObjectNode orNull(ObjectNode schema) {
        if (schema.path("type").isString() && !schema.has("enum")) {
            schema.set("type", JSON.createArrayNode().add(schema.path("type")).add("null"));
            return schema;
        }
        ObjectNode either = JSON.createObjectNode();
        either.set(
                "anyOf",
                JSON.createArrayNode().add(schema).add(JSON.createObjectNode().put("type", "null")));
        return either;
    }

    private static ObjectNode words(Stream<String> words) {
        ObjectNode schema = JSON.createObjectNode().put("type", "string");
        ArrayNode all = schema.putArray("enum");
        words.forEach(all::add);
        return schema;
    }

    /** As the mapper writes a constant. */
    private static String written(Object constant) {
        for (Method method : constant.getClass().getMethods()) {
            if (method.isAnnotationPresent(JsonValue.class)) {
                return said(method, constant);
            }
        }
        return ((Enum<?>) constant).name();
    }

    private static Stream<String> ownWords(Class<? extends Enum<?>> type) {
        Optional<Method> way = Stream.of("wireName", "word")
                .flatMap(name -> Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> method.getName().equals(name) && method.getParameterCount() == 0))
                .findFirst();
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> way.map(method -> said(method, constant))
                        .orElseGet(() -> constant.name().toLowerCase(java.util.Locale.ROOT)));
    }

    private static String said(Method method, Object constant) {
        try {
            method.setAccessible(true);
            return (String) method.invoke(constant);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A reference to the record's schema, which is made when it is first asked for. What is answered comes before what is sent. */
    ObjectNode record(Class<?> type, Way way) {
        String name = nameOf(type);
        ObjectNode placed = named.get(name);
        if (placed == null) {
            named.put(name, JSON.createObjectNode()); // a record may hold itself
            named.put(name, object(type, way));
            return reference(name);
        }
        ObjectNode fresh = object(type, way);
        if (!fresh.equals(placed) && !placed.isEmpty()) {
            if (way == Way.ANSWERED) {
                throw new IllegalStateException("Two records are called " + name + ", one of them " + type.getName()
                        + ": give one another name by @Shape(name = …).");
            }
            name += "Sent";
            named.put(name, fresh);
        }
        return reference(name);
    }

    private ObjectNode object(Class<?> type, Way way) {
        JsonInclude include = type.getAnnotation(JsonInclude.class);
        boolean nullsLeftOut = include != null && include.value() == JsonInclude.Include.NON_NULL;
        Comment comment = comments.of(type);
        ObjectNode schema = JSON.createObjectNode().put("type", "object");
        if (!comment.text().isEmpty()) {
            schema.put("description", comment.text());
        }
        ObjectNode properties = JSON.createObjectNode();
        ArrayNode required = JSON.createArrayNode();
        ArrayNode whole = JSON.createArrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                whole.add(of(component.getAnnotatedType(), component, way));
                continue;
            }
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            boolean needed = component.isAnnotationPresent(Needed.class);
            ObjectNode property = of(component.getAnnotatedType(), component, way);
            if (nullable && (needed || way == Way.ANSWERED && nullsLeftOut)) {
                property = withoutNull(property);
            }
            String about = comment.of(component.getName());
            if (!about.isEmpty()) {
                property.put("description", about);
            }
            JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
            String name = renamed == null ? component.getName() : renamed.value();
            properties.set(name, property);
            if (!nullable || needed || way == Way.ANSWERED && !nullsLeftOut) {
                required.add(name);
            }
        }
        schema.set("properties", properties);
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        if (whole.isEmpty()) {
            return schema;
        }
        ObjectNode both = JSON.createObjectNode();
        both.set("allOf", whole.add(schema));
        return both;
    }

    static ObjectNode withoutNull(ObjectNode schema) {
        JsonNode either = schema.path("anyOf");
        if (either.size() == 2) {
            return (ObjectNode) either.get(0);
        }
        if (schema.path("type").isArray()) {
            schema.set("type", schema.path("type").get(0));
        }
        return schema;
    }

    /** The components of a record that is read from the query. */
    List<ObjectNode> asParameters(Class<?> type) {
        Comment comment = comments.of(type);
        return Arrays.stream(type.getRecordComponents())
                .map(component -> {
                    ObjectNode parameter = JSON.createObjectNode()
                            .put("name", component.getName())
                            .put("in", "query");
                    String about = comment.of(component.getName());
                    if (!about.isEmpty()) {
                        parameter.put("description", about);
                    }
                    parameter.set("schema", withoutNull(of(component.getAnnotatedType(), component, Way.SENT)));
                    return parameter;
                })
                .toList();
    }

    /** A nested record is called after what it stands in, unless its name says that already. */
    private static String nameOf(Class<?> type) {
        Shape given = type.getAnnotation(Shape.class);
        if (given != null) {
            return given.name();
        }
        String own = stem(type);
        if (type.getEnclosingClass() == null) {
            return own;
        }
        Shape around = type.getEnclosingClass().getAnnotation(Shape.class);
        String outer = around == null ? stem(type.getEnclosingClass()) : around.name();
        return own.contains(outer) ? own : outer.endsWith(own) ? outer : outer + own;
    }

    /** The name of a class without its place in the code: {@code HostsController} and {@code HostView} are both {@code Host}. */
    static String stem(Class<?> type) {
        String name = type.getSimpleName();
        return name.endsWith("Controller")
                ? name.substring(0, name.length() - "Controller".length()).replaceAll("(?<=[^s])s$", "")
                : name.replaceAll("View$", "");
    }
}
