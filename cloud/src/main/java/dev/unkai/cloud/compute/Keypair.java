package dev.unkai.cloud.compute;

import java.time.Instant;

/** A user's public key by name. The private half is never kept. */
public record Keypair(
        long number,
        String userId,
        String name,
        String type,
        String fingerprint,
        String publicKey,
        Instant createdAt) {}
