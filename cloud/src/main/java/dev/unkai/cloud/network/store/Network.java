package dev.unkai.cloud.network.store;

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
        String networkType,
        @Nullable String physicalNetwork,
        @Nullable Integer segmentationId,
        List<UUID> subnets,
        List<String> tags,
        Stamp stamp) {
    public static final String GENEVE = "geneve";
    public static final String VLAN = "vlan";
    public static final String FLAT = "flat";
}
