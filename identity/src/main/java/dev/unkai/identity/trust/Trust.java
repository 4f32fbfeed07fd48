package dev.unkai.identity.trust;

import dev.unkai.identity.role.RoleStore.StoredRole;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one account lets another do in its place, within one project (Identity v3, OS-TRUST).
 *
 * @param trustorId who gives
 * @param trusteeId who is trusted
 * @param ownerId whose roles they are: the trustor, or where a trust was passed on, the first trustor of the chain
 * @param impersonation whether the trustee acts under the trustor's name
 * @param expiresAt null: never
 * @param remainingUses how many tokens may still be made with it; null: any number
 * @param parentId the trust that this one was passed on from, or null
 * @param redelegations how often it may be passed on
 */
public record Trust(
        String id,
        String trustorId,
        String trusteeId,
        String ownerId,
        String projectId,
        boolean impersonation,
        @Nullable Instant expiresAt,
        @Nullable Integer remainingUses,
        @Nullable String parentId,
        int redelegations,
        List<StoredRole> roles) {
    public Trust {
        roles = List.copyOf(roles);
    }

    /** Whether it still gives something; one that does not is not there any more for who asks. */
    public boolean isAlive(Instant now) {
        return (expiresAt == null || expiresAt.isAfter(now)) && (remainingUses == null || remainingUses > 0);
    }

    public boolean isOf(String accountId) {
        return trustorId.equals(accountId) || trusteeId.equals(accountId);
    }
}
