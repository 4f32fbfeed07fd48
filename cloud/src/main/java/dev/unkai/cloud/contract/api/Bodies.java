package dev.unkai.cloud.contract.api;

import dev.unkai.base.Refusal;
import dev.unkai.wire.origin.AddressPrefix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people type, bounded, without control characters. */
final class Bodies {
    private static final int MOST_PREFIXES = 64;

    private Bodies() {}

    /** One line, not empty. */
    static String line(@Nullable String value, String field, int longest) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty() || text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalid("\"" + field + "\" has to be one line of 1 to " + longest + " characters.");
        }
        return text;
    }

    /** Addresses and networks, as they are kept; null: none. */
    static List<String> prefixes(@Nullable List<@Nullable String> texts) {
        List<String> prefixes = new ArrayList<>();
        for (String text : texts == null ? List.<@Nullable String>of() : texts) {
            String given = text == null ? "" : text.strip();
            String prefix = AddressPrefix.parse(given)
                    .filter(parsed -> parsed.isExact(given))
                    .map(AddressPrefix::toString)
                    .orElseThrow(
                            () -> Refusal.invalid(
                                    "\"addresses\" are addresses and whole networks, such as 198.51.100.7, 198.51.100.0/24 or 2001:db8::/32."));
            if (!prefixes.contains(prefix)) {
                prefixes.add(prefix);
            }
        }
        if (prefixes.size() > MOST_PREFIXES) {
            throw Refusal.invalid("\"addresses\" are " + MOST_PREFIXES + " at most. Choose wider networks.");
        }
        return prefixes;
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
