package dev.unkai.identity.credential;

import dev.unkai.identity.role.HeldRole;
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
        String secretHash,
        boolean unrestricted,
        @Nullable Instant expiresAt,
        List<HeldRole> roles) {
    public ApplicationCredential {
        roles = List.copyOf(roles);
    }

    @Override
    public String toString() {
        return name + " (" + id + ")";
    }
}
