package dev.unkai.identity.credential;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import dev.unkai.identity.factor.Totp;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v3/credentials}. */
@RestController
@RequestMapping("/identity/v3/credentials")
public final class UserCredentialController {
    private static final String[] FIELDS = {"type", "blob", "project_id", "user_id"};
    private static final int LONGEST_BLOB = 16_384;

    private final UserCredentials credentials;
    private final Listing listing;

    public UserCredentialController(UserCredentials credentials, Listing listing) {
        this.credentials = credentials;
        this.listing = listing;
    }

    /** A credential as the Identity v3 API shows it. */
    record CredentialView(
            String id,
            @JsonProperty("user_id") String userId,
            @JsonProperty("project_id") @Nullable String projectId,
            String type,
            @Nullable String blob,
            Self links,
            @JsonAnyGetter Map<String, JsonNode> extra) {
        @Override
        public String toString() {
            return type + " " + id;
        }
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping
    Map<String, Object> list(
            Caller caller,
            @RequestParam(name = "user_id", required = false) @Nullable String user,
            @RequestParam(required = false) @Nullable String type,
            HttpServletRequest request) {
        return listing.<UserCredential>whole(
                "credentials", credentials.list(caller, user, type), one -> view(caller, one), request);
    }

    @Allow("identity:credential:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, CredentialView> create(Caller caller, @RequestBody JsonNode body) {
        Body wanted = Body.under(body, "credential").refuseNull("project_id");
        return Map.of(
                "credential",
                view(
                        caller,
                        credentials.create(
                                caller,
                                new UserCredentials.Wanted(
                                        wanted.text("user_id", 64),
                                        wanted.optionalText("project_id", 64),
                                        wanted.text("type", 255),
                                        wanted.text("blob", LONGEST_BLOB),
                                        wanted.beside(FIELDS)))));
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/{id}")
    Map<String, CredentialView> show(Caller caller, @PathVariable String id) {
        return Map.of("credential", view(caller, credentials.show(caller, id)));
    }

    @Allow(Allow.ANY_TOKEN)
    @PatchMapping("/{id}")
    Map<String, CredentialView> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Body change = Body.under(body, "credential");
        change.sameId(id);
        return Map.of("credential", view(caller, credentials.update(caller, id, now -> {
            String owner = change.optionalText("user_id", 64);
            if (owner != null && !owner.equals(now.accountId())) {
                throw Refusal.forbidden("A credential cannot be given to somebody else.");
            }
            String type = change.has("type") ? change.text("type", 255) : now.type();
            if (!type.equals(now.type())) {
                throw Refusal.invalid("A credential keeps its type. Make another one.");
            }
            return new UserCredential(
                    id,
                    now.accountId(),
                    change.has("project_id") ? change.optionalText("project_id", 64) : now.projectId(),
                    type,
                    change.has("blob") ? change.text("blob", LONGEST_BLOB) : now.blob(),
                    now.extra().with(change.beside(FIELDS)));
        })));
    }

    @Allow(Allow.ANY_TOKEN)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        credentials.delete(caller, id);
    }

    /** Nobody but the owner sees the seed of one-time passwords: an operator has no use for it. */
    private CredentialView view(Caller caller, UserCredential credential) {
        boolean hidden =
                credential.type().equals(Totp.TYPE) && !credential.accountId().equals(caller.user());
        return new CredentialView(
                credential.id(),
                credential.accountId(),
                credential.projectId(),
                credential.type(),
                hidden ? null : credential.blob(),
                listing.self("/credentials/" + credential.id()),
                credential.extra().attributes());
    }
}
