package dev.unkai.identity.account;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import dev.unkai.identity.api.Times;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An account as the Identity v3 API shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UserView(
        String id,
        String name,
        @JsonProperty("domain_id") String domainId,
        boolean enabled,
        String description,
        @Nullable String email,
        @JsonProperty("default_project_id") @Nullable String defaultProjectId,

        @JsonInclude(JsonInclude.Include.ALWAYS) @JsonProperty("password_expires_at") @Nullable
        String passwordExpiresAt,

        Map<String, Object> options,
        @Nullable List<Federated> federated,
        Self links,
        @JsonAnyGetter Map<String, JsonNode> extra) {
    public static UserView of(Account account, Listing listing) {
        return new UserView(
                account.id(),
                account.name(),
                account.domainId(),
                account.enabled(),
                account.description(),
                account.email(),
                account.defaultProjectId(),
                Times.ofResource(account.passwordExpiresAt()),
                account.options().values(),
                null,
                listing.self("/users/" + account.id()),
                account.extra().attributes());
    }

    /** The same with who vouches for it, where anybody does. */
    UserView with(List<Federated> vouching) {
        return new UserView(
                id,
                name,
                domainId,
                enabled,
                description,
                email,
                defaultProjectId,
                passwordExpiresAt,
                options,
                vouching.isEmpty() ? null : List.copyOf(vouching),
                links,
                extra);
    }
}
