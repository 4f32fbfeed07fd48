package dev.unkai.identity.domain;

import dev.unkai.identity.api.Extra;
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

    public Domain(String id, String name, String description, boolean enabled) {
        this(id, name, description, enabled, List.of(), null, Extra.NONE);
    }
}
