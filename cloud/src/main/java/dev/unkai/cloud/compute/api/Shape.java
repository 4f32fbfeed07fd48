package dev.unkai.cloud.compute.api;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** A JSON object of an answer, in the order it is written down; null values stay. */
final class Shape extends LinkedHashMap<String, @Nullable Object> {
    private static final long serialVersionUID = 1L;

    static Shape of(String name, @Nullable Object value) {
        return new Shape().with(name, value);
    }

    Shape with(String name, @Nullable Object value) {
        put(name, value);
        return this;
    }

    /** Adds the field only under the condition. */
    Shape when(boolean condition, String name, @Nullable Object value) {
        if (condition) {
            put(name, value);
        }
        return this;
    }
}
