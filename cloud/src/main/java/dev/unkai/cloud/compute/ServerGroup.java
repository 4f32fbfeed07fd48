package dev.unkai.cloud.compute;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Servers that want to be together or apart. */
public record ServerGroup(
        UUID id,
        String projectId,
        String userId,
        String name,
        String policy,
        Map<String, Integer> rules,
        List<UUID> members) {
    public ServerGroup {
        rules = Map.copyOf(rules);
        members = List.copyOf(members);
    }
}
