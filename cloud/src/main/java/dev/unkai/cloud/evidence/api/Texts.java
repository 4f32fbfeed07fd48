package dev.unkai.cloud.evidence.api;

import dev.unkai.base.Refusal;
import org.jspecify.annotations.Nullable;

/** Bounds of the texts that people write into these registers. */
final class Texts {
    static final int SHORT = 64;
    static final int LINE = 200;
    static final int LONG = 1_000;

    private Texts() {}

    static String needed(String field, @Nullable String value, int longest) {
        if (value == null || value.isBlank() || value.length() > longest || value.indexOf('\0') >= 0) {
            throw Refusal.invalid("\"" + field + "\" has to be a text of 1 to " + longest + " characters.");
        }
        return value.strip();
    }

    static @Nullable String optional(String field, @Nullable String value, int longest) {
        return value == null || value.isBlank() ? null : needed(field, value, longest);
    }

    static @Nullable String project(@Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (!value.matches("[A-Za-z0-9_-]{1,64}")) {
            throw Refusal.invalid("\"project\" has to be the id of a project.");
        }
        return value;
    }
}
