package dev.unkai.web;

import dev.unkai.base.Refusal;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * How an API answers a request that the policy has refused, and that is recorded as such, where it tells something else than that: it finds fault with the
 * request first, or hides what the caller does not even see. The request is refused in any case.
 */
public interface RefusalShape {
    /** What is answered instead; empty where the API tells that the caller may not. */
    Optional<Refusal> instead(Caller caller, HttpServletRequest request);
}
