package dev.unkai.node.metadata;

import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.Nic;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which guest asks: on a network no two have the same address, and OVN lets none send with another's. What a request says of itself
 * counts for nothing.
 *
 * @param byNetwork of each network with guests here, its guests by every address they may ask from
 * @param mtus of each such network, in bytes
 * @param neighbours of each such network, the MAC of its guests here by the IPv6 address that they make from it
 */
record MetadataGuests(
        Map<UUID, Map<InetAddress, Guest>> byNetwork,
        Map<UUID, Integer> mtus,
        Map<UUID, Map<InetAddress, String>> neighbours) {
    private static final Logger log = LoggerFactory.getLogger(MetadataGuests.class);
    private static final int ETHERNET_MTU = 1500;

    static final MetadataGuests NONE = new MetadataGuests(Map.of(), Map.of(), Map.of());

    static MetadataGuests of(HostPlan plan) {
        Map<UUID, Map<InetAddress, Guest>> byNetwork = new HashMap<>();
        Map<UUID, Integer> mtus = new HashMap<>();
        Map<UUID, Map<InetAddress, String>> neighbours = new HashMap<>();
        for (Guest guest : plan.getGuestsList()) {
            if (!guest.hasMetadata()) {
                continue; // planned by a cloud that does not know the service
            }
            for (Nic nic : guest.getNicsList()) {
                if (!nic.getNetworkId().isEmpty()) {
                    UUID network = UUID.fromString(nic.getNetworkId());
                    mtus.merge(network, nic.getMtu() > 0 ? nic.getMtu() : ETHERNET_MTU, Math::min);
                    note(
                            byNetwork.computeIfAbsent(network, _ -> new HashMap<>()),
                            neighbours.computeIfAbsent(network, _ -> new HashMap<>()),
                            guest,
                            nic);
                }
            }
        }
        return new MetadataGuests(byNetwork, mtus, neighbours);
    }

    Optional<Guest> find(UUID network, InetAddress source) {
        return Optional.ofNullable(byNetwork.getOrDefault(network, Map.of()).get(source));
    }

    private static void note(
            Map<InetAddress, Guest> guests, Map<InetAddress, String> neighbours, Guest guest, Nic nic) {
        try {
            for (String address : nic.getAddressesList()) {
                guests.put(InetAddress.ofLiteral(address), guest);
            }
            InetAddress own = linkLocal(nic.getMac());
            guests.put(own, guest);
            neighbours.put(own, nic.getMac());
        } catch (IllegalArgumentException | UnknownHostException e) {
            log.warn("An address of port {} is not one; its guest has no metadata there", nic.getPortId());
        }
    }

    /** The address that a guest makes itself from its MAC (RFC 4291 appendix A), the only one of its kind that OVN lets it send with. */
    static InetAddress linkLocal(String mac) throws UnknownHostException {
        String[] parts = mac.split(":");
        if (parts.length != 6) {
            throw new UnknownHostException(mac);
        }
        byte[] address = new byte[16];
        address[0] = (byte) 0xfe;
        address[1] = (byte) 0x80;
        for (int part = 0; part < 6; part++) {
            address[part < 3 ? 8 + part : 10 + part] = (byte) Integer.parseInt(parts[part], 16);
        }
        address[8] ^= 2;
        address[11] = (byte) 0xff;
        address[12] = (byte) 0xfe;
        return InetAddress.getByAddress(address);
    }
}
