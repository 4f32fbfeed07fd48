package dev.unkai.cloud.network.store;

import dev.unkai.base.event.Unrecorded;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A network as it should be. {@code mtu} is in bytes; {@code segmentationId} is its VLAN or tunnel number. */
public record Network(
        UUID id,
        String project,
        String name,
        String description,
        boolean adminStateUp,
        boolean shared,
        boolean external,
        boolean isDefault,
        boolean portSecurity,
        int mtu,
        @Unrecorded String networkType,
        @Unrecorded @Nullable String physicalNetwork,
        @Unrecorded @Nullable Integer segmentationId,
        List<UUID> subnets,
        Links links,
        List<String> tags,
        Stamp stamp) {
    /**
     * What a network has to do with things beyond itself.
     *
     * @param dnsDomain of its ports' names, ending in a dot, or empty for the service's own
     * @param qosPolicyId laid upon all its guests' ports that have none of their own
     * @param ipv4Scope of its subnets' pools
     * @param zoneHints names of the zones that it was wished for; every host serves it all the same
     */
    public record Links(
            String dnsDomain,
            @Nullable UUID qosPolicyId,
            @Nullable UUID ipv4Scope,
            @Nullable UUID ipv6Scope,
            List<String> zoneHints) {
        public static final Links NONE = new Links("", null, null, null, List.of());
    }

    /** A new network, with nothing beyond itself. */
    public Network(
            UUID id,
            String project,
            String name,
            String description,
            boolean adminStateUp,
            boolean shared,
            boolean external,
            boolean isDefault,
            boolean portSecurity,
            int mtu,
            String networkType,
            @Nullable String physicalNetwork,
            @Nullable Integer segmentationId,
            List<UUID> subnets,
            List<String> tags,
            Stamp stamp) {
        this(
                id,
                project,
                name,
                description,
                adminStateUp,
                shared,
                external,
                isDefault,
                portSecurity,
                mtu,
                networkType,
                physicalNetwork,
                segmentationId,
                subnets,
                Links.NONE,
                tags,
                stamp);
    }

    /** The same network under another QoS policy, or none. */
    public Network limitedBy(@Nullable UUID policy) {
        return new Network(
                id,
                project,
                name,
                description,
                adminStateUp,
                shared,
                external,
                isDefault,
                portSecurity,
                mtu,
                networkType,
                physicalNetwork,
                segmentationId,
                subnets,
                new Links(links.dnsDomain(), policy, links.ipv4Scope(), links.ipv6Scope(), links.zoneHints()),
                tags,
                stamp);
    }

    public static final String GENEVE = "geneve";
    public static final String VLAN = "vlan";
    public static final String FLAT = "flat";
}
