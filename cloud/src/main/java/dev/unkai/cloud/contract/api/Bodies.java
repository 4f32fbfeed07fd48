package dev.unkai.cloud.contract.api;

import dev.unkai.base.Refusal;
import org.jspecify.annotations.Nullable;

/** What people type, bounded, without control characters. */
final class Bodies {
    private Bodies() {}

    /** One line, not empty. */
    static String line(@Nullable String value, String field, int longest) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty() || text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalid("\"" + field + "\" has to be one line of 1 to " + longest + " characters.");
        }
        return text;
    }

    /** One line, perhaps empty. */
    static String lineOrEmpty(@Nullable String value, String field, int longest) {
        return value == null || value.isBlank() ? "" : line(value, field, longest);
    }

    /** Lines, perhaps none. */
    static String lines(@Nullable String value, String field, int longest) {
        String text = value == null ? "" : value.strip().replace("\r\n", "\n");
        if (text.length() > longest || text.chars().anyMatch(each -> Character.isISOControl(each) && each != '\n')) {
            throw Refusal.invalid("\"" + field + "\" has to be at most " + longest + " characters of text.");
        }
        return text;
    }
}
