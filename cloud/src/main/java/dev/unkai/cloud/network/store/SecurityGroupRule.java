package dev.unkai.cloud.network.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Opens one kind of traffic.
 *
 * @param protocol a name such as {@code tcp}, a number 0–255 as text, or null for any
 * @param portMin lowest port, or the ICMP type
 * @param portMax highest port, or the ICMP code
 * @param remotePrefix a CIDR as it was said, perhaps with host bits
 */
public record SecurityGroupRule(
        UUID id,
        String project,
        UUID groupId,
        String description,
        String direction,
        String ethertype,
        @Nullable String protocol,
        @Nullable Integer portMin,
        @Nullable Integer portMax,
        @Nullable String remotePrefix,
        @Nullable UUID remoteGroupId,
        @Nullable UUID remoteAddressGroupId,
        Stamp stamp) {
    /** A rule that names no address group. */
    public SecurityGroupRule(
            UUID id,
            String project,
            UUID groupId,
            String description,
            String direction,
            String ethertype,
            @Nullable String protocol,
            @Nullable Integer portMin,
            @Nullable Integer portMax,
            @Nullable String remotePrefix,
            @Nullable UUID remoteGroupId,
            Stamp stamp) {
        this(
                id,
                project,
                groupId,
                description,
                direction,
                ethertype,
                protocol,
                portMin,
                portMax,
                remotePrefix,
                remoteGroupId,
                null,
                stamp);
    }

    public static final String INGRESS = "ingress";
    public static final String EGRESS = "egress";
    public static final String IPV4 = "IPv4";
    public static final String IPV6 = "IPv6";
}
