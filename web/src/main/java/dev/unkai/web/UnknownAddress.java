package dev.unkai.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;

/**
 * How one API answers at addresses, and to methods, that it does not have. No handler stands there, so that the API's own advice is not asked.
 *
 * @param start what the API's addresses begin with, such as {@code /compute/}
 */
public record UnknownAddress(String start, Answer answer) {
    /** Makes the answer of the refusal that Spring has thrown: there is nothing at the address, or not for this method. */
    @FunctionalInterface
    public interface Answer {
        ResponseEntity<?> to(Exception failure, HttpServletRequest request);
    }
}
