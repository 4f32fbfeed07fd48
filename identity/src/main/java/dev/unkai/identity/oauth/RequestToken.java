package dev.unkai.identity.oauth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a program asks for: some rights on a project, from whoever agrees.
 *
 * @param accountId who has agreed, or null as long as nobody has
 */
record RequestToken(
        String id,
        String consumerId,
        String projectId,
        @Nullable String accountId,
        Instant expiresAt) {}
