package dev.unkai.cloud.network.store;

import java.util.List;
import java.util.UUID;

/** Limits and marks of traffic that networks, ports and floating addresses can be put under. */
public record QosPolicy(
        UUID id,
        String project,
        String name,
        String description,
        boolean shared,
        boolean isDefault,
        List<QosRule> rules,
        List<String> tags,
        Stamp stamp) {}
