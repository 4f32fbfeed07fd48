package dev.unkai.identity.credential;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** EC2-style keys of a user: {@code /v3/users/{user}/credentials/OS-EC2}. */
@RestController
@RequestMapping("/identity/v3/users/{user}/credentials/OS-EC2")
public final class Ec2CredentialController {
    private final UserCredentials credentials;
    private final Listing listing;

    public Ec2CredentialController(UserCredentials credentials, Listing listing) {
        this.credentials = credentials;
        this.listing = listing;
    }

    /** A pair of keys as the OS-EC2 extension shows it. */
    record KeysView(
            @JsonProperty("user_id") String userId,
            @JsonProperty("tenant_id") @Nullable String tenantId,
            String access,
            @Nullable String secret,
            @JsonProperty("trust_id") @Nullable String trustId,
            Self links) {
        @Override
        public String toString() {
            return access;
        }
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping
    Map<String, Object> list(Caller caller, @PathVariable String user, HttpServletRequest request) {
        needOwner(caller, user);
        return listing.<UserCredential>whole(
                "credentials", credentials.list(caller, user, UserCredential.EC2), this::view, request);
    }

    @Allow("identity:ec2-credential:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, KeysView> create(Caller caller, @PathVariable String user, @RequestBody JsonNode body) {
        JsonNode project = body.get("tenant_id");
        if (project == null || !project.isString() || project.stringValue().length() > 64) {
            throw Refusal.invalid("The field \"tenant_id\" must name a project.");
        }
        return Map.of("credential", view(credentials.createEc2(caller, user, project.stringValue())));
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/{access}")
    Map<String, KeysView> show(Caller caller, @PathVariable String user, @PathVariable String access) {
        return Map.of("credential", view(keys(caller, user, access)));
    }

    @Allow(Allow.ANY_TOKEN)
    @DeleteMapping("/{access}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String user, @PathVariable String access) {
        credentials.delete(caller, keys(caller, user, access).id());
    }

    private UserCredential keys(Caller caller, String user, String access) {
        needOwner(caller, user);
        UserCredential keys = credentials.show(caller, UserCredentials.idOf(access));
        if (!keys.type().equals(UserCredential.EC2) || !keys.accountId().equals(user)) {
            throw ApiErrors.absent("credential", access);
        }
        return keys;
    }

    private static void needOwner(Caller caller, String user) {
        if (!user.equals(caller.user()) && !caller.isAdmin()) {
            throw Refusal.forbidden("You may see and change your own credentials only.");
        }
    }

    private KeysView view(UserCredential credential) {
        JsonNode keys = UserCredentials.keys(credential.blob());
        String access = keys.get("access").stringValue();
        return new KeysView(
                credential.accountId(),
                credential.projectId(),
                access,
                keys.path("secret").isString() ? keys.get("secret").stringValue() : null,
                keys.path("trust_id").isString() ? keys.get("trust_id").stringValue() : null,
                listing.self("/users/" + credential.accountId() + "/credentials/OS-EC2/" + access));
    }
}
