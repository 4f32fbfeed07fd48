package dev.unkai.cloud.network.ovn;

import dev.unkai.cloud.network.domain.Ip;
import dev.unkai.cloud.network.domain.PortNames;
import dev.unkai.cloud.network.ovsdb.OvsdbValue;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.OvnMarks.Unit;
import dev.unkai.cloud.network.store.Port;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The name of a port as a row that OVN answers from, to guests of the same switch only (ovn-nb(5), DNS). */
final class NameRows {
    private NameRows() {}

    static List<Wanted> of(Port port, Unit unit, PortNames names) {
        String name = port.extras().dnsName();
        if (name.isEmpty() || port.fixedIps().isEmpty()) {
            return List.of();
        }
        Map<String, String> records = new LinkedHashMap<>();
        StringBuilder addresses = new StringBuilder();
        for (PortNames.Assignment assignment : names.assignments(port)) {
            String full = assignment.fqdn().replaceAll("\\.$", "");
            addresses.append(addresses.isEmpty() ? "" : " ").append(assignment.address());
            records.put(name, addresses.toString());
            records.put(full, addresses.toString());
            records.put(reverse(Ip.of(assignment.address())), full);
        }
        return List.of(new Wanted(
                Tables.DNS,
                unit,
                unit + "/dns",
                Map.of("records", OvsdbValue.of(records)),
                Map.of(),
                List.of(new Wanted.Holder(new Unit(Kind.NETWORK, port.networkId()).toString(), "dns_records"))));
    }

    /** The name under which an address is looked up (RFC 1035 section 3.5, RFC 3596 section 2.5). */
    static String reverse(Ip address) {
        int step = address.version() == 4 ? 8 : 4;
        StringBuilder name = new StringBuilder();
        for (int shift = 0; shift < address.bits(); shift += step) {
            int part = address.value().shiftRight(shift).intValue() & ((1 << step) - 1);
            name.append(step == 8 ? String.valueOf(part) : String.format(Locale.ROOT, "%x", part))
                    .append('.');
        }
        return name + (address.version() == 4 ? "in-addr.arpa" : "ip6.arpa");
    }
}
