package dev.unkai.identity.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A log-in and all that came of it.
 *
 * @param id the last audit id of its tokens
 * @param how {@code console} or {@code api}
 * @param method how the account showed who it is: {@code password}, {@code application_credential} …
 * @param address where it logged in from
 */
public record Session(
        String id,
        String accountId,
        String accountName,
        String domainId,
        String how,
        String method,
        @Nullable String credentialId,
        String address,
        String agent,
        Instant createdAt,
        Instant lastUsedAt,
        String lastAddress,
        Instant endsAt) {}
