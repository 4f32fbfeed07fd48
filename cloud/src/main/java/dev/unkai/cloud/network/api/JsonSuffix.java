package dev.unkai.cloud.network.api;

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

/** Every address of the Network API may end in {@code .json}, as older clients write it; JSON it is anyway. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class JsonSuffix extends OncePerRequestFilter {
    private static final String PREFIX = "/network/v2.0/";
    private static final String SUFFIX = ".json";

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return !path.startsWith(PREFIX) || !path.endsWith(SUFFIX);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(
                new MovedRequest(
                        request,
                        path -> path.endsWith(SUFFIX) ? path.substring(0, path.length() - SUFFIX.length()) : path),
                response);
    }
}
