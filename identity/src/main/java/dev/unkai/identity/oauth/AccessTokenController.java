package dev.unkai.identity.oauth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Times;
import dev.unkai.identity.role.RoleStore.StoredRole;
import dev.unkai.identity.role.RoleView;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v3/users/{id}/OS-OAUTH1/access_tokens}: what a user has let programs have. */
@RestController
@RequestMapping("/identity/v3/users/{user}/OS-OAUTH1/access_tokens")
public final class AccessTokenController {
    private final OauthTokens tokens;
    private final Listing listing;

    public AccessTokenController(OauthTokens tokens, Listing listing) {
        this.tokens = tokens;
        this.listing = listing;
    }

    /** The address of the roles, and for one alone its own. */
    record TokenLinks(
            String roles,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String self) {}

    /** An access token as the Identity v3 API shows it. */
    record AccessTokenView(
            String id,
            @JsonProperty("consumer_id") String consumer,
            @JsonProperty("project_id") String project,
            @JsonProperty("authorizing_user_id") String user,
            @JsonProperty("expires_at") String expiresAt,
            TokenLinks links) {}

    @Allow(Allow.ANY_TOKEN)
    @GetMapping
    Map<String, Object> list(Caller caller, @PathVariable String user, HttpServletRequest request) {
        return listing.<AccessToken>whole(
                "access_tokens", tokens.list(caller, user), token -> view(token, false), request);
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/{id}")
    Map<String, AccessTokenView> show(Caller caller, @PathVariable String user, @PathVariable String id) {
        return Map.of("access_token", view(tokens.show(caller, user, id), true));
    }

    @Allow(Allow.ANY_TOKEN)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String user, @PathVariable String id) {
        tokens.delete(caller, user, id);
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/{id}/roles")
    Map<String, Object> roles(
            Caller caller, @PathVariable String user, @PathVariable String id, HttpServletRequest request) {
        return listing.<StoredRole>whole(
                "roles", tokens.roles(caller, user, id), role -> RoleView.of(role, listing), request);
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/{id}/roles/{role}")
    Map<String, RoleView> role(
            Caller caller, @PathVariable String user, @PathVariable String id, @PathVariable String role) {
        return Map.of(
                "role",
                tokens.roles(caller, user, id).stream()
                        .filter(one -> one.id().equals(role))
                        .findFirst()
                        .map(one -> RoleView.of(one, listing))
                        .orElseThrow(() -> ApiErrors.absent("role", role)));
    }

    private AccessTokenView view(AccessToken token, boolean alone) {
        String self = listing.url("/users/" + token.accountId() + "/OS-OAUTH1/access_tokens/" + token.id());
        return new AccessTokenView(
                token.id(),
                token.consumerId(),
                token.projectId(),
                token.accountId(),
                Times.ofToken(token.expiresAt()),
                new TokenLinks(self + "/roles", alone ? self : null));
    }
}
