package dev.unkai.identity.role;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import dev.unkai.identity.role.RoleStore.StoredRole;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A role as the Identity v3 API shows it. */
public record RoleView(
        String id,
        String name,
        String description,
        @JsonProperty("domain_id") @Nullable String domainId,
        Map<String, Object> options,
        Self links) {
    public static RoleView of(StoredRole role, Listing listing) {
        return new RoleView(
                role.id(), role.name(), role.description(), null, Map.of(), listing.self("/roles/" + role.id()));
    }
}
