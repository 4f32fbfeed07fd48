package dev.unkai.identity.vpn;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel that may be: from the granted log-in on until it was seen to be gone.
 *
 * @param projectId whose history the tunnel stands in, or null
 * @param agent the client's program
 * @param tunnel the VPN server's name for it, or null while it was not seen
 * @param seenAt when the gateway last saw it, or null
 * @param receivedBytes what its user has received since the tunnel was last connected
 * @param endWantedAt since when it shall end, or null
 */
record VpnSession(
        String id,
        String accountId,
        String accountName,
        String domainId,
        String domainName,
        @Nullable String projectId,
        String innerAddress,
        String outerAddress,
        String agent,
        Instant createdAt,
        @Nullable String tunnel,
        @Nullable Instant seenAt,
        long receivedBytes,
        long sentBytes,
        @Nullable Instant endWantedAt) {}
