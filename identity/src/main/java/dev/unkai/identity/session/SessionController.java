package dev.unkai.identity.session;

import dev.unkai.base.access.Allow;
import dev.unkai.wire.token.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    /** An id with its name. */
    record Named(String id, String name) {}

    /**
     * @param how {@code console} or {@code api}
     * @param current whether the request itself belongs to it
     */
    record View(
            String id,
            Named user,
            String how,
            String method,
            String address,
            String lastAddress,
            String client,
            Instant created,
            Instant lastUsed,
            Instant ends,
            boolean current) {}

    /** @param everyone those of all users of the contract, for who manages it; else one's own */
    @Allow("identity:session:list")
    @GetMapping
    Map<String, List<View>> list(
            Caller caller,
            @RequestParam(defaultValue = "false") boolean everyone,
            @RequestParam(required = false) @Nullable String contract) {
        List<Session> found = everyone ? sessions.ofContract(caller, contract) : sessions.own(caller);
        return Map.of("sessions", found.stream().map(one -> view(one, caller)).toList());
    }

    @Allow("identity:session:end-others")
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endOthers(Caller caller) {
        sessions.endOthers(caller);
    }

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
