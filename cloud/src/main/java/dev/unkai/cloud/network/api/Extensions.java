package dev.unkai.cloud.network.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The extensions of the Network API that this service really has; clients decide by their aliases what they may ask. */
final class Extensions {
    private static final Map<String, String> NAMES = names();

    private Extensions() {}

    static List<Map<String, Object>> all() {
        return NAMES.keySet().stream().map(Extensions::view).toList();
    }

    static boolean has(String alias) {
        return NAMES.containsKey(alias);
    }

    static Map<String, Object> view(String alias) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("alias", alias);
        body.put("name", NAMES.getOrDefault(alias, alias));
        body.put("description", NAMES.getOrDefault(alias, alias));
        body.put("updated", "2026-01-01T00:00:00-00:00");
        body.put("links", List.of());
        return body;
    }

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("address-group", "Address group");
        names.put("address-scope", "Address scope");
        names.put("agent", "agent");
        names.put("allowed-address-pairs", "Allowed Address Pairs");
        names.put("availability_zone", "Availability Zone");
        names.put("binding", "Port Binding");
        names.put("default-subnetpools", "Default Subnetpools");
        names.put("dns-integration", "DNS Integration");
        names.put("dns-domain-ports", "dns_domain for ports");
        names.put("empty-string-filtering", "Empty String Filtering Extension");
        names.put("ext-gw-mode", "Neutron L3 Configurable external gateway mode");
        names.put("external-net", "Neutron external network");
        names.put("extra_dhcp_opt", "Neutron Extra DHCP options");
        names.put("extraroute", "Neutron Extra Route");
        names.put("extraroute-atomic", "Atomically add/remove extra routes");
        names.put("filter-validation", "Filter parameters validation");
        names.put("fip-port-details", "Floating IP Port Details Extension");
        names.put("ip-substring-filtering", "IP address substring filtering");
        names.put("logging", "Logging API Extension");
        names.put("net-mtu", "Network MTU");
        names.put("net-mtu-writable", "Network MTU (writable)");
        names.put("network-ip-availability", "Network IP Availability");
        names.put("network_availability_zone", "Network Availability Zone");
        names.put("pagination", "Pagination support");
        names.put("port-mac-address-regenerate", "Neutron Port MAC address regenerate");
        names.put("port-security", "Port Security");
        names.put("port-security-groups-filtering", "Port filtering on security groups");
        names.put("project-id", "project_id field enabled");
        names.put("provider", "Provider Network");
        names.put("qos", "Quality of Service");
        names.put("qos-bw-limit-direction", "Direction for QoS bandwidth limit rule");
        names.put("qos-default", "QoS default policy");
        names.put("qos-fip", "Floating IP QoS");
        names.put("qos-port-network-policy", "QoS Port Network Policy");
        names.put("qos-rule-type-details", "Details of QoS rule types");
        names.put("quota-check-limit", "Quota engine limit check");
        names.put("quota_details", "Quota details management support");
        names.put("quotas", "Quota management support");
        names.put("rbac-address-group", "Add address_group type to RBAC");
        names.put("rbac-address-scope", "Add address_scope type to RBAC");
        names.put("rbac-policies", "RBAC Policies");
        names.put("rbac-security-groups", "Add security_group type to RBAC");
        names.put("rbac-subnetpool", "Add subnetpool type to RBAC");
        names.put("revision-if-match", "If-Match constraints based on revision_number");
        names.put("router", "Neutron L3 Router");
        names.put("router_availability_zone", "Router Availability Zone");
        names.put("security-group", "security-group");
        names.put("security-groups-normalized-cidr", "Normalized CIDR field for security group rules");
        names.put("security-groups-remote-address-group", "Remote address group id field for security group rules");
        names.put("security-groups-shared-filtering", "Security group filtering on the shared field");
        names.put("service-type", "Neutron Service Type Management");
        names.put("sorting", "Sorting support");
        names.put("standard-attr-description", "standard-attr-description");
        names.put("standard-attr-revisions", "Resource revision numbers");
        names.put("standard-attr-tag", "Tag support for resources with standard attribute");
        names.put("standard-attr-timestamp", "Resource timestamps");
        names.put("stateful-security-group", "Stateful security group");
        names.put("subnet_allocation", "Subnet Allocation");
        names.put("subnet-service-types", "Subnet service types");
        names.put("subnetpool-prefix-ops", "Subnet Pool Prefix Operations");
        names.put("tag-ports-during-bulk-creation", "Tag Ports During Bulk Creation");
        names.put("trunk", "Trunk Extension");
        names.put("trunk-details", "Trunk port details");
        return names;
    }
}
