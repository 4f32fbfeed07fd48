package dev.unkai.cloud.network.ovn;

import dev.unkai.cloud.network.ovsdb.OvsdbValue;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.OvnMarks.Unit;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.Subnet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A port as a logical switch port, named by its id, since that is what a host's interface carries as its iface-id. */
final class SwitchPorts {
    private SwitchPorts() {}

    static Wanted of(Port port, Map<UUID, Subnet> subnets) {
        Unit unit = new Unit(Kind.PORT, port.id());
        Map<String, OvsdbValue> columns = new LinkedHashMap<>();
        Map<String, List<String>> references = new LinkedHashMap<>();
        List<Wanted.Holder> holders = new ArrayList<>();
        holders.add(new Wanted.Holder(new Unit(Kind.NETWORK, port.networkId()).toString(), "ports"));
        columns.put("name", OvsdbValue.of(port.id().toString()));
        columns.put("enabled", OvsdbValue.of(port.adminStateUp()));
        if (port.ofRouter()) {
            columns.put("type", OvsdbValue.of("router"));
            columns.put("addresses", OvsdbValue.of("router"));
            columns.put("options", OvsdbValue.of(routerOptions(port)));
        } else {
            columns.put("type", OvsdbValue.of(""));
            columns.put("addresses", OvsdbValue.of(addresses(port)));
            columns.put("options", OvsdbValue.of(Map.of()));
            references.put("dhcpv4_options", dhcp(port, subnets, 4));
            references.put("dhcpv6_options", dhcp(port, subnets, 6));
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

    private static Set<String> addresses(Port port) {
        Set<String> addresses = new LinkedHashSet<>();
        addresses.add(own(port));
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

    private static List<String> dhcp(Port port, Map<UUID, Subnet> subnets, int version) {
        for (Port.FixedIp address : port.fixedIps()) {
            Subnet subnet = subnets.get(address.subnetId());
            if (subnet != null && subnet.version() == version && DhcpOptions.serves(subnet)) {
                return List.of(new Unit(Kind.SUBNET, subnet.id()).toString());
            }
        }
        return List.of();
    }
}
