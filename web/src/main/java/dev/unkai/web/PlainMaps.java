package dev.unkai.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/**
 * Writes a map, and the maps and lists in it, without looking at each value for how to write it: most of an answer are texts, numbers
 * and ids, and a list of a thousand servers has forty thousand of them. All else is written as Jackson would.
 */
final class PlainMaps extends ValueSerializer<Map<?, ?>> {
    @SuppressWarnings("unchecked")
    static final Class<Map<?, ?>> TYPE = (Class<Map<?, ?>>) (Class<?>) Map.class;

    @Override
    public void serialize(Map<?, ?> map, JsonGenerator json, SerializationContext context) {
        json.writeStartObject(map);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.writeName(name(entry.getKey()));
            write(entry.getValue(), json, context);
        }
        json.writeEndObject();
    }

    @Override
    public boolean isEmpty(SerializationContext context, @Nullable Map<?, ?> map) {
        return map == null || map.isEmpty();
    }

    private void write(@Nullable Object value, JsonGenerator json, SerializationContext context) {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case UUID id -> json.writeString(id.toString());
            case Boolean truth -> json.writeBoolean(truth);
            case Integer number -> json.writeNumber(number);
            case Map<?, ?> map -> serialize(map, json, context);
            case List<?> list -> {
                json.writeStartArray(list, list.size());
                for (Object element : list) {
                    write(element, json, context);
                }
                json.writeEndArray();
            }
            default -> context.writeValue(json, value);
        }
    }

    private static String name(Object key) {
        return switch (key) {
            case String text -> text;
            case Enum<?> constant -> constant.name();
            default -> key.toString();
        };
    }
}
