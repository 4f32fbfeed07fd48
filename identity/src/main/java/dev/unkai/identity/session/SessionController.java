package dev.unkai.identity.session;

import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.base.openapi.Shape;
import dev.unkai.identity.api.Named;
import dev.unkai.wire.token.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What cloud shows as {@code /service/v1/sessions}. */
@RestController
@RequestMapping("/identity/service/v1/sessions")
public final class SessionController {
    private final Sessions sessions;

    public SessionController(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * @param how {@code console} or {@code api}
     * @param current whether the request itself belongs to it
     */
    @Shape(name = "OpenSession")
    record View(
            String id,
            Named user,
            @OneOf({"console", "api"}) String how,
            String method,
            String address,
            String lastAddress,
            String client,
            Instant created,
            Instant lastUsed,
            Instant ends,
            boolean current) {}

    @Shape(name = "OpenSessions")
    record Listing(List<View> sessions) {}

    /** @param everyone those of all users of the contract, for who manages it; else one's own */
    @Allow("identity:session:list")
    @GetMapping
    Listing list(
            Caller caller,
            @RequestParam(defaultValue = "false") boolean everyone,
            @RequestParam(required = false) @Nullable String contract) {
        List<Session> found = everyone ? sessions.ofContract(caller, contract) : sessions.own(caller);
        return new Listing(found.stream().map(one -> view(one, caller)).toList());
    }

    /** Ends all of one's own sessions but the one that asks. */
    @Allow("identity:session:end-others")
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endOthers(Caller caller) {
        sessions.endOthers(caller);
    }

    /** Ends a session with all its tokens. */
    @Allow("identity:session:end")
    @DeleteMapping("/{session}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(Caller caller, @PathVariable String session) {
        sessions.end(caller, session);
    }

    private static View view(Session session, Caller caller) {
        return new View(
                session.id(),
                new Named(session.accountId(), session.accountName()),
                session.how(),
                session.method(),
                session.address(),
                session.lastAddress(),
                session.agent(),
                session.createdAt(),
                session.lastUsedAt(),
                session.endsAt(),
                session.id().equals(Sessions.current(caller)));
    }
}
