package dev.unkai.cloud.network.ovn;

import dev.unkai.cloud.network.ovsdb.OvsdbValue;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.OvnMarks.Unit;
import dev.unkai.wire.metadata.MetadataPort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network's way to the metadata service: a localport, which every host plugs in for its own guests (ovn-nb(5)). It takes no address of
 * the customer's subnets: guests are told by DHCP that the service's address is on their link, and OVN answers for it.
 */
final class MetadataPorts {
    /** The service's address on the link itself (RFC 3442: router 0.0.0.0). */
    static final String ROUTE = MetadataPort.ADDRESS + "/32,0.0.0.0";

    private MetadataPorts() {}

    static Wanted of(Network network) {
        Unit unit = new Unit(Kind.NETWORK, network.id());
        Map<String, OvsdbValue> columns = new LinkedHashMap<>();
        columns.put("name", OvsdbValue.of(MetadataPort.name(network.id().toString())));
        columns.put("type", OvsdbValue.of("localport"));
        columns.put(
                "addresses",
                OvsdbValue.of(MetadataPort.MAC + " " + MetadataPort.ADDRESS + " " + MetadataPort.ADDRESS_V6));
        columns.put("enabled", OvsdbValue.of(network.adminStateUp()));
        columns.put("options", OvsdbValue.of(Map.of()));
        return new Wanted(
                Tables.SWITCH_PORT,
                unit,
                unit + "/metadata",
                columns,
                Map.of(),
                List.of(new Wanted.Holder(unit.toString(), "ports")));
    }
}
