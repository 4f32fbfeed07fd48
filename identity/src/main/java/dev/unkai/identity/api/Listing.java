package dev.unkai.identity.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.identity.IdentitySettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists and links in the Identity API's form: {@code {"users": […], "links": {next, previous, self}}}. */
@Component
public final class Listing {
    private final IdentitySettings settings;

    public Listing(IdentitySettings settings) {
        this.settings = settings;
    }

    /** The addresses beside a list; absent neighbours are null. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Links(
            @Nullable String next, String self, @Nullable String previous) {}

    /** The address of one resource. */
    public record Self(String self) {}

    /** @param path below {@code /v3}, beginning with a slash */
    public Self self(String path) {
        return new Self(url(path));
    }

    /** @param path below {@code /v3}, beginning with a slash */
    public String url(String path) {
        return settings.api() + path;
    }

    /** A list that is always whole. */
    public <T> Map<String, Object> whole(String key, List<T> rows, Function<T, ?> view, HttpServletRequest request) {
        return body(key, rows.stream().<Object>map(view).toList(), null, request);
    }

    /** One page of rows that were read with {@link Page#fetch}. */
    public <T> Map<String, Object> page(
            String key,
            List<T> rows,
            Page page,
            Function<T, String> id,
            Function<T, ?> view,
            HttpServletRequest request) {
        String marker = page.next(rows, id);
        String next = marker == null
                ? null
                : own(request) + "?" + otherParameters(request) + "limit=" + page.limit() + "&marker="
                        + URLEncoder.encode(marker, StandardCharsets.UTF_8);
        return body(key, page.shown(rows).stream().<Object>map(view).toList(), next, request);
    }

    private Map<String, Object> body(
            String key, List<Object> views, @Nullable String next, HttpServletRequest request) {
        String query = request.getQueryString();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(key, views);
        body.put("links", new Links(next, own(request) + (query == null ? "" : "?" + query), null));
        return body;
    }

    private String own(HttpServletRequest request) {
        return settings.publicUrl() + request.getRequestURI();
    }

    private static String otherParameters(HttpServletRequest request) {
        StringBuilder others = new StringBuilder();
        request.getParameterMap().forEach((name, values) -> {
            if (!name.equals("limit") && !name.equals("marker")) {
                others.append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(values[0], StandardCharsets.UTF_8))
                        .append('&');
            }
        });
        return others.toString();
    }
}
