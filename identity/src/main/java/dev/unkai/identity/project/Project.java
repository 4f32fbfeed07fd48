package dev.unkai.identity.project;

import dev.unkai.base.event.Unrecorded;
import dev.unkai.identity.api.Extra;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer's space for machines and networks.
 *
 * @param parentId the project that it is below; null: directly below its domain
 * @param usable whether both the project and its domain are enabled
 * @param plan the plan it was sold under; null for the provider's own
 * @param immutable the option of this name; null where nobody has said
 */
public record Project(
        String id,
        String domainId,
        @Unrecorded String domainName,
        @Nullable String parentId,
        String name,
        String description,
        boolean enabled,
        @Unrecorded boolean usable,
        @Nullable String plan,
        List<String> tags,
        @Nullable Boolean immutable,
        Extra extra) {
    public Project {
        tags = List.copyOf(tags);
    }

    /** The same with other tags. */
    public Project tagged(List<String> others) {
        return new Project(
                id, domainId, domainName, parentId, name, description, enabled, usable, plan, others, immutable, extra);
    }
}
