package dev.unkai.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Spring's choice of a handler, found by how its path begins. Spring holds a request against every path with a variable in it, some four
 * hundred: a seventh of what a small read costs. Here only those are asked whose beginning, up to the first variable, is the request's and which
 * have as many segments. What this finds nothing for, Spring answers as ever.
 */
final class HandlerIndex extends RequestMappingHandlerMapping {
    private final Map<String, List<Entry>> byStart = new HashMap<>();

    /** @param slashes in the path, -1 when the pattern takes any number */
    private record Entry(RequestMappingInfo mapping, HandlerMethod handler, int slashes) {}

    /** What fits the request, as it fits it. */
    private record Match(RequestMappingInfo mapping, HandlerMethod handler) {}

    @Override
    protected void handlerMethodsInitialized(Map<RequestMappingInfo, HandlerMethod> handlers) {
        super.handlerMethodsInitialized(handlers);
        handlers.forEach((mapping, handler) -> mapping.getPatternValues().forEach(pattern -> {
            boolean any = pattern.contains("**") || pattern.contains("{*");
            byStart.computeIfAbsent(start(pattern), _ -> new ArrayList<>())
                    .add(new Entry(mapping, handler, any ? -1 : slashes(pattern)));
        }));
    }

    @Override
    protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request) throws Exception {
        // Escapes and path parameters (RFC 3986, sections 2.1 and 3.3) are for Spring's own comparison.
        Match match = path.indexOf('%') >= 0 || path.indexOf(';') >= 0 ? null : find(path, request);
        if (match == null) {
            return super.lookupHandlerMethod(path, request);
        }
        request.setAttribute(BEST_MATCHING_HANDLER_ATTRIBUTE, match.handler);
        handleMatch(match.mapping, path, request);
        return match.handler;
    }

    /** The best fit, by Spring's own order. */
    private @Nullable Match find(String path, HttpServletRequest request) {
        Match best = null;
        int slashes = slashes(path);
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            for (Entry entry : byStart.getOrDefault(path.substring(0, end + 1), List.of())) {
                if (entry.slashes >= 0 && entry.slashes != slashes) {
                    continue;
                }
                RequestMappingInfo fit = entry.mapping.getMatchingCondition(request);
                if (fit != null && (best == null || fit.compareTo(best.mapping, request) < 0)) {
                    best = new Match(fit, entry.handler);
                }
            }
        }
        return best;
    }

    /** The whole segments before the first variable one. */
    private static String start(String pattern) {
        int end = 0;
        while (end < pattern.length() && "{*?".indexOf(pattern.charAt(end)) < 0) {
            end++;
        }
        return pattern.substring(0, pattern.lastIndexOf('/', end) + 1);
    }

    private static int slashes(String path) {
        int slashes = 0;
        for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
            slashes++;
        }
        return slashes;
    }
}
