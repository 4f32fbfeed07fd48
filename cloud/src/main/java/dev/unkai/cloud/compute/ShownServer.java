package dev.unkai.cloud.compute;

import dev.unkai.cloud.network.Ports.ServerAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server with what other modules say of it, all read in one transaction.
 *
 * @param securityGroups names, as on its ports
 * @param hostStatus UP, DOWN, MAINTENANCE, UNKNOWN, or empty without a host; null where it was not asked for
 */
public record ShownServer(
        Server server,
        List<ServerAddress> addresses,
        List<String> securityGroups,
        @Nullable String hostStatus) {
    public ShownServer {
        addresses = List.copyOf(addresses);
        securityGroups = List.copyOf(securityGroups);
    }
}
