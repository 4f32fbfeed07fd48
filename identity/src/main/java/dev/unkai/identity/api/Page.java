package dev.unkai.identity.api;

import dev.unkai.base.Refusal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for: those after the marker (an id), at most limit of them.
 *
 * @param after the empty text for the beginning
 */
public record Page(String after, int limit) {
    public static final int MOST = 1_000;

    /** From the query parameters {@code limit} and {@code marker}. */
    public static Page of(@Nullable String limit, @Nullable String marker) {
        String after = marker == null ? "" : marker;
        if (limit == null) {
            return new Page(after, MOST);
        }
        try {
            int number = Integer.parseInt(limit);
            if (number >= 1) {
                return new Page(after, Math.min(number, MOST));
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw Refusal.invalid("The parameter \"limit\" must be a whole number from 1 to " + MOST + ".");
    }

    public static Page whole() {
        return new Page("", MOST);
    }

    /** How many rows to read: one more than shown tells whether there is a next page. */
    public int fetch() {
        return limit + 1;
    }

    <T> List<T> shown(List<T> rows) {
        return rows.size() > limit ? rows.subList(0, limit) : rows;
    }

    /** The marker of the next page, or null at the end. */
    <T> @Nullable String next(List<T> rows, Function<T, String> id) {
        return rows.size() > limit ? id.apply(rows.get(limit - 1)) : null;
    }
}
