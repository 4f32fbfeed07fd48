package dev.unkai.cloud.network.ovn;

import dev.unkai.cloud.network.domain.PortNames;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.PortPlaces;
import dev.unkai.cloud.network.store.QosRule;
import dev.unkai.cloud.network.store.Subnet;
import dev.unkai.cloud.network.store.TrunkStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What is around some ports, read at once for all of them.
 *
 * @param rules of QoS policies, by policy
 * @param places where ports stand in trunks
 * @param hosts of the guests that the ports are plugged into
 * @param virtualParents ports that may take the address of a port which only stands for it
 */
record Surroundings(
        Map<UUID, Network> networks,
        Map<UUID, Subnet> subnets,
        Map<UUID, List<QosRule>> rules,
        Map<UUID, List<UUID>> virtualParents,
        Map<UUID, TrunkStore.Place> places,
        Map<UUID, PortPlaces.Place> hosts,
        PortNames names) {
    /** The rules that limit the port: of its own policy, else of its network's. */
    List<QosRule> rulesOf(Port port) {
        UUID own = port.extras().qosPolicyId();
        UUID policy = own == null ? port.fromNetwork().qosPolicyId() : own;
        return policy == null ? List.of() : rules.getOrDefault(policy, List.of());
    }

    /** Whether packets pass: a network that its owner set down carries none, whatever its ports say. */
    boolean isUp(Port port) {
        Network network = networks.get(port.networkId());
        return port.adminStateUp() && (network == null || network.adminStateUp());
    }

    List<UUID> parentsOf(Port port) {
        return virtualParents.getOrDefault(port.id(), List.of());
    }
}
