package dev.unkai.cloud.network.store;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ranges that subnets are cut from. Lengths are of prefixes, in bits.
 *
 * @param prefixes CIDRs without overlap
 * @param defaultQuota how much one project may take, in addresses (IPv4) or in /64 ranges (IPv6); null: as much as there is
 * @param isDefault whether it is taken when a request names no pool; one of each IP version
 */
public record SubnetPool(
        UUID id,
        String project,
        String name,
        String description,
        int version,
        List<String> prefixes,
        int defaultLength,
        int minLength,
        int maxLength,
        @Nullable Integer defaultQuota,
        boolean isDefault,
        boolean shared,
        @Nullable UUID addressScopeId,
        List<String> tags,
        Stamp stamp) {
    /** The same pool with other ranges. */
    public SubnetPool withPrefixes(List<String> others) {
        return new SubnetPool(
                id,
                project,
                name,
                description,
                version,
                others,
                defaultLength,
                minLength,
                maxLength,
                defaultQuota,
                isDefault,
                shared,
                addressScopeId,
                tags,
                stamp);
    }
}
