package dev.unkai.web;

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
 * Answers what no handler's advice has: a fault of a filter, or of an advice itself. Around all other filters, and inside of the one that gives the request its
 * id, which the answer and the log name.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class LastFilter extends OncePerRequestFilter {
    private final FaultAnswers answers;

    LastFilter(FaultAnswers answers) {
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | IOException | RuntimeException failure) {
            // Any: else the server would answer in its own words, and log it without the request's id.
            if (response.isCommitted()) {
                // The server breaks the connection off, by which the client sees that the answer is not whole.
                throw failure;
            }
            answers.write(SharedErrors.asRefusal(failure), request, response);
        }
    }
}
