package dev.unkai.cloud.plan;

import java.util.List;

/**
 * One published version of a plan: what a contract on it promises. Two plans differ in these policies and in nothing else.
 *
 * @param id lower-case letters, digits and hyphens, the same in all versions
 * @param version from 1 upwards; what a version says never changes
 * @param summary one or two sentences for who chooses a plan
 * @param userAdministration who makes, changes and removes the contract's users
 * @param texts what a customer consents to, in the order of reading; may be empty
 */
public record Plan(
        String id,
        int version,
        Words name,
        Words summary,
        CredentialPolicy credentials,
        UserAdministration userAdministration,
        PortalAccess portalAccess,
        PlacementPolicy placement,
        BackupPolicy backup,
        Residency residency,
        MonitoringPolicy monitoring,
        ErasurePolicy erasure,
        NoticePolicy notice,
        RetentionPolicy retention,
        List<PlanText> texts,
        ResponsibilityMatrix responsibilities) {
    public Plan {
        texts = List.copyOf(texts);
    }
}
