package dev.unkai.cloud.network.store;

import dev.unkai.base.event.Unrecorded;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Joins subnets, and by its gateway the outer world.
 *
 * @param zoneHints names of the zones that it was wished for; every host serves it all the same
 */
public record Router(
        UUID id,
        String project,
        String name,
        String description,
        boolean adminStateUp,
        @Nullable Gateway gateway,
        List<Subnet.HostRoute> routes,
        List<String> zoneHints,
        List<String> tags,
        Stamp stamp) {
    /** The same router with other routes. */
    public Router withRoutes(List<Subnet.HostRoute> others) {
        return new Router(id, project, name, description, adminStateUp, gateway, others, zoneHints, tags, stamp);
    }

    /** The leg on an external network; {@code portId} is null until it is made. */
    public record Gateway(
            UUID networkId, @Unrecorded @Nullable UUID portId, boolean snat, List<Port.FixedIp> addresses) {}
}
