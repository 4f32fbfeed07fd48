package dev.unkai.cloud.network.api;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.store.ListQuery;
import dev.unkai.cloud.network.store.ListQuery.Sort;
import dev.unkai.cloud.network.store.Listing;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Answers list requests: filters, sorting, pages with their links, and the choice of fields. */
@Component
final class Listings {
    private static final int MOST_VALUES = 1_000;

    private final String root;

    Listings(@Value("${unkai.public-url}") String publicUrl) {
        this.root = publicUrl + "/network/v2.0/";
    }

    /**
     * @param collection the plural name, also the body's key and the last part of the address
     * @param view the resource as a body
     */
    <T> Map<String, Object> page(
            Db db,
            HttpServletRequest request,
            String collection,
            Listing<T> listing,
            Function<T, Map<String, Object>> view) {
        return page(db, request, collection, collection.replace('-', '_'), listing, view);
    }

    /** Where the body's key is not the address. */
    <T> Map<String, Object> page(
            Db db,
            HttpServletRequest request,
            String collection,
            String key,
            Listing<T> listing,
            Function<T, Map<String, Object>> view) {
        return pageOf(
                db,
                request,
                collection,
                key,
                listing,
                found -> found.stream().map(view).toList());
    }

    /**
     * Where a body shows what is looked up for the whole page at once.
     *
     * @param views the page's resources as bodies, in their order
     */
    <T> Map<String, Object> pageOf(
            Db db,
            HttpServletRequest request,
            String collection,
            String key,
            Listing<T> listing,
            Function<List<T>, List<Map<String, Object>>> views) {
        ListQuery query = query(request);
        List<Map<String, Object>> bodies = views.apply(listing.list(db, query));
        Map<String, Object> answer = new LinkedHashMap<>();
        List<String> fields = values(request, "fields");
        answer.put(key, bodies.stream().map(body -> choose(body, fields)).toList());
        if (query.limit() > 0) {
            List<Map<String, String>> links = links(request, collection, query, bodies);
            if (!links.isEmpty()) {
                answer.put(key + "_links", links);
            }
        }
        return answer;
    }

    /**
     * A page of what is there as bodies already: filtered by whatever the bodies have, sorted, cut at the marker and the limit. What none of them has is nothing
     * to filter by.
     *
     * @param key the body's key, and the last part of the address
     */
    Map<String, Object> page(HttpServletRequest request, String key, List<Map<String, Object>> all) {
        ListQuery query = query(request);
        query.filters().keySet().forEach(name -> {
            if (!all.isEmpty() && all.stream().noneMatch(body -> body.containsKey(name))) {
                throw Refusals.invalid("HTTPBadRequest", "['" + name + "'] is invalid attribute for filtering");
            }
        });
        List<Map<String, Object>> found = new ArrayList<>(all);
        query.filters()
                .forEach((name, values) -> found.removeIf(body ->
                        values.stream().noneMatch(value -> value.equalsIgnoreCase(String.valueOf(body.get(name))))));
        for (Sort sort : query.sorts().reversed()) {
            Comparator<Map<String, Object>> order =
                    Comparator.comparing(body -> String.valueOf(body.get(sort.attribute())));
            found.sort(sort.ascending() ? order : order.reversed());
        }
        UUID marker = query.marker();
        int from = marker == null
                ? 0
                : found.stream().map(body -> body.get("id")).toList().indexOf(marker) + 1;
        int to = query.limit() == 0 ? found.size() : Math.min(found.size(), from + query.limit());
        List<String> fields = values(request, "fields");
        return Map.of(
                key,
                found.subList(from, to).stream()
                        .map(body -> choose(body, fields))
                        .toList());
    }

    /** One resource under its key, with only the fields that the request names. */
    static Map<String, Object> one(HttpServletRequest request, String key, Map<String, Object> body) {
        return Map.of(key, choose(body, values(request, "fields")));
    }

    /** The resource with only the fields that the request names; all when it names none. */
    static Map<String, Object> choose(Map<String, Object> body, List<String> fields) {
        if (fields.isEmpty()) {
            return body;
        }
        Map<String, Object> chosen = new LinkedHashMap<>();
        body.forEach((name, value) -> {
            if (fields.contains(name)) {
                chosen.put(name, value);
            }
        });
        return chosen;
    }

    static List<String> values(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        return values == null
                ? List.of()
                : Arrays.stream(values).filter(value -> !value.isEmpty()).toList();
    }

    private static ListQuery query(HttpServletRequest request) {
        Map<String, List<String>> filters = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> {
            switch (name) {
                case "fields", "limit", "marker", "page_reverse", "sort_key", "sort_dir" -> {}
                default -> {
                    if (values.length > MOST_VALUES) {
                        throw Refusals.invalid("The filter '" + name + "' has more than " + MOST_VALUES + " values.");
                    }
                    filters.put(name, List.of(values));
                }
            }
        });
        boolean reverse = "true".equalsIgnoreCase(request.getParameter("page_reverse"));
        return new ListQuery(filters, sorts(request), limit(request), marker(request), reverse);
    }

    private static List<Sort> sorts(HttpServletRequest request) {
        List<String> keys = values(request, "sort_key");
        List<String> directions = values(request, "sort_dir");
        if (keys.size() != directions.size()) {
            throw Refusals.invalid("HTTPBadRequest", "The number of sort_keys and sort_dirs must be same");
        }
        List<Sort> sorts = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            String direction = directions.get(i);
            if (!direction.equals("asc") && !direction.equals("desc")) {
                throw Refusals.invalid(
                        "HTTPBadRequest", "sort_dir is either 'asc' or 'desc', not '" + direction + "'.");
            }
            sorts.add(new Sort(keys.get(i), direction.equals("asc")));
        }
        return sorts;
    }

    private static int limit(HttpServletRequest request) {
        String text = request.getParameter("limit");
        if (text == null) {
            return 0;
        }
        if (!text.matches("\\d{1,9}")) {
            throw Refusals.invalid("HTTPBadRequest", "Limit must be an integer 0 or greater and not '" + text + "'.");
        }
        return Integer.parseInt(text);
    }

    private static @Nullable UUID marker(HttpServletRequest request) {
        String text = request.getParameter("marker");
        if (text == null || text.isEmpty()) {
            return null;
        }
        return Paths.parse(text)
                .orElseThrow(() -> Refusals.invalid("The marker '" + text + "' is not an id of this list."));
    }

    /** A page that is not full ends the list in its direction; the way back is always told, from beyond the end too. */
    private List<Map<String, String>> links(
            HttpServletRequest request, String collection, ListQuery query, List<Map<String, Object>> bodies) {
        List<Map<String, String>> links = new ArrayList<>();
        boolean full = bodies.size() == query.limit();
        if (query.reverse() || full) {
            links.add(link(request, collection, "next", bodies.isEmpty() ? null : bodies.getLast(), false));
        }
        if (!query.reverse() || full) {
            links.add(link(request, collection, "previous", bodies.isEmpty() ? null : bodies.getFirst(), true));
        }
        return links;
    }

    private Map<String, String> link(
            HttpServletRequest request,
            String collection,
            String relation,
            @Nullable Map<String, Object> beside,
            boolean reverse) {
        StringBuilder href = new StringBuilder(root).append(collection).append('?');
        request.getParameterMap().forEach((name, values) -> {
            if (!name.equals("marker") && !name.equals("page_reverse")) {
                for (String value : values) {
                    href.append(encode(name)).append('=').append(encode(value)).append('&');
                }
            }
        });
        if (beside != null) {
            href.append("marker=").append(beside.get("id")).append('&');
        }
        if (reverse) {
            href.append("page_reverse=True&");
        }
        return Map.of("rel", relation, "href", href.substring(0, href.length() - 1));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
