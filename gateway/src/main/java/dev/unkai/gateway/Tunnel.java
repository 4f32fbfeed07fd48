package dev.unkai.gateway;

import org.jspecify.annotations.Nullable;

/**
 * A tunnel as the VPN server has it.
 *
 * @param tunnel the server's name for it, the same as long as its client need not log in again
 * @param innerAddress null while the client is away and may come back
 * @param outerAddress where the client is, or null
 * @param receivedBytes by the client, since it was last connected
 */
record Tunnel(
        String tunnel,
        @Nullable String innerAddress,
        @Nullable String outerAddress,
        long receivedBytes,
        long sentBytes) {}
