package dev.unkai.cloud.follow;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Shape;
import dev.unkai.web.Access;
import dev.unkai.web.Running;
import dev.unkai.web.ServiceApi;
import dev.unkai.web.TokenGate;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An answer without an end, of server-sent events: {@code changes} with a list of kinds and ids, of what the reader may list; {@code everything} at the beginning
 * and whenever something may have been missed. What has become of the things it tells nobody: that is asked for by the APIs.
 */
@RestController
@ServiceApi
final class ChangesController {
    private final Access access;
    private final TokenGate gate;
    private final Followers followers;

    ChangesController(Access access, TokenGate gate, Followers followers) {
        this.access = access;
        this.gate = gate;
        this.followers = followers;
    }

    @Configuration(proxyBeanMethods = false)
    static class Life {
        /** Ended before the server waits for its last requests. */
        @Bean
        SmartLifecycle followersRunning(Followers followers) {
            return new Running(followers::start, followers::close);
        }
    }

    /** Tells changes as they happen, as server-sent events. */
    @Shape(type = "text/event-stream")
    @Allow("session:follow")
    @GetMapping("/service/v1/changes")
    void follow(Caller caller, HttpServletRequest request, HttpServletResponse response) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        if (accept == null || !accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE)) {
            throw Refusal.invalid("This answer has no end. Ask for it with the header \"Accept: text/event-stream\".");
        }
        followers.checkRoom(caller);
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // for a proxy of the nginx family, which else keeps events back
        AsyncContext answer = request.startAsync();
        answer.setTimeout(0);
        Sight sight = new Sight(access.policy(), caller.token(), caller.project());
        followers.add(new Follower(caller, sight, gate.standing(request), answer));
    }
}
