package dev.unkai.cloud.image.metadef;

import dev.unkai.base.event.Unrecorded;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A set of definitions under one name.
 *
 * @param owner the project that it belongs to
 * @param isPublic whether every project reads it
 * @param isProtected whether neither it nor what is in it can be deleted
 */
record Namespace(
        String name,
        String owner,
        @Nullable String displayName,
        @Nullable String description,
        boolean isPublic,
        boolean isProtected,
        @Unrecorded Instant createdAt,
        @Unrecorded Instant updatedAt) {}
