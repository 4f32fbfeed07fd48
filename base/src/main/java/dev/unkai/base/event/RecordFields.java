package dev.unkai.base.event;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields of a domain record as text, by name; records inside are taken apart, and so are maps. */
final class RecordFields {
    /** Characters of a value that an event shows; what is longer is cut and says so. */
    private static final int LONGEST = 2_000;
    /** Of one thing, so that an event stays far below what the ledger takes. */
    private static final int MOST_ENTRIES = 200;

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final List<Class<?>> PLAIN = List.of(
            CharSequence.class,
            Number.class,
            Boolean.class,
            Enum.class,
            UUID.class,
            Temporal.class,
            Duration.class,
            DayOfWeek.class,
            ZoneId.class,
            InetAddress.class,
            URI.class);

    /** Stand for the whole thing already, or would be read by nobody where it is one of a list. */
    private static final List<String> WHOSE = List.of("id", "project");

    private RecordFields() {}

    /** @param value null: there is none */
    record Field(@Nullable Object value, boolean confidential) {
        static final Field ABSENT = new Field(null, false);

        @Nullable
        String text() {
            return value == null ? null : cut(RecordFields.text(value));
        }
    }

    static Map<String, Field> of(Record thing) {
        Map<String, Field> fields = new LinkedHashMap<>();
        collect(thing, "", fields);
        fields.keySet().removeAll(WHOSE);
        return fields;
    }

    static Map<String, Field> one(String name, @Nullable Object value) {
        Map<String, Field> fields = new LinkedHashMap<>();
        put(fields, name, value, false);
        return fields;
    }

    static Map<String, Field> entries(Map<String, ?> map) {
        Map<String, Field> fields = new LinkedHashMap<>();
        new TreeMap<>(map).forEach((name, value) -> put(fields, name, value, false));
        return fields;
    }

    private static void collect(Record thing, String prefix, Map<String, Field> fields) {
        for (RecordComponent component : thing.getClass().getRecordComponents()) {
            if (!component.isAnnotationPresent(Unrecorded.class)
                    && !component.getType().isAnnotationPresent(Unrecorded.class)) {
                put(
                        fields,
                        prefix + spelled(component.getName()),
                        value(thing, component),
                        component.isAnnotationPresent(Confidential.class));
            }
        }
    }

    private static void put(Map<String, Field> fields, String name, @Nullable Object given, boolean confidential) {
        Object value = given instanceof Optional<?> optional ? optional.orElse(null) : given;
        if (confidential) {
            // Kept for the comparison only.
            fields.put(name, new Field(value == null || empty(value) ? null : value, true));
        } else if (value instanceof Record inner) {
            collect(inner, name + ".", fields);
        } else if (value instanceof Map<?, ?> map) {
            new TreeMap<>(map)
                    .entrySet().stream()
                            .limit(MOST_ENTRIES)
                            .forEach(entry -> put(fields, name + "." + entry.getKey(), entry.getValue(), false));
        } else {
            fields.put(name, new Field(value == null || empty(value) ? null : checked(name, value), false));
        }
    }

    private static boolean empty(Object value) {
        return value instanceof CharSequence text
                ? text.isEmpty()
                : value instanceof Collection<?> list && list.isEmpty();
    }

    /** Deny first: bytes, streams and types that nobody has thought of are no text. */
    private static Object checked(String name, Object value) {
        if (value instanceof Collection<?> list) {
            list.forEach(one -> {
                if (!(one instanceof Record)) {
                    checked(name, one);
                }
            });
            return value;
        }
        if (PLAIN.stream().noneMatch(type -> type.isInstance(value))) {
            throw new IllegalArgumentException("The field " + name + " is of the type "
                    + value.getClass().getName()
                    + ", which no event may show. Mark it as confidential or unrecorded, or make it a record.");
        }
        return value;
    }

    private static String text(Object value) {
        if (value instanceof Collection<?> list) {
            return list.stream().map(RecordFields::text).collect(Collectors.joining(", "));
        }
        if (value instanceof Record thing) {
            Map<String, Field> fields = new LinkedHashMap<>();
            collect(thing, "", fields);
            fields.keySet().removeAll(WHOSE);
            return fields.entrySet().stream()
                    .filter(field -> field.getValue().value() != null
                            && !field.getValue().confidential())
                    .map(field -> field.getKey() + "=" + text(field.getValue().value()))
                    .collect(Collectors.joining(" "));
        }
        return value.toString();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "… (" + text.length() + ")";
    }

    private static String spelled(String name) {
        return HUMP.matcher(name).replaceAll("_").toLowerCase(java.util.Locale.ROOT);
    }

    private static @Nullable Object value(Record thing, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(thing);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component.getName() + " of a record cannot be read", e);
        }
    }
}
