package dev.unkai.cloud.network.store;

import java.util.List;
import java.util.UUID;

/** A set of rules that opens what is closed by default, and the ports it is laid upon. */
public record SecurityGroup(
        UUID id,
        String project,
        String name,
        String description,
        boolean stateful,
        boolean isDefault,
        boolean shared,
        List<SecurityGroupRule> rules,
        List<String> tags,
        Stamp stamp) {}
