package dev.unkai.cloud.network.store;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An outer address that a customer holds and may lay upon one of its ports. */
public record FloatingIp(
        UUID id,
        String project,
        String description,
        UUID floatingNetworkId,
        String address,
        @Nullable UUID portId,
        @Nullable String fixedIp,
        @Nullable UUID routerId,
        @Nullable UUID qosPolicyId,
        List<String> tags,
        Stamp stamp) {
    /** A floating address without limits. */
    public FloatingIp(
            UUID id,
            String project,
            String description,
            UUID floatingNetworkId,
            String address,
            @Nullable UUID portId,
            @Nullable String fixedIp,
            @Nullable UUID routerId,
            List<String> tags,
            Stamp stamp) {
        this(id, project, description, floatingNetworkId, address, portId, fixedIp, routerId, null, tags, stamp);
    }
}
