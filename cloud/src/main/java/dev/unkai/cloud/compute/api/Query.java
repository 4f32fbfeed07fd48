package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request's query parameters, read strictly: from 2.75 on also unknown ones are refused, in some lists earlier. */
final class Query {
    static final int MOST = 1000;

    private static final int STRICT = 75;

    private final Map<String, String[]> parameters;

    private Query(Map<String, String[]> parameters) {
        this.parameters = parameters;
    }

    static Query of(HttpServletRequest request, Microversion version, String... known) {
        return strictFrom(STRICT, request, version, known);
    }

    /** @param minor the version from which on parameters that are not known are refused */
    static Query strictFrom(int minor, HttpServletRequest request, Microversion version, String... known) {
        Map<String, String[]> parameters = request.getParameterMap();
        if (version.atLeast(minor)) {
            Set<String> names = Set.of(known);
            parameters.keySet().stream()
                    .filter(name -> !names.contains(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw Refusal.invalid("Additional properties are not allowed in the query ('"
                                + name.substring(0, Math.min(60, name.length())) + "' was unexpected).");
                    });
        }
        parameters.forEach((name, values) -> {
            if (name.indexOf('\0') >= 0 || List.of(values).stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
                throw Refusal.invalid("The query holds a character that no text can have.");
            }
        });
        return new Query(parameters);
    }

    /** Refuses these where they are there more than once. */
    Query once(String... names) {
        for (String name : names) {
            if (texts(name).size() > 1) {
                throw Refusal.invalid("Invalid input for query parameters " + name + ": it may stand once.");
            }
        }
        return this;
    }

    boolean has(String name) {
        return parameters.containsKey(name);
    }

    Set<String> names() {
        return parameters.keySet();
    }

    /** The last value; null when absent. */
    @Nullable
    String text(String name) {
        String[] values = parameters.get(name);
        return values == null || values.length == 0 ? null : values[values.length - 1];
    }

    List<String> texts(String name) {
        String[] values = parameters.get(name);
        return values == null ? List.of() : List.of(values);
    }

    /** Everything, last values. */
    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        parameters.forEach((name, values) -> all.put(name, values.length == 0 ? "" : values[values.length - 1]));
        return all;
    }

    int number(String name, int otherwise) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,255}")) {
            throw Refusal.invalid(
                    "Invalid input for query parameters " + name + ": it must be a whole number of at least 0.");
        }
        // more than anybody has is as much as there is
        return text.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(text);
    }

    /** The size of the page, at most {@link #MOST}. */
    int limit() {
        return Math.min(MOST, number("limit", MOST));
    }

    /** Whether a page of this many items may have a successor. */
    boolean isFull(int items) {
        int limit = limit();
        return limit > 0 && items == limit;
    }

    /** Whether the text is one of the words for yes. */
    static boolean isTrue(String text) {
        return List.of("true", "1", "t", "on", "yes", "y").contains(text.strip().toLowerCase(Locale.ROOT));
    }

    /** A yes or no; what is neither means no. */
    boolean lenientFlag(String name) {
        String text = text(name);
        return text != null && isTrue(text);
    }

    /** A yes or no; an empty value means yes. */
    boolean flag(String name, boolean otherwise) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "", "true", "1", "t", "on", "yes", "y" -> true;
            case "false", "0", "f", "off", "no", "n" -> false;
            default ->
                throw Refusal.invalid("Invalid input for query parameters " + name + ": it must be true or false.");
        };
    }
}
