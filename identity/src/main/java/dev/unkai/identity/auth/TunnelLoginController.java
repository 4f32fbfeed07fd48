package dev.unkai.identity.auth;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.auth.LoginRequest.ByPassword;
import dev.unkai.identity.auth.LoginRequest.Named;
import dev.unkai.identity.auth.LoginRequest.Passcode;
import dev.unkai.identity.auth.TunnelLogin.Answer;
import dev.unkai.identity.vpn.GatewayController;
import dev.unkai.web.Peer;
import dev.unkai.wire.origin.IpAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Where the gateway asks whether somebody may open a tunnel. */
@RestController
public final class TunnelLoginController {
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_SECRET = 4_096;
    private static final int LONGEST_AGENT = 200;

    private final TunnelLogin login;

    TunnelLoginController(TunnelLogin login) {
        this.login = login;
    }

    /**
     * {@code {"login": {"user", "password", "passcode"?, "address", "agent"?}}}: the user as {@code NAME@CONTRACT} or as the account's id, the
     * address that of the VPN client. Answers {@code {"outcome": "granted", "session", "innerAddress"}}, {@code {"outcome": "code-needed"}},
     * {@code {"outcome": "code-wrong"}} or {@code {"outcome": "refused", "sentence"}}. Only for the gateway, shown by its certificate.
     */
    @Allow(Allow.PUBLIC)
    @PostMapping("/identity/internal/v1/vpn-logins")
    Map<String, String> logIn(@RequestBody JsonNode whole, HttpServletRequest request) {
        GatewayController.needGateway(request);
        Body body = Body.under(whole, "login").only("user", "password", "passcode", "address", "agent");
        Named user = named(body.text("user", LONGEST_NAME * 2 + 1));
        String password = secret(body, "password");
        String code = body.has("passcode") ? secret(body, "passcode") : null;
        IpAddress source = IpAddress.parse(body.text("address", 64))
                .orElseThrow(() -> Refusal.invalid("The field \"address\" must be an IP address."));
        String agent = body.optionalText("agent", LONGEST_AGENT);
        Requester from = new Requester(
                source, false, "SSL-VPN: " + (agent == null ? "" : agent), Peer.requestId(request), null, false);
        return view(login.answer(proof(user, password, code), from));
    }

    private static ByPassword proof(Named user, String password, @Nullable String code) {
        return new ByPassword(user, password, code == null ? null : new Passcode(user, code));
    }

    /** The contract stands behind the last @, since a user's name may be a mail address. */
    private static Named named(String text) {
        int at = text.lastIndexOf('@');
        return at < 0
                ? new Named(text, null, null, null)
                : new Named(null, text.substring(0, at), null, text.substring(at + 1));
    }

    private static String secret(Body body, String field) {
        String secret = body.optionalText(field, LONGEST_SECRET);
        if (secret == null) {
            throw Refusal.invalid("The field \"" + field + "\" is missing.");
        }
        return secret;
    }

    private static Map<String, String> view(Answer answer) {
        return switch (answer) {
            case Answer.Granted(String session, String innerAddress) ->
                Map.of("outcome", "granted", "session", session, "innerAddress", innerAddress);
            case Answer.CodeNeeded(boolean again) -> Map.of("outcome", again ? "code-wrong" : "code-needed");
            case Answer.Refused(String sentence) -> Map.of("outcome", "refused", "sentence", sentence);
        };
    }
}
