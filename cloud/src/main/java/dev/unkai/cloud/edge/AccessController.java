package dev.unkai.cloud.edge;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.web.ServiceApi;
import dev.unkai.web.TokenGate;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sessions, tunnels, and where a contract and its application credentials may be used from. Identity keeps them and decides; here its answers get the shape of
 * the Service API.
 */
@RestController
@ServiceApi
@RequestMapping("/service/v1")
public final class AccessController {
    private final IdentityLink identity;
    private final TokenGate gate;

    public AccessController(IdentityLink identity, TokenGate gate) {
        this.identity = identity;
        this.gate = gate;
    }

    /** One's own sessions; {@code everyone=true}: those of all users of the contract, for its master. */
    @Allow("session:list")
    @GetMapping("/sessions")
    ResponseEntity<byte[]> sessions(HttpServletRequest request) throws IOException {
        return pass(request);
    }

    /** Ends all of one's own sessions but the one that asks. */
    @Allow("session:end-others")
    @DeleteMapping("/sessions")
    ResponseEntity<byte[]> endOthers(HttpServletRequest request) throws IOException {
        return pass(request);
    }

    @Allow("session:delete")
    @DeleteMapping("/sessions/{session}")
    ResponseEntity<byte[]> end(HttpServletRequest request) throws IOException {
        return pass(request);
    }

    @Allow("source-rule:show")
    @GetMapping("/source-rules")
    ResponseEntity<byte[]> sourceRules(HttpServletRequest request) throws IOException {
        return pass(request);
    }

    /** {@code {"rules": [{"role": null, "prefixes": ["198.51.100.0/24"]}]}}: these and no others. */
    @Allow("source-rule:update")
    @PutMapping("/source-rules")
    ResponseEntity<byte[]> changeSourceRules(HttpServletRequest request) throws IOException {
        return pass(request);
    }

    /** {@code {"prefixes": […]}}: from where tunnels may be opened, where the plan wants a list beside them. */
    @Allow("source-rule:update")
    @PutMapping("/source-rules/tunnels")
    ResponseEntity<byte[]> changeTunnelSources(HttpServletRequest request) throws IOException {
        return pass(request);
    }

    /** How the contract is reached; {@code contract=ID} for an operator. */
    @Allow("portal-access:show")
    @GetMapping("/portal-access")
    ResponseEntity<byte[]> portalAccess(HttpServletRequest request) throws IOException {
        return pass(request);
    }

    /** How each contract is reached. */
    @Allow("portal-access:list")
    @GetMapping("/portal-access/contracts")
    ResponseEntity<byte[]> portalAccessOfAll(HttpServletRequest request) throws IOException {
        return pass(request);
    }

    /** {@code {"portalAccess": "internet" | "ssl-vpn"}}, for the {@code contract=ID}. */
    @Allow("portal-access:update")
    @PutMapping("/portal-access")
    ResponseEntity<byte[]> changePortalAccess(HttpServletRequest request) throws IOException {
        return pass(request);
    }

    /** One's own tunnels of the SSL-VPN; {@code everyone=true} as for sessions, for an operator those of all contracts. */
    @Allow("vpn-session:list")
    @GetMapping("/vpn-sessions")
    ResponseEntity<byte[]> vpnSessions(HttpServletRequest request) throws IOException {
        return pass(request);
    }

    /** The gateway cuts the tunnel within seconds (202). */
    @Allow("vpn-session:delete")
    @DeleteMapping("/vpn-sessions/{session}")
    ResponseEntity<byte[]> endVpnSession(HttpServletRequest request) throws IOException {
        return pass(request);
    }

    /** One's own application credentials and where they may be used from; {@code everyone=true} as for sessions. */
    @Allow("application-credential:list")
    @GetMapping("/application-credentials")
    ResponseEntity<byte[]> applicationCredentials(HttpServletRequest request) throws IOException {
        return pass(request);
    }

    /** {@code {"prefixes": ["198.51.100.0/24"]}}; none: everywhere that its owner may come from. */
    @Allow("application-credential:limit")
    @PutMapping("/application-credentials/{credential}/sources")
    ResponseEntity<byte[]> limitApplicationCredential(HttpServletRequest request) throws IOException {
        return pass(request);
    }

    private ResponseEntity<byte[]> pass(HttpServletRequest request) throws IOException {
        String path = "/identity" + request.getRequestURI();
        if (!path.matches("[A-Za-z0-9/_~.-]+") || path.contains("..")) {
            throw Refusal.notFound("There is nothing at this address.");
        }
        String query = request.getQueryString();
        HttpResponse<byte[]> answer = IdentityAnswer.orRefusal(identity.send(identity.request(
                        request, query == null ? path : path + "?" + query)
                .header("X-Auth-Token", String.valueOf(gate.sent(request)))
                .header("Content-Type", MediaType.APPLICATION_JSON_VALUE)
                .method(
                        request.getMethod(),
                        BodyPublishers.ofByteArray(request.getInputStream().readAllBytes()))
                .build()));
        ResponseEntity.BodyBuilder good =
                ResponseEntity.status(answer.statusCode()).cacheControl(CacheControl.noStore());
        return answer.body().length == 0
                ? good.build()
                : good.contentType(MediaType.APPLICATION_JSON).body(answer.body());
    }
}
