package dev.unkai.identity.domain;

import dev.unkai.identity.api.Extra;
import java.util.List;

/** A customer, or the provider itself ({@code default}). */
public record Domain(String id, String name, String description, boolean enabled, List<String> tags, Extra extra) {
    /** The provider's own domain. */
    public static final String DEFAULT_ID = "default";

    public Domain {
        tags = List.copyOf(tags);
    }

    public Domain(String id, String name, String description, boolean enabled) {
        this(id, name, description, enabled, List.of(), Extra.NONE);
    }
}
