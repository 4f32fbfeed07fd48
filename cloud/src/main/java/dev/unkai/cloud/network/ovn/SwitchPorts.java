package dev.unkai.cloud.network.ovn;

import dev.unkai.cloud.network.ovsdb.OvsdbValue;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.OvnMarks.Unit;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.PortPlaces;
import dev.unkai.cloud.network.store.TrunkStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A port as a logical switch port, named by its id, since that is what a host's interface carries as its iface-id. */
final class SwitchPorts {
    private SwitchPorts() {}

    /** The port itself, its name, its limits, and what DHCP tells it alone. */
    static List<Wanted> of(Port port, Surroundings around) {
        if (port.deviceOwner().equals(Port.FLOATING_IP)) {
            return List.of();
        }
        Unit unit = new Unit(Kind.PORT, port.id());
        List<Wanted> rows = new ArrayList<>();
        if (!port.deviceOwner().startsWith("network:")) {
            rows.addAll(NameRows.of(port, unit, around.names()));
            rows.addAll(QosRows.ofPort(unit, port.networkId(), around.rulesOf(port)));
            rows.addAll(PortDhcp.of(port, unit, around));
        }
        rows.add(port(port, around));
        return rows;
    }

    private static Wanted port(Port port, Surroundings around) {
        Unit unit = new Unit(Kind.PORT, port.id());
        Map<String, OvsdbValue> columns = new LinkedHashMap<>();
        Map<String, List<String>> references = new LinkedHashMap<>();
        List<Wanted.Holder> holders = new ArrayList<>();
        holders.add(new Wanted.Holder(new Unit(Kind.NETWORK, port.networkId()).toString(), "ports"));
        columns.put("name", OvsdbValue.of(port.id().toString()));
        columns.put("enabled", OvsdbValue.of(around.isUp(port)));
        if (port.ofRouter()) {
            columns.put("parent_name", OvsdbValue.none());
            columns.put("tag", OvsdbValue.none());
            columns.put("type", OvsdbValue.of("router"));
            columns.put("addresses", OvsdbValue.of("router"));
            columns.put("options", OvsdbValue.of(routerOptions(port)));
        } else {
            TrunkStore.Place place = around.places().get(port.id());
            columns.put(
                    "parent_name",
                    place != null && place.vlan() > 0
                            ? OvsdbValue.of(place.parentId().toString())
                            : OvsdbValue.none());
            columns.put("tag", place != null && place.vlan() > 0 ? OvsdbValue.of(place.vlan()) : OvsdbValue.none());
            List<UUID> parents = around.parentsOf(port);
            columns.put("type", OvsdbValue.of(parents.isEmpty() ? "" : "virtual"));
            columns.put("addresses", OvsdbValue.of(addresses(port)));
            columns.put(
                    "options",
                    OvsdbValue.of(parents.isEmpty() ? binding(around.hosts().get(port.id())) : virtual(port, parents)));
            references.put("dhcpv4_options", PortDhcp.reference(port, around, 4));
            references.put("dhcpv6_options", PortDhcp.reference(port, around, 6));
            if (port.portSecurity()) {
                holders.add(new Wanted.Holder(Firewall.BASE_KEY, "ports"));
                port.securityGroups()
                        .forEach(group ->
                                holders.add(new Wanted.Holder(new Unit(Kind.GROUP, group).toString(), "ports")));
            }
        }
        columns.put("port_security", port.portSecurity() ? OvsdbValue.of(guarded(port)) : OvsdbValue.none());
        return new Wanted(Tables.SWITCH_PORT, unit, unit.toString(), columns, references, holders);
    }

    private static Map<String, String> routerOptions(Port port) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("router-port", RouterRows.portName(port.id()));
        if (port.deviceOwner().equals(Port.ROUTER_GATEWAY)) {
            // Announces the gateway's and the floating addresses to the physical network.
            options.put("nat-addresses", "router");
        }
        return options;
    }

    /**
     * Only the host that the guest is on may bind the port, or two that have its interface would take it from each other again and
     * again. While it moves, packets go to both, and the next one lets none through before the guest has woken up there (ovn-nb(5)).
     */
    private static Map<String, String> binding(PortPlaces.@Nullable Place place) {
        if (place == null) {
            return Map.of();
        }
        return place.next() == null
                ? Map.of("requested-chassis", place.host().toString())
                : Map.of("requested-chassis", place.host() + "," + place.next(), "activation-strategy", "rarp");
    }

    /** An address that guests share: OVN finds by their ARP which of them has it. */
    private static Map<String, String> virtual(Port port, List<UUID> parents) {
        return Map.of(
                "virtual-ip", port.fixedIps().getFirst().address(),
                "virtual-parents",
                        String.join(",", parents.stream().map(UUID::toString).toList()));
    }

    private static Set<String> addresses(Port port) {
        Set<String> addresses = new LinkedHashSet<>();
        addresses.add(own(port));
        // A further hardware address must be known, or nothing would be sent to it.
        port.allowedPairs().forEach(pair -> {
            String mac = pair.mac();
            if (mac != null && !mac.equals(port.mac())) {
                addresses.add(mac);
            }
        });
        if (!port.portSecurity()) {
            addresses.add("unknown");
        }
        return addresses;
    }

    private static String own(Port port) {
        StringBuilder text = new StringBuilder(port.mac());
        port.fixedIps().forEach(address -> text.append(' ').append(address.address()));
        return text.toString();
    }

    /** What the guest may call itself: its own addresses, and the further ones that its owner allows. */
    private static Set<String> guarded(Port port) {
        Map<String, StringBuilder> byMac = new LinkedHashMap<>();
        byMac.put(port.mac(), new StringBuilder(own(port)));
        for (Port.AddressPair pair : port.allowedPairs()) {
            String mac = pair.mac() == null ? port.mac() : pair.mac();
            byMac.computeIfAbsent(mac, _ -> new StringBuilder(mac)).append(' ').append(pair.address());
        }
        Set<String> texts = new LinkedHashSet<>();
        byMac.values().forEach(text -> texts.add(text.toString()));
        return texts;
    }
}
