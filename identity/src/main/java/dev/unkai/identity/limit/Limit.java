package dev.unkai.identity.limit;

import dev.unkai.base.event.Unrecorded;
import org.jspecify.annotations.Nullable;

/**
 * How much one project, or one domain, may have of what a registered limit is about. One of the two is there.
 *
 * @param most -1: without limit
 */
public record Limit(
        String id,
        @Unrecorded RegisteredLimit of,
        @Nullable String projectId,
        @Nullable String domainId,
        int most,
        @Nullable String description) {}
