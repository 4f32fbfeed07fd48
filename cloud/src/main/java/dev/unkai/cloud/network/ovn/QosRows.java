package dev.unkai.cloud.network.ovn;

import dev.unkai.cloud.network.ovsdb.OvsdbValue;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.OvnMarks.Unit;
import dev.unkai.cloud.network.store.QosRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** QoS rules as rows of the switch where their packets pass (ovn-nb(5), QoS). */
final class QosRows {
    private static final long PRIORITY = 2002;

    private QosRows() {}

    /** Of a guest's port: what it sends comes in at its port of the switch. */
    static List<Wanted> ofPort(Unit unit, UUID network, List<QosRule> rules) {
        return rows(unit, unit.toString(), network, rules, "\"" + unit.id() + "\"", null);
    }

    /** Of a floating address: its packets pass the external network's switch at the router's gateway port. */
    static List<Wanted> ofFloating(
            Unit router, UUID floatingIp, UUID network, UUID gatewayPort, String address, List<QosRule> rules) {
        return rows(router, router + "/fip/" + floatingIp, network, rules, "\"" + gatewayPort + "\"", address);
    }

    private static List<Wanted> rows(
            Unit unit,
            String key,
            UUID network,
            List<QosRule> rules,
            String port,
            @org.jspecify.annotations.Nullable String address) {
        Map<String, Map<String, Long>> bandwidths = new LinkedHashMap<>();
        Map<String, Map<String, Long>> actions = new LinkedHashMap<>();
        for (QosRule rule : rules) {
            Integer mark = rule.dscpMark();
            Long rate = rule.maxKbps();
            if (mark != null) {
                actions.put(rule.direction(), Map.of("dscp", mark.longValue()));
            } else if (rate != null && rate > 0) {
                Long burst = rule.maxBurst();
                bandwidths.put(
                        rule.direction(),
                        burst == null || burst == 0 ? Map.of("rate", rate) : Map.of("rate", rate, "burst", burst));
            }
        }
        List<Wanted> rows = new ArrayList<>();
        for (String direction : List.of(QosRule.EGRESS, QosRule.INGRESS)) {
            Map<String, Long> bandwidth = bandwidths.getOrDefault(direction, Map.of());
            Map<String, Long> action = actions.getOrDefault(direction, Map.of());
            if (bandwidth.isEmpty() && action.isEmpty()) {
                continue;
            }
            boolean out = direction.equals(QosRule.EGRESS);
            String match = (out ? "inport == " : "outport == ") + port;
            if (address != null) {
                match += out ? " && ip4.src == " + address : " && ip4.dst == " + address;
            }
            rows.add(new Wanted(
                    Tables.QOS,
                    unit,
                    key + "/qos/" + direction,
                    Map.of(
                            "direction", OvsdbValue.of(out ? "from-lport" : "to-lport"),
                            "priority", OvsdbValue.of(PRIORITY),
                            "match", OvsdbValue.of(match),
                            "action", OvsdbValue.numbers(action),
                            "bandwidth", OvsdbValue.numbers(bandwidth)),
                    Map.of(),
                    List.of(new Wanted.Holder(new Unit(Kind.NETWORK, network).toString(), "qos_rules"))));
        }
        return rows;
    }
}
