package dev.unkai.cloud.compute.reconcile;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.Ports;
import dev.unkai.cloud.network.Ports.ServerPort;
import dev.unkai.wire.node.Nic;
import java.util.List;
import java.util.UUID;

/**
 * How a server is connected.
 *
 * @param securityGroups names, which the metadata service tells
 * @param publicIpv4 a floating address, which it tells too; empty: none
 */
record Wiring(List<ServerPort> ports, List<String> securityGroups, String publicIpv4) {
    static Wiring of(Db db, Ports ports, UUID server) {
        Ports.Networking shown = ports.networking(db, List.of(server)).getOrDefault(server, Ports.Networking.empty());
        return new Wiring(
                ports.of(db, server),
                shown.securityGroups(),
                shown.addresses().stream()
                        .filter(address -> address.type().equals("floating") && address.version() == 4)
                        .map(Ports.ServerAddress::address)
                        .findFirst()
                        .orElse(""));
    }

    /** The ports as the guest's network cards. */
    List<Nic> nics() {
        return ports.stream().map(Wiring::nic).toList();
    }

    private static Nic nic(ServerPort port) {
        return Nic.newBuilder()
                .setPortId(port.id().toString())
                .setMac(port.mac())
                .setMtu(port.mtu())
                .setNetworkId(port.networkId().toString())
                .addAllAddresses(
                        port.fixedIps().stream().map(Ports.FixedIp::address).toList())
                .build();
    }
}
