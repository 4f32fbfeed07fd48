package dev.unkai.cloud.plan;

import org.jspecify.annotations.Nullable;

/**
 * Which policies of a plan this release keeps by itself, whatever the plan says there, and which the provider's people keep: a plan must not look as if a
 * program stood behind each of its promises. Whoever writes the code that keeps a policy names it here.
 */
public enum Enforcement {
    CREDENTIALS("credentials", "dev.unkai.identity.account.PasswordPolicy"),
    USER_ADMINISTRATION("userAdministration", "dev.unkai.identity.access.Rights"),
    PORTAL_ACCESS("portalAccess", "dev.unkai.identity.source.PortalAccess"),
    PLACEMENT("placement", "dev.unkai.cloud.placement.OwnHosts"),
    BACKUP("backup", null),
    RESIDENCY("residency", null),
    MONITORING("monitoring", null),
    ERASURE("erasure", null),
    NOTICE("notice", null),
    RETENTION("retention", null);

    private final String policy;
    private final @Nullable String keeper;

    Enforcement(String policy, @Nullable String keeper) {
        this.policy = policy;
        this.keeper = keeper;
    }

    /** As in the plan's document. */
    public String policy() {
        return policy;
    }

    /** The class that keeps it; null: people do. */
    public @Nullable String keeper() {
        return keeper;
    }
}
