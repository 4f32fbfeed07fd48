package dev.unkai.identity.vpn;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.token.InternalController;
import dev.unkai.identity.vpn.VpnSessions.Tunnel;
import dev.unkai.web.Peer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Hears from the gateway which tunnels there are, and says which must go. */
@RestController
public final class GatewayController {
    private static final int MOST_TUNNELS = 20_000;

    private final VpnSessions sessions;

    public GatewayController(VpnSessions sessions) {
        this.sessions = sessions;
    }

    /** All tunnels that the gateway sees. */
    public record Seen(@Nullable List<Tunnel> tunnels) {}

    /** The names of the tunnels that must go. */
    public record Unwanted(List<String> unwanted) {}

    /** Only for the gateway, shown by its certificate; to anybody else it is not there. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/identity/internal/v1/vpn-tunnels")
    Unwanted reconcile(@RequestBody Seen seen, HttpServletRequest request) {
        needGateway(request);
        if (seen.tunnels() == null || seen.tunnels().size() > MOST_TUNNELS) {
            throw Refusal.invalid("The field \"tunnels\" must list the tunnels that there are.");
        }
        return new Unwanted(sessions.reconcile(seen.tunnels()));
    }

    /** Throws a refusal unless the gateway asks; to anybody else, our other processes among them, there is nothing here. */
    public static void needGateway(HttpServletRequest request) {
        InternalController.needProcess(request);
        if (!"gateway".equals(Peer.process(request))) {
            throw Refusal.notFound("There is nothing at this address.");
        }
    }
}
