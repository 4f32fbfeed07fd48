package dev.unkai.identity.project;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer's space for machines and networks.
 *
 * @param usable whether both the project and its domain are enabled
 * @param plan the plan it was sold under; null for the provider's own
 */
public record Project(
        String id,
        String domainId,
        String domainName,
        String name,
        String description,
        boolean enabled,
        boolean usable,
        @Nullable String plan,
        List<String> tags) {
    public Project {
        tags = List.copyOf(tags);
    }
}
