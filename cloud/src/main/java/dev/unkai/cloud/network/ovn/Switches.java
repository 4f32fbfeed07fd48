package dev.unkai.cloud.network.ovn;

import dev.unkai.cloud.network.ovsdb.OvsdbValue;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.OvnMarks.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network as a logical switch; a provider's network also has the port that leads to the physical one. */
final class Switches {
    private Switches() {}

    static List<Wanted> of(Network network) {
        Unit unit = new Unit(Kind.NETWORK, network.id());
        Map<String, String> other = new LinkedHashMap<>();
        other.put("mcast_snoop", "false");
        Integer number = network.segmentationId();
        if (network.networkType().equals(Network.GENEVE) && number != null) {
            // The register's number is the one on the wire (Geneve VNI).
            other.put("requested-tnl-key", number.toString());
        }
        List<Wanted> rows = new ArrayList<>();
        rows.add(new Wanted(
                Tables.SWITCH,
                unit,
                unit.toString(),
                Map.of("name", OvsdbValue.of("unkai-" + network.id()), "other_config", OvsdbValue.of(other)),
                Map.of(),
                List.of()));
        String physical = network.physicalNetwork();
        if (physical != null) {
            rows.add(new Wanted(
                    Tables.SWITCH_PORT,
                    unit,
                    unit + "/localnet",
                    Map.of(
                            "name",
                            OvsdbValue.of("localnet-" + network.id()),
                            "type",
                            OvsdbValue.of("localnet"),
                            "enabled",
                            OvsdbValue.of(network.adminStateUp()),
                            "addresses",
                            OvsdbValue.of("unknown"),
                            "options",
                            OvsdbValue.of(Map.of("network_name", physical)),
                            "tag",
                            network.networkType().equals(Network.VLAN) && number != null
                                    ? OvsdbValue.of(number.longValue())
                                    : OvsdbValue.none()),
                    Map.of(),
                    List.of(new Wanted.Holder(unit.toString(), "ports"))));
        }
        return rows;
    }
}
