package dev.unkai.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.function.UnaryOperator;

/** A request that is answered as if it had come for another path: an older or a longer way to write the same address. */
public final class MovedRequest extends HttpServletRequestWrapper {
    private final UnaryOperator<String> path;

    /** @param path from the path as it was sent to the path that has a handler */
    public MovedRequest(HttpServletRequest request, UnaryOperator<String> path) {
        super(request);
        this.path = path;
    }

    @Override
    public String getRequestURI() {
        return path.apply(super.getRequestURI());
    }

    @Override
    public String getServletPath() {
        return path.apply(super.getServletPath());
    }
}
