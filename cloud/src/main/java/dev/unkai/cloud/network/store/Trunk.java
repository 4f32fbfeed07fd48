package dev.unkai.cloud.network.store;

import dev.unkai.base.event.Unrecorded;
import java.util.List;
import java.util.UUID;

/**
 * Several networks through one interface of a guest.
 *
 * @param portId the parent port, whose packets carry no tag
 * @param up whether the parent port is
 */
public record Trunk(
        UUID id,
        String project,
        String name,
        String description,
        boolean adminStateUp,
        UUID portId,
        @Unrecorded boolean up,
        List<Subport> subports,
        List<String> tags,
        Stamp stamp) {
    /** A port whose packets carry this VLAN tag (1–4094) inside the guest; 0 in a request for the tag that its network has outside. */
    public record Subport(UUID portId, int vlan, String mac) {
        public static final int OF_ITS_NETWORK = 0;
    }
}
