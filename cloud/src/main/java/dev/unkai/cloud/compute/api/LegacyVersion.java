package dev.unkai.cloud.compute.api;

import dev.unkai.web.MovedRequest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
    private static final String OLD = "/compute/v2/";
    private static final String NEW = "/compute/v2.1/";

    /** Whether the request came in at the old address. */
    static boolean marks(HttpServletRequest request) {
        return request.getAttribute(MARK) != null;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String address = request.getRequestURI();
        return !address.startsWith(OLD) || address.length() == OLD.length();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        request.setAttribute(MARK, Boolean.TRUE);
        chain.doFilter(new MovedRequest(request, LegacyVersion::moved), response);
    }

    /** A path with {@code ..} in it may begin so only as it was sent. */
    private static String moved(String path) {
        return path.startsWith(OLD) ? NEW + path.substring(OLD.length()) : path;
    }
}
