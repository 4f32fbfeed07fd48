package dev.unkai.identity.oauth;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.IdentitySettings;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Times;
import dev.unkai.identity.auth.Requester;
import dev.unkai.identity.oauth.OauthTokens.Made;
import dev.unkai.identity.oauth.OauthTokens.RoleWish;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v3/OS-OAUTH1}: a program asks for rights, a user agrees, the program fetches them. */
@RestController
@RequestMapping("/identity/v3/OS-OAUTH1")
public final class OauthTokenController {
    private static final int MOST_ROLES = 100;

    private final OauthTokens tokens;
    private final IdentitySettings settings;

    public OauthTokenController(OauthTokens tokens, IdentitySettings settings) {
        this.tokens = tokens;
        this.settings = settings;
    }

    @Allow(Allow.PUBLIC)
    @PostMapping("/request_token")
    ResponseEntity<String> request(
            @RequestHeader(name = "Requested-Project-Id", required = false) @Nullable String project,
            HttpServletRequest request) {
        return form(tokens.request(SignedRequest.of(request, settings), project, Requester.of(request)));
    }

    @Allow(Allow.PUBLIC)
    @PostMapping("/access_token")
    ResponseEntity<String> fetch(HttpServletRequest request) {
        return form(tokens.fetch(SignedRequest.of(request, settings), Requester.of(request)));
    }

    @Allow("identity:oauth-token:authorize")
    @PutMapping("/authorize/{request}")
    Map<String, Object> authorize(Caller caller, @PathVariable String request, @RequestBody JsonNode body) {
        if (!body.path("roles").isArray()) {
            throw Refusal.invalid("The field \"roles\" must be a list of roles, each by \"id\" or by \"name\".");
        }
        List<RoleWish> roles = body.path("roles").isEmpty()
                ? List.of()
                : Body.listUnder(body, "roles", MOST_ROLES).stream()
                        .map(OauthTokenController::role)
                        .toList();
        return Map.of("token", Map.of("oauth_verifier", tokens.authorize(caller, request, roles)));
    }

    private static RoleWish role(Body role) {
        role.only("id", "name");
        if (role.has("id") && role.has("name")) {
            throw Refusal.invalid("Name a role by \"id\" or by \"name\", not by both.");
        }
        return role.has("id") ? new RoleWish(role.text("id", 64), null) : new RoleWish(null, role.text("name", 255));
    }

    private static ResponseEntity<String> form(Made made) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .header("Cache-Control", "no-store")
                .body("oauth_token=" + made.id() + "&oauth_token_secret=" + made.secret() + "&oauth_expires_at="
                        + Times.ofToken(made.expiresAt()));
    }
}
