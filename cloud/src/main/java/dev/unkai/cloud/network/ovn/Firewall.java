package dev.unkai.cloud.network.ovn;

import dev.unkai.cloud.network.domain.Prefix;
import dev.unkai.cloud.network.domain.RuleRules;
import dev.unkai.cloud.network.ovsdb.OvsdbValue;
import dev.unkai.cloud.network.store.AddressGroup;
import dev.unkai.cloud.network.store.FirewallLog;
import dev.unkai.cloud.network.store.OvnMarks;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.OvnMarks.Unit;
import dev.unkai.cloud.network.store.SecurityGroup;
import dev.unkai.cloud.network.store.SecurityGroupRule;
import dev.unkai.wire.metadata.MetadataPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Security groups as port groups with ACLs. All guarded ports are also in one base group that drops what no rule opens; a drop by an ACL of
 * its own cuts off connections that a removed rule had opened.
 */
final class Firewall {
    static final Unit BASE = new Unit(Kind.BASE, OvnMarks.BASE_ID);
    static final String BASE_KEY = BASE.toString();

    private static final String BASE_GROUP = "pg_unkai_guarded";
    /** Between these lie the same judgements with a note of them ({@link FirewallNotes}). */
    static final long DROP = 1000;

    static final long ALLOW = 1002;
    static final String IN = "to-lport"; // directions are the switch's: towards the guest
    static final String OUT = "from-lport";

    private Firewall() {}

    static List<Wanted> base() {
        List<Wanted> rows = new ArrayList<>(FirewallNotes.meter(BASE));
        rows.add(group(BASE, BASE_GROUP));
        rows.add(acl(BASE, "drop-in", IN, DROP, "outport == @" + BASE_GROUP + " && ip", "drop"));
        rows.add(acl(BASE, "drop-out", OUT, DROP, "inport == @" + BASE_GROUP + " && ip", "drop"));
        // A guest may always ask for its own address, whatever its groups say.
        rows.add(acl(
                BASE,
                "dhcp",
                OUT,
                ALLOW,
                "inport == @" + BASE_GROUP
                        + " && ip4 && ip4.dst == 255.255.255.255 && udp && udp.src == 68 && udp.dst == 67",
                "allow"));
        rows.add(acl(
                BASE,
                "dhcpv6",
                OUT,
                ALLOW,
                "inport == @" + BASE_GROUP
                        + " && ip6 && ip6.dst == ff02::1:2 && udp && udp.src == 546 && udp.dst == 547",
                "allow"));
        // ... and for its own metadata.
        rows.add(acl(
                BASE,
                "metadata",
                OUT,
                ALLOW,
                "inport == @" + BASE_GROUP + " && ip4 && ip4.dst == " + MetadataPort.ADDRESS + " && tcp && tcp.dst == "
                        + MetadataPort.HTTP,
                "allow-related"));
        rows.add(acl(
                BASE,
                "metadata-v6",
                OUT,
                ALLOW,
                "inport == @" + BASE_GROUP + " && ip6 && ip6.dst == " + MetadataPort.ADDRESS_V6
                        + " && tcp && tcp.dst == " + MetadataPort.HTTP,
                "allow-related"));
        return rows;
    }

    /** @param logs the project's wishes to have packets noted */
    static List<Wanted> of(SecurityGroup group, List<FirewallLog> logs) {
        Unit unit = new Unit(Kind.GROUP, group.id());
        List<Wanted> rows = new ArrayList<>();
        rows.add(group(unit, groupName(group.id())));
        for (SecurityGroupRule rule : group.rules()) {
            rows.add(acl(unit, rule.id().toString(), direction(rule), ALLOW, match(rule), verdict(group)));
        }
        logs.stream().filter(log -> log.covers(group)).forEach(log -> rows.addAll(FirewallNotes.of(log, group)));
        return rows;
    }

    static String direction(SecurityGroupRule rule) {
        return rule.direction().equals(SecurityGroupRule.INGRESS) ? IN : OUT;
    }

    /** What becomes of a packet that one of the group's rules describes. */
    static String verdict(SecurityGroup group) {
        return group.stateful() ? "allow-related" : "allow-stateless";
    }

    /** Names of port groups are identifiers in match expressions, so without hyphens. */
    static String groupName(UUID id) {
        return "pg_" + id.toString().replace('-', '_');
    }

    /** An address group as the two sets that rules name, one of each IP version. */
    static List<Wanted> sets(AddressGroup group) {
        Unit unit = new Unit(Kind.ADDRESS_GROUP, group.id());
        List<Wanted> rows = new ArrayList<>();
        for (int version : new int[] {4, 6}) {
            List<String> members = group.addresses().stream()
                    .filter(cidr -> Prefix.of(cidr).version() == version)
                    .toList();
            rows.add(new Wanted(
                    Tables.ADDRESS_SET,
                    unit,
                    unit + "/ip" + version,
                    Map.of(
                            "name", OvsdbValue.of(setName(group.id(), version)),
                            "addresses", OvsdbValue.of(members)),
                    Map.of(),
                    List.of()));
        }
        return rows;
    }

    static String setName(UUID addressGroup, int version) {
        return "ag_" + addressGroup.toString().replace('-', '_') + "_ip" + version;
    }

    static String match(SecurityGroupRule rule) {
        boolean inwards = rule.direction().equals(SecurityGroupRule.INGRESS);
        boolean v6 = rule.ethertype().equals(SecurityGroupRule.IPV6);
        String ip = v6 ? "ip6" : "ip4";
        String remote = ip + (inwards ? ".src" : ".dst");
        StringBuilder match = new StringBuilder(inwards ? "outport" : "inport")
                .append(" == @")
                .append(groupName(rule.groupId()))
                .append(" && ")
                .append(ip);
        String prefix = rule.remotePrefix();
        if (prefix != null && !prefix.endsWith("/0")) {
            match.append(" && ")
                    .append(remote)
                    .append(" == ")
                    .append(Prefix.of(prefix).canonical());
        }
        UUID group = rule.remoteGroupId();
        if (group != null) {
            // OVN keeps these address sets itself, from the addresses of the group's ports.
            match.append(" && ")
                    .append(remote)
                    .append(" == $")
                    .append(groupName(group))
                    .append('_')
                    .append(ip);
        }
        UUID addresses = rule.remoteAddressGroupId();
        if (addresses != null) {
            match.append(" && ").append(remote).append(" == $").append(setName(addresses, v6 ? 6 : 4));
        }
        Integer protocol = RuleRules.number(rule.protocol());
        if (protocol != null) {
            match.append(" && ").append(protocol(protocol, v6, rule.portMin(), rule.portMax()));
        }
        return match.toString();
    }

    private static String protocol(int number, boolean v6, @Nullable Integer min, @Nullable Integer max) {
        if (RuleRules.isIcmp(number)) {
            String icmp = v6 ? "icmp6" : "icmp4";
            return icmp
                    + (min == null ? "" : " && " + icmp + ".type == " + min)
                    + (max == null ? "" : " && " + icmp + ".code == " + max);
        }
        String name = switch (number) {
            case 6 -> "tcp";
            case 17 -> "udp";
            case 132 -> "sctp";
            default -> "";
        };
        if (name.isEmpty()) {
            return "ip.proto == " + number;
        }
        if (min == null || max == null) {
            return name;
        }
        return min.equals(max)
                ? name + " && " + name + ".dst == " + min
                : name + " && " + name + ".dst >= " + min + " && " + name + ".dst <= " + max;
    }

    private static Wanted group(Unit unit, String name) {
        return new Wanted(
                Tables.PORT_GROUP, unit, unit.toString(), Map.of("name", OvsdbValue.of(name)), Map.of(), List.of());
    }

    private static Wanted acl(Unit unit, String name, String direction, long priority, String match, String action) {
        return new Wanted(
                Tables.ACL,
                unit,
                unit + "/" + name,
                Map.of(
                        "direction", OvsdbValue.of(direction),
                        "priority", OvsdbValue.of(priority),
                        "match", OvsdbValue.of(match),
                        "action", OvsdbValue.of(action)),
                Map.of(),
                List.of(new Wanted.Holder(unit.toString(), "acls")));
    }
}
