package dev.unkai.cloud.network.ovn;

import dev.unkai.cloud.network.domain.DhcpOptionNames;
import dev.unkai.cloud.network.ovsdb.OvsdbValue;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.OvnMarks.Unit;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What DHCP tells one port: what its subnet's guests are told, unless the port has options of its own. */
final class PortDhcp {
    private PortDhcp() {}

    /** Rows for those IP versions in which the port is told something of its own. */
    static List<Wanted> of(Port port, Unit unit, Surroundings around) {
        List<Wanted> rows = new ArrayList<>();
        Network network = around.networks().get(port.networkId());
        for (int version : new int[] {4, 6}) {
            Subnet subnet = served(port, around, version);
            if (network == null || subnet == null || !isOwn(port, version)) {
                continue;
            }
            Map<String, String> options = new TreeMap<>(
                    DhcpOptions.options(subnet, network, around.names().domain(network)));
            for (Port.DhcpOption option : port.extras().dhcpOptions()) {
                if (option.version() == version) {
                    DhcpOptionNames.inOvn(option).ifPresent(entry -> {
                        if (entry.getValue().isEmpty()) {
                            options.remove(entry.getKey());
                        } else {
                            options.put(entry.getKey(), entry.getValue());
                        }
                    });
                }
            }
            rows.add(new Wanted(
                    Tables.DHCP,
                    unit,
                    key(unit, version),
                    Map.of("cidr", OvsdbValue.of(subnet.cidr()), "options", OvsdbValue.of(options)),
                    Map.of(),
                    List.of()));
        }
        return rows;
    }

    /** Which row the port's guest is served from; none where DHCP is off. */
    static List<String> reference(Port port, Surroundings around, int version) {
        Subnet subnet = served(port, around, version);
        if (subnet == null) {
            return List.of();
        }
        boolean own = isOwn(port, version) && around.networks().containsKey(port.networkId());
        return List.of(
                own ? key(new Unit(Kind.PORT, port.id()), version) : new Unit(Kind.SUBNET, subnet.id()).toString());
    }

    private static String key(Unit unit, int version) {
        return unit + "/dhcp" + version;
    }

    private static boolean isOwn(Port port, int version) {
        return port.extras().dhcpOptions().stream()
                .anyMatch(option -> option.version() == version
                        && !option.name().equals(DhcpOptionNames.DISABLED)
                        && DhcpOptionNames.inOvn(option).isPresent());
    }

    private static @org.jspecify.annotations.Nullable Subnet served(Port port, Surroundings around, int version) {
        boolean off = port.extras().dhcpOptions().stream()
                .anyMatch(option -> option.version() == version
                        && option.name().equals(DhcpOptionNames.DISABLED)
                        && option.value().equalsIgnoreCase("true"));
        if (off) {
            return null;
        }
        for (Port.FixedIp address : port.fixedIps()) {
            Subnet subnet = around.subnets().get(address.subnetId());
            if (subnet != null && subnet.version() == version && DhcpOptions.serves(subnet)) {
                return subnet;
            }
        }
        return null;
    }
}
