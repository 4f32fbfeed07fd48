package dev.unkai.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives every request an id that logs, events, host plans and the answer carry, and every answer its safety headers. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class RequestFilter extends OncePerRequestFilter {
    static final String ID = "dev.unkai.request-id";
    private static final String HEADER = "X-Openstack-Request-Id";
    private static final Pattern FORM = Pattern.compile("req-[0-9a-f-]{36}");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = id(request);
        request.setAttribute(ID, id);
        response.setHeader(HEADER, id);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Strict-Transport-Security", "max-age=31536000");
        MDC.put("request_id", id);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove("request_id");
        }
    }

    /** An inner process goes on with the id that the edge gave; a client's own id is taken only in its exact form. */
    private static String id(HttpServletRequest request) {
        String given = request.getHeader(HEADER);
        if (given != null && Peer.isCloud(request) && FORM.matcher(given).matches()) {
            return given;
        }
        return "req-" + UUID.randomUUID();
    }
}
