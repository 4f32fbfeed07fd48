package dev.unkai.identity.oauth;

import java.time.Instant;
import java.util.List;

/** What a user lets a program do in his name: these roles on the project, at most as long as he has them. */
public record AccessToken(
        String id, String consumerId, String projectId, String accountId, List<String> roleIds, Instant expiresAt) {
    public AccessToken {
        roleIds = List.copyOf(roleIds);
    }
}
