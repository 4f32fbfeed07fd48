package dev.unkai.cloud.network.domain;

import dev.unkai.cloud.network.store.SecurityGroupRule;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What makes a security group rule sensible, and which protocols there are. */
public final class RuleRules {
    /** Names that clients use, with their IANA protocol numbers. */
    public static final Map<String, Integer> PROTOCOLS = Map.ofEntries(
            Map.entry("ah", 51),
            Map.entry("dccp", 33),
            Map.entry("egp", 8),
            Map.entry("esp", 50),
            Map.entry("gre", 47),
            Map.entry("icmp", 1),
            Map.entry("icmpv6", 58),
            Map.entry("igmp", 2),
            Map.entry("ipip", 4),
            Map.entry("ipv6-encap", 41),
            Map.entry("ipv6-frag", 44),
            Map.entry("ipv6-icmp", 58),
            Map.entry("ipv6-nonxt", 59),
            Map.entry("ipv6-opts", 60),
            Map.entry("ipv6-route", 43),
            Map.entry("ospf", 89),
            Map.entry("pgm", 113),
            Map.entry("rsvp", 46),
            Map.entry("sctp", 132),
            Map.entry("tcp", 6),
            Map.entry("udp", 17),
            Map.entry("udplite", 136),
            Map.entry("vrrp", 112));

    private static final Set<Integer> WITH_PORTS = Set.of(6, 17, 132);
    private static final Set<Integer> V6_ONLY = Set.of(41, 43, 44, 58, 59, 60);
    private static final int FIRST_PORT = 1;
    private static final int LAST_PORT = 65_535;
    private static final int ICMP = 1;
    private static final int ICMP_V6 = 58;

    private RuleRules() {}

    /** The protocol's number; null for any, -1 for a name that does not exist. */
    public static @Nullable Integer number(@Nullable String protocol) {
        if (protocol == null) {
            return null;
        }
        Integer known = PROTOCOLS.get(protocol);
        if (known != null) {
            return known;
        }
        if (protocol.matches("\\d{1,3}") && Integer.parseInt(protocol) <= 255) {
            return Integer.valueOf(protocol);
        }
        return -1;
    }

    public static boolean isIcmp(int protocol) {
        return protocol == ICMP || protocol == ICMP_V6;
    }

    public static boolean hasPorts(int protocol) {
        return WITH_PORTS.contains(protocol);
    }

    /**
     * The rule as it is kept: ICMP of IPv6 under its own name whatever it was called, and all ports as no ports, as the
     * reference does.
     */
    static SecurityGroupRule canonical(SecurityGroupRule rule) {
        boolean all = Objects.equals(rule.portMin(), FIRST_PORT) && Objects.equals(rule.portMax(), LAST_PORT);
        return new SecurityGroupRule(
                rule.id(),
                rule.project(),
                rule.groupId(),
                rule.description(),
                rule.direction(),
                rule.ethertype(),
                protocol(rule),
                all ? null : rule.portMin(),
                all ? null : rule.portMax(),
                rule.remotePrefix(),
                rule.remoteGroupId(),
                rule.remoteAddressGroupId(),
                rule.stamp());
    }

    private static @Nullable String protocol(SecurityGroupRule rule) {
        String said = rule.protocol();
        if (said == null || !rule.ethertype().equals(SecurityGroupRule.IPV6)) {
            return said;
        }
        return switch (said) {
            case "icmp", "icmpv6" -> "ipv6-icmp";
            case "1" -> "58";
            default -> said;
        };
    }

    public static void check(SecurityGroupRule rule) {
        Integer protocol = number(rule.protocol());
        if (protocol != null && protocol < 0) {
            throw Refusals.invalid(
                    "SecurityGroupRuleInvalidProtocol",
                    "Security group rule protocol " + rule.protocol()
                            + " not supported. Only protocol values [None, "
                            + String.join(
                                    ", ", PROTOCOLS.keySet().stream().sorted().toList())
                            + "] and integer representations [0 to 255] are supported.");
        }
        String prefix = rule.remotePrefix();
        int remotes = (prefix == null ? 0 : 1)
                + (rule.remoteGroupId() == null ? 0 : 1)
                + (rule.remoteAddressGroupId() == null ? 0 : 1);
        if (remotes > 1) {
            throw Refusals.invalid(
                    "SecurityGroupMultipleRemoteEntites",
                    "Only one of remote_ip_prefix, remote_group_id or remote_address_group_id may be provided.");
        }
        boolean v6 = rule.ethertype().equals(SecurityGroupRule.IPV6);
        if (prefix != null && Prefix.of(prefix).version() != (v6 ? 6 : 4)) {
            throw Refusals.invalid(
                    "SecurityGroupRuleParameterConflict",
                    "Conflicting value ethertype " + rule.ethertype() + " for CIDR " + prefix);
        }
        if (protocol != null && V6_ONLY.contains(protocol) && !v6) {
            throw Refusals.invalid(
                    "SecurityGroupEthertypeConflictWithProtocol",
                    "Invalid ethertype " + rule.ethertype() + " for protocol " + rule.protocol() + ".");
        }
        checkPorts(rule, protocol);
    }

    private static void checkPorts(SecurityGroupRule rule, @Nullable Integer protocol) {
        Integer min = rule.portMin();
        Integer max = rule.portMax();
        if (min == null && max == null) {
            return;
        }
        if (protocol == null) {
            throw Refusals.invalid(
                    "SecurityGroupProtocolRequiredWithPorts", "Must also specify protocol if port range is given.");
        }
        if (isIcmp(protocol)) {
            checkIcmp("type", "port_range_min", min);
            checkIcmp("code", "port_range_max", max);
            if (min == null) {
                throw Refusals.invalid(
                        "SecurityGroupMissingIcmpType",
                        "ICMP code (port-range-max) " + max
                                + " is provided but ICMP type (port-range-min) is missing.");
            }
            return;
        }
        if (!hasPorts(protocol)) {
            throw Refusals.invalid(
                    "SecurityGroupInvalidProtocolForPort",
                    "Invalid protocol " + rule.protocol() + " for port range, only supported for TCP, UDP and SCTP.");
        }
        if (min == null || max == null || min > max || min < FIRST_PORT || max > LAST_PORT) {
            throw Refusals.invalid(
                    "SecurityGroupInvalidPortRange",
                    "For TCP/UDP protocols, port_range_min must be <= port_range_max, both between 1 and 65535.");
        }
    }

    private static void checkIcmp(String what, String attribute, @Nullable Integer value) {
        if (value != null && (value < 0 || value > 255)) {
            throw Refusals.invalid(
                    "SecurityGroupInvalidIcmpValue",
                    "Invalid value for ICMP " + what + " (" + attribute + ") " + value + ". It must be 0 to 255.");
        }
    }

    /** Whether both open the same: a protocol may be named or numbered, everywhere may be said or left out. */
    public static boolean same(SecurityGroupRule a, SecurityGroupRule b) {
        return a.direction().equals(b.direction())
                && a.ethertype().equals(b.ethertype())
                && Objects.equals(number(a.protocol()), number(b.protocol()))
                && Objects.equals(a.portMin(), b.portMin())
                && Objects.equals(a.portMax(), b.portMax())
                && Objects.equals(narrowed(a.remotePrefix()), narrowed(b.remotePrefix()))
                && Objects.equals(a.remoteGroupId(), b.remoteGroupId())
                && Objects.equals(a.remoteAddressGroupId(), b.remoteAddressGroupId());
    }

    private static @Nullable String narrowed(@Nullable String prefix) {
        return prefix == null || prefix.equals("0.0.0.0/0") || prefix.equals("::/0") ? null : prefix;
    }
}
