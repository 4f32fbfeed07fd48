package dev.unkai.cloud.network.api;

import dev.unkai.cloud.network.domain.PortNames;
import dev.unkai.cloud.network.store.Port;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A port as a body of the Network API v2.0. */
final class PortView {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PortView() {}

    /** @param binding whether to show where the port is plugged in, which only operators may see */
    static Map<String, Object> of(Port port, List<PortNames.Assignment> names, boolean binding) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", port.id());
        body.put("name", port.name());
        body.put("network_id", port.networkId());
        body.put("tenant_id", port.project());
        body.put("mac_address", port.mac());
        body.put("admin_state_up", port.adminStateUp());
        body.put("status", status(port));
        body.put("device_id", port.deviceId());
        body.put("device_owner", port.deviceOwner());
        body.put("fixed_ips", port.fixedIps().stream().map(PortView::fixedIp).toList());
        body.put(
                "allowed_address_pairs",
                port.allowedPairs().stream().map(pair -> pair(port, pair)).toList());
        body.put(
                "extra_dhcp_opts",
                port.extras().dhcpOptions().stream().map(PortExtras::view).toList());
        body.put("security_groups", port.securityGroups());
        body.put("description", port.description());
        body.put("binding:vnic_type", port.vnicType());
        if (binding) {
            boolean bound = !port.bindingHost().isEmpty();
            body.put("binding:host_id", port.bindingHost());
            body.put("binding:profile", JSON.readTree(port.bindingProfile()));
            body.put("binding:vif_type", bound || port.ofRouter() ? "ovs" : "unbound");
            body.put(
                    "binding:vif_details",
                    bound
                            ? Map.of("port_filter", true, "bridge_name", "br-int", "bound_drivers", Map.of("0", "ovn"))
                            : Map.of());
        }
        body.put("port_security_enabled", port.portSecurity());
        body.put("dns_name", port.extras().dnsName());
        body.put("dns_domain", port.extras().dnsDomain());
        body.put("dns_assignment", names.stream().map(PortView::name).toList());
        body.put("qos_policy_id", port.extras().qosPolicyId());
        body.put("qos_network_policy_id", port.fromNetwork().qosPolicyId());
        body.put("tags", port.tags());
        Bodies.stamp(body, port.stamp(), port.project());
        return body;
    }

    private static String status(Port port) {
        if (port.deviceOwner().equals(Port.FLOATING_IP)) {
            return "N/A";
        }
        return port.up() ? "ACTIVE" : "DOWN";
    }

    private static Map<String, Object> name(PortNames.Assignment assignment) {
        return Map.of(
                "hostname", assignment.hostname(),
                "ip_address", assignment.address(),
                "fqdn", assignment.fqdn());
    }

    static Map<String, Object> fixedIp(Port.FixedIp address) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("subnet_id", address.subnetId());
        body.put("ip_address", address.address());
        return body;
    }

    private static Map<String, Object> pair(Port port, Port.AddressPair pair) {
        String mac = pair.mac();
        return Map.of("ip_address", pair.address(), "mac_address", mac == null ? port.mac() : mac);
    }
}
