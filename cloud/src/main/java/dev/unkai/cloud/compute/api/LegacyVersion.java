package dev.unkai.cloud.compute.api;

import dev.unkai.web.MovedRequest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * {@code /compute/v2/…}, the address of the Compute API before microversions: the same resources as {@code /v2.1}, always
 * in the oldest microversion, whatever a header asks for.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class LegacyVersion extends OncePerRequestFilter {
    private static final String MARK = LegacyVersion.class.getName();
    private static final Pattern PREFIX = Pattern.compile("^/compute/v2(?=/.)");

    /** Whether the request came in at the old address. */
    static boolean marks(HttpServletRequest request) {
        return request.getAttribute(MARK) != null;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/compute/v2/")
                || !PREFIX.matcher(request.getRequestURI()).find();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        request.setAttribute(MARK, Boolean.TRUE);
        chain.doFilter(new MovedRequest(request, path -> PREFIX.matcher(path).replaceFirst("/compute/v2.1")), response);
    }
}
