package dev.unkai.cloud.image.api;

import dev.unkai.base.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The value of a list's filter: one text, or, for some attributes, {@code in:a,b,"c,d"} with quotes around what holds a comma. */
final class FilterValue {
    /** The reference reads an operator before the first colon of these, and knows {@code eq} and {@code in}. */
    private static final Set<String> WITH_OPERATOR = Set.of("name", "id", "status", "container_format", "disk_format");

    private static final Pattern PART = Pattern.compile("\"([^\"\\\\]*(?:\\\\.[^\"\\\\]*)*)\",?|([^,]+),?|,");

    private FilterValue() {}

    /** The values of which one must fit. Throws an invalid Refusal for another operator and for quotes that do not stand around values. */
    static List<String> choices(String name, String value) {
        int colon = value.indexOf(':');
        if (!WITH_OPERATOR.contains(name) || colon < 0 || ListParameters.isTime(value)) {
            return List.of(value);
        }
        String rest = value.substring(colon + 1);
        return switch (value.substring(0, colon)) {
            case "eq" -> List.of(rest);
            case "in" -> split(rest);
            default ->
                throw Refusal.invalid("Unable to filter by unknown operator '" + value.substring(0, colon)
                        + "'. A value that holds a colon is written as eq:value.");
        };
    }

    private static List<String> split(String value) {
        requireQuotesAroundValues(value);
        List<String> choices = new ArrayList<>();
        Matcher part = PART.matcher(value);
        while (part.find()) {
            choices.add(part.group(1) != null ? part.group(1) : part.group(2) != null ? part.group(2) : "");
        }
        return choices;
    }

    private static void requireQuotesAroundValues(String value) {
        boolean open = false;
        for (int n = 0; n < value.length(); n++) {
            if (value.charAt(n) != '"' || (n > 0 && value.charAt(n - 1) == '\\')) {
                continue;
            }
            if (!open && n > 0 && value.charAt(n - 1) != ',') {
                throw wrong(value, "There is no comma before opening quotation mark.");
            }
            if (open && n + 1 < value.length() && value.charAt(n + 1) != ',') {
                throw wrong(value, "There is no comma after closing quotation mark.");
            }
            open = !open;
        }
        if (open) {
            throw wrong(value, "The quote is not closed.");
        }
    }

    private static Refusal wrong(String value, String why) {
        return Refusal.invalid("Invalid filter value " + value + ". " + why);
    }
}
