package dev.unkai.identity.role;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.identity.api.Immutable;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import dev.unkai.identity.role.RoleStore.StoredRole;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A role as the Identity v3 API shows it. */
public record RoleView(
        String id,
        String name,
        @Nullable String description,
        @JsonProperty("domain_id") @Nullable String domainId,
        Map<String, Object> options,
        Self links,
        @JsonAnyGetter Map<String, JsonNode> extra) {
    /** The service's own roles cannot be taken away, which this option says too. */
    public static Map<String, Object> options(StoredRole role) {
        return Immutable.shown(Roles.isDefault(role) ? (Boolean) true : role.immutable());
    }

    public static RoleView of(StoredRole role, Listing listing) {
        return new RoleView(
                role.id(),
                role.name(),
                role.description().isEmpty() ? null : role.description(),
                role.domainId(),
                options(role),
                listing.self("/roles/" + role.id()),
                role.extra().attributes());
    }
}
