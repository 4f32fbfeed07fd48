package dev.unkai.cloud.network.store;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a list request asks for.
 *
 * @param filters attribute → accepted values
 * @param limit the longest answer; 0 for no limit
 * @param marker the last item of the page before, or null
 * @param reverse whether to read the page that ends before the marker
 */
public record ListQuery(
        Map<String, List<String>> filters,
        List<Sort> sorts,
        int limit,
        @Nullable UUID marker,
        boolean reverse) {
    public record Sort(String attribute, boolean ascending) {}

    public static ListQuery of(String attribute, String value) {
        return new ListQuery(Map.of(attribute, List.of(value)), List.of(), 0, null, false);
    }
}
