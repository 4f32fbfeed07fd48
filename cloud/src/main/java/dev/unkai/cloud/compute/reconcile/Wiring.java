package dev.unkai.cloud.compute.reconcile;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.store.NicTags;
import dev.unkai.cloud.network.Ports;
import dev.unkai.cloud.network.Ports.ServerPort;
import dev.unkai.wire.node.Nic;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How a server is connected.
 *
 * @param tags by which the guest is told which card is which, by port
 * @param securityGroups names, which the metadata service tells
 * @param publicIpv4 a floating address, which it tells too; empty: none
 */
record Wiring(List<ServerPort> ports, Map<UUID, String> tags, List<String> securityGroups, String publicIpv4) {
    static Wiring of(Db db, Ports ports, NicTags tags, UUID server) {
        Ports.Networking shown = ports.networking(db, List.of(server)).getOrDefault(server, Ports.Networking.empty());
        return new Wiring(
                ports.of(db, server),
                tags.of(db, server),
                shown.securityGroups(),
                shown.addresses().stream()
                        .filter(address -> address.type().equals("floating") && address.version() == 4)
                        .map(Ports.ServerAddress::address)
                        .findFirst()
                        .orElse(""));
    }

    /** The ports as the guest's network cards. */
    List<Nic> nics() {
        return ports.stream().map(this::nic).toList();
    }

    private Nic nic(ServerPort port) {
        return Nic.newBuilder()
                .setPortId(port.id().toString())
                .setMac(port.mac())
                .setMtu(port.mtu())
                .setNetworkId(port.networkId().toString())
                .setTag(tags.getOrDefault(port.id(), ""))
                .addAllAddresses(
                        port.fixedIps().stream().map(Ports.FixedIp::address).toList())
                .build();
    }
}
