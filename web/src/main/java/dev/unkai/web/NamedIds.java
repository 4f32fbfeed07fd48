package dev.unkai.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingRequestWrapper;
import org.springframework.web.util.WebUtils;

/** Remembers what a request said, as far as it is JSON and its handler read it, so that a refusal can be told which things it named. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
final class NamedIds extends OncePerRequestFilter {
    private static final int REMEMBERED_BYTES = 16 << 10;
    private static final int MOST = 32;
    private static final Pattern ID = Pattern.compile(
            "(?<![0-9A-Za-z])[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?![0-9A-Za-z])");

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String type = request.getContentType();
        return type == null || !type.contains("json");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new ContentCachingRequestWrapper(request, REMEMBERED_BYTES), response);
    }

    /** The ids in address, query and body, 32 at most. */
    static Set<UUID> of(HttpServletRequest request) {
        StringBuilder said = new StringBuilder(request.getRequestURI());
        if (request.getQueryString() != null) {
            said.append(' ').append(request.getQueryString());
        }
        ContentCachingRequestWrapper read = WebUtils.getNativeRequest(request, ContentCachingRequestWrapper.class);
        if (read != null) {
            said.append(' ').append(new String(read.getContentAsByteArray(), StandardCharsets.UTF_8));
        }
        Set<UUID> ids = new LinkedHashSet<>();
        for (Matcher found = ID.matcher(said); ids.size() < MOST && found.find(); ) {
            ids.add(UUID.fromString(found.group()));
        }
        return ids;
    }
}
