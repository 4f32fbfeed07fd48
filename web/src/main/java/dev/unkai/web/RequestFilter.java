package dev.unkai.web;

import dev.unkai.wire.origin.AddressPrefix;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out where every request comes from, gives it an id that logs, events, host plans and the answer carry, and every answer its safety
 * headers.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class RequestFilter extends OncePerRequestFilter {
    static final String ID = "dev.unkai.request-id";
    static final String CLIENT = "dev.unkai.client-address";
    private static final String HEADER = "X-Openstack-Request-Id";
    private static final Pattern FORM = Pattern.compile("req-[0-9a-f-]{36}");

    private final List<AddressPrefix> proxies;

    /** Reads {@code unkai.proxies}: addresses and prefixes of the proxies that stand before this process; none by default. */
    public RequestFilter(Environment environment) {
        this.proxies =
                Binder.get(environment).bind("unkai.proxies", Bindable.listOf(String.class)).orElse(List.of()).stream()
                        .map(RequestFilter::proxy)
                        .toList();
    }

    private static AddressPrefix proxy(String text) {
        return AddressPrefix.parse(text.strip())
                .orElseThrow(() -> new IllegalStateException("unkai.proxies names \"" + text
                        + "\", which is no address and no prefix such as 10.0.0.0/24."));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = id(request);
        request.setAttribute(ID, id);
        request.setAttribute(CLIENT, ClientAddress.of(request, proxies));
        mark(response, id);
        MDC.put("request_id", id);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove("request_id");
        }
    }

    /** What every answer has. */
    static void mark(HttpServletResponse response, String id) {
        response.setHeader(HEADER, id);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Strict-Transport-Security", "max-age=31536000");
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
