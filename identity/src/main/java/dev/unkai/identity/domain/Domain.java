package dev.unkai.identity.domain;

import dev.unkai.identity.api.Extra;
import dev.unkai.wire.token.TokenClaims;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer, or the provider itself ({@code default}).
 *
 * @param immutable the option of this name; null where nobody has said
 */
public record Domain(
        String id,
        String name,
        String description,
        boolean enabled,
        List<String> tags,
        @Nullable Boolean immutable,
        Extra extra) {
    /** The provider's own domain. */
    public static final String DEFAULT_ID = "default";

    public Domain {
        tags = List.copyOf(tags);
    }

    /**
     * Where a new thing lies whose maker names no domain: where the token is for. A token for the system is for none; what it makes lies in the
     * provider's own domain then, as in the reference.
     */
    public static String meantBy(TokenClaims token) {
        if (token.scopeDomainId() != null) {
            return token.scopeDomainId();
        }
        return token.projectDomainId() != null ? token.projectDomainId() : DEFAULT_ID;
    }

    public Domain(String id, String name, String description, boolean enabled) {
        this(id, name, description, enabled, List.of(), null, Extra.NONE);
    }
}
