package dev.unkai.identity.vpn;

import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.OneOf;
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

/** What cloud shows as {@code /service/v1/vpn-sessions}. */
@RestController
@RequestMapping("/identity/service/v1/vpn-sessions")
public final class VpnSessionController {
    private final VpnSessions sessions;

    public VpnSessionController(VpnSessions sessions) {
        this.sessions = sessions;
    }

    /**
     * @param state {@code opening} until the gateway has seen it, {@code open}, {@code ending}
     * @param seen when the gateway last saw it, or null
     * @param receivedBytes by the user, since the tunnel was last connected
     */
    record View(
            String id,
            Named user,
            Named contract,
            @OneOf({"opening", "open", "ending"}) String state,
            String address,
            String innerAddress,
            String client,
            Instant since,
            @Nullable Instant seen,
            long receivedBytes,
            long sentBytes) {}

    /** @param everyone those of all users of the contract, for who manages it; for an operator without a contract those of all */
    record Listing(List<View> vpnSessions) {}

    /** One's own tunnels of the SSL-VPN. */
    @Allow("identity:vpn-session:list")
    @GetMapping
    Listing list(
            Caller caller,
            @RequestParam(defaultValue = "false") boolean everyone,
            @RequestParam(required = false) @Nullable String contract) {
        List<VpnSession> found = everyone ? sessions.all(caller, contract) : sessions.own(caller);
        return new Listing(found.stream().map(VpnSessionController::view).toList());
    }

    /** Ends a tunnel: the gateway cuts it within seconds. */
    @Allow("identity:vpn-session:end")
    @DeleteMapping("/{session}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void end(Caller caller, @PathVariable String session) {
        sessions.end(caller, session);
    }

    private static View view(VpnSession session) {
        return new View(
                session.id(),
                new Named(session.accountId(), session.accountName()),
                new Named(session.domainId(), session.domainName()),
                session.endWantedAt() != null ? "ending" : session.tunnel() == null ? "opening" : "open",
                session.outerAddress(),
                session.innerAddress(),
                session.agent(),
                session.createdAt(),
                session.seenAt(),
                session.receivedBytes(),
                session.sentBytes());
    }
}
