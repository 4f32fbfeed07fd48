package dev.unkai.identity.credential;

import dev.unkai.base.event.Confidential;
import dev.unkai.identity.role.HeldRole;
import dev.unkai.wire.token.AccessRule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A program's own way to log in as its maker on one project, with some of the maker's roles. */
public record ApplicationCredential(
        String id,
        String accountId,
        String projectId,
        String name,
        String description,
        @Confidential String secretHash,
        boolean unrestricted,
        @Nullable Instant expiresAt,
        List<HeldRole> roles,
        List<StoredRule> accessRules) {
    public ApplicationCredential {
        roles = List.copyOf(roles);
        accessRules = List.copyOf(accessRules);
    }

    /** The only requests that its tokens may be used for; empty: all that its roles allow. */
    public List<AccessRule> rules() {
        return accessRules.stream().map(StoredRule::rule).toList();
    }

    @Override
    public String toString() {
        return name + " (" + id + ")";
    }
}
