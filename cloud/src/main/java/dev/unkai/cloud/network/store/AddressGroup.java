package dev.unkai.cloud.network.store;

import java.util.List;
import java.util.UUID;

/**
 * Addresses that rules can name together.
 *
 * @param addresses CIDRs of either IP version
 */
public record AddressGroup(
        UUID id,
        String project,
        String name,
        String description,
        boolean shared,
        List<String> addresses,
        List<String> tags,
        Stamp stamp) {}
