package dev.unkai.cloud.network.ovn;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The part of the OVN northbound schema (ovn-nb(5)) that we write, and what holds what in it. */
final class Tables {
    static final String DATABASE = "OVN_Northbound";
    static final String SWITCH = "Logical_Switch";
    static final String SWITCH_PORT = "Logical_Switch_Port";
    static final String DHCP = "DHCP_Options";
    static final String ROUTER = "Logical_Router";
    static final String ROUTER_PORT = "Logical_Router_Port";
    static final String ROUTE = "Logical_Router_Static_Route";
    static final String NAT = "NAT";
    static final String GATEWAY_CHASSIS = "Gateway_Chassis";
    static final String PORT_GROUP = "Port_Group";
    static final String ACL = "ACL";
    static final String ADDRESS_SET = "Address_Set";
    static final String QOS = "QoS";
    static final String DNS = "DNS";
    static final String METER = "Meter";
    static final String METER_BAND = "Meter_Band";

    /** Which entry of external_ids says that a row is ours, and which unit it belongs to. */
    static final String UNIT = "unkai:unit";

    static final String KEY = "unkai:key";

    static final Map<String, List<String>> COLUMNS = Map.ofEntries(
            Map.entry(SWITCH, List.of("name", "ports", "qos_rules", "dns_records", "other_config", "external_ids")),
            Map.entry(
                    SWITCH_PORT,
                    List.of(
                            "name",
                            "type",
                            "options",
                            "addresses",
                            "port_security",
                            "enabled",
                            "dhcpv4_options",
                            "dhcpv6_options",
                            "parent_name",
                            "tag",
                            "up",
                            "external_ids")),
            Map.entry(DHCP, List.of("cidr", "options", "external_ids")),
            Map.entry(ROUTER, List.of("name", "ports", "static_routes", "nat", "enabled", "options", "external_ids")),
            Map.entry(
                    ROUTER_PORT,
                    List.of(
                            "name",
                            "mac",
                            "networks",
                            "gateway_chassis",
                            "ipv6_ra_configs",
                            "options",
                            "external_ids")),
            Map.entry(ROUTE, List.of("ip_prefix", "nexthop", "external_ids")),
            Map.entry(NAT, List.of("type", "external_ip", "logical_ip", "external_ids")),
            Map.entry(GATEWAY_CHASSIS, List.of("name", "chassis_name", "priority", "external_ids")),
            Map.entry(PORT_GROUP, List.of("name", "ports", "acls", "external_ids")),
            Map.entry(
                    ACL,
                    List.of(
                            "direction",
                            "priority",
                            "match",
                            "action",
                            "log",
                            "name",
                            "severity",
                            "meter",
                            "external_ids")),
            Map.entry(ADDRESS_SET, List.of("name", "addresses", "external_ids")),
            Map.entry(QOS, List.of("direction", "priority", "match", "action", "bandwidth", "external_ids")),
            Map.entry(DNS, List.of("records", "external_ids")),
            Map.entry(METER, List.of("name", "unit", "fair", "bands", "external_ids")),
            Map.entry(METER_BAND, List.of("action", "rate", "burst_size", "external_ids")));

    /** Columns that hold rows of a table: holding table → column. */
    static final Map<String, Map<String, String>> HOLDERS = Map.of(
            SWITCH_PORT, Map.of(SWITCH, "ports", PORT_GROUP, "ports"),
            ROUTER_PORT, Map.of(ROUTER, "ports"),
            ROUTE, Map.of(ROUTER, "static_routes"),
            NAT, Map.of(ROUTER, "nat"),
            GATEWAY_CHASSIS, Map.of(ROUTER_PORT, "gateway_chassis"),
            ACL, Map.of(PORT_GROUP, "acls"),
            QOS, Map.of(SWITCH, "qos_rules"),
            DNS, Map.of(SWITCH, "dns_records"),
            METER_BAND, Map.of(METER, "bands"));

    /** Rows of these are deleted by themselves; all others vanish when nothing holds them any more. */
    static final Set<String> ROOTS = Set.of(SWITCH, DHCP, ROUTER, PORT_GROUP, ADDRESS_SET, DNS, METER);

    private Tables() {}
}
