package dev.unkai.web;

import dev.unkai.base.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;

/**
 * How one API says that a request has failed where none of its handlers was reached, so that its own advice is not asked: in a filter, or in the server itself.
 *
 * @param start what the API's addresses begin with, such as {@code /compute/}
 */
public record FaultShape(String start, Answer answer) {
    @FunctionalInterface
    public interface Answer {
        ResponseEntity<?> to(Refusal refusal, HttpServletRequest request);
    }
}
