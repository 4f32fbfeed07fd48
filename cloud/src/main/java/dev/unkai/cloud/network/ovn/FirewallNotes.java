package dev.unkai.cloud.network.ovn;

import dev.unkai.cloud.network.domain.FirewallLogs;
import dev.unkai.cloud.network.ovsdb.OvsdbValue;
import dev.unkai.cloud.network.store.FirewallLog;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.OvnMarks.Unit;
import dev.unkai.cloud.network.store.SecurityGroup;
import dev.unkai.cloud.network.store.SecurityGroupRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a firewall log adds to a security group: the group's judgements once more, one step before the plain ones, with a note of each. The
 * ACL's name says which log it is for, and so whose: nothing in a packet could.
 */
final class FirewallNotes {
    private static final String METER = "unkai_firewall_log";

    /** Notes a second of one filter on one host, above which packets are judged but not noted. */
    private static final long RATE = 20;

    private static final long BURST = 40;

    private FirewallNotes() {}

    /** The bound on all notes; {@code fair} gives every filter its own share. */
    static List<Wanted> meter(Unit base) {
        String key = base + "/meter";
        return List.of(
                new Wanted(
                        Tables.METER,
                        base,
                        key,
                        Map.of(
                                "name", OvsdbValue.of(METER),
                                "unit", OvsdbValue.of("pktps"),
                                "fair", OvsdbValue.of(true)),
                        Map.of(),
                        List.of()),
                new Wanted(
                        Tables.METER_BAND,
                        base,
                        key + "/band",
                        Map.of(
                                "action", OvsdbValue.of("drop"),
                                "rate", OvsdbValue.of(RATE),
                                "burst_size", OvsdbValue.of(BURST)),
                        Map.of(),
                        List.of(new Wanted.Holder(key, "bands"))));
    }

    static List<Wanted> of(FirewallLog log, SecurityGroup group) {
        List<Wanted> rows = new ArrayList<>();
        if (log.notesDrops()) {
            String members = " == @" + Firewall.groupName(group.id());
            rows.add(note(log, group, "drop-in", Firewall.IN, Firewall.DROP, "outport" + members + " && ip", "drop"));
            rows.add(note(log, group, "drop-out", Firewall.OUT, Firewall.DROP, "inport" + members + " && ip", "drop"));
        }
        if (log.notesAccepts()) {
            for (SecurityGroupRule rule : group.rules()) {
                rows.add(note(
                        log,
                        group,
                        rule.id().toString(),
                        Firewall.direction(rule),
                        Firewall.ALLOW,
                        Firewall.match(rule),
                        Firewall.verdict(group)));
            }
        }
        return rows;
    }

    private static Wanted note(
            FirewallLog log,
            SecurityGroup group,
            String name,
            String direction,
            long priority,
            String match,
            String action) {
        Unit unit = new Unit(Kind.GROUP, group.id());
        UUID port = log.portId();
        String only =
                port == null ? "" : (direction.equals(Firewall.IN) ? "outport" : "inport") + " == \"" + port + "\" && ";
        Map<String, OvsdbValue> columns = new LinkedHashMap<>();
        columns.put("direction", OvsdbValue.of(direction));
        columns.put("priority", OvsdbValue.of(priority + 1));
        columns.put("match", OvsdbValue.of(only + match));
        columns.put("action", OvsdbValue.of(action));
        columns.put("log", OvsdbValue.of(true));
        columns.put("name", OvsdbValue.of(FirewallLogs.FILTER_PREFIX + log.id()));
        columns.put("severity", OvsdbValue.of("info"));
        columns.put("meter", OvsdbValue.of(METER));
        return new Wanted(
                Tables.ACL,
                unit,
                unit + "/log/" + log.id() + "/" + name,
                columns,
                Map.of(),
                List.of(new Wanted.Holder(unit.toString(), "acls")));
    }
}
