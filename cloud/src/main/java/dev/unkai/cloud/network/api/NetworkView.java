package dev.unkai.cloud.network.api;

import dev.unkai.cloud.network.store.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network as a body of the Network API v2.0. */
final class NetworkView {
    private NetworkView() {}

    /** @param provider whether to show how the network is carried, which only operators may see */
    static Map<String, Object> of(Network network, boolean provider) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", network.id());
        body.put("name", network.name());
        body.put("tenant_id", network.project());
        body.put("admin_state_up", network.adminStateUp());
        body.put("mtu", network.mtu());
        body.put("status", network.adminStateUp() ? "ACTIVE" : "DOWN");
        body.put("subnets", network.subnets());
        body.put("shared", network.shared());
        body.put("availability_zone_hints", network.links().zoneHints());
        body.put("availability_zones", List.of());
        body.put("ipv4_address_scope", network.links().ipv4Scope());
        body.put("ipv6_address_scope", network.links().ipv6Scope());
        body.put("router:external", network.external());
        if (network.external()) {
            body.put("is_default", network.isDefault());
        }
        body.put("description", network.description());
        body.put("port_security_enabled", network.portSecurity());
        body.put("dns_domain", network.links().dnsDomain());
        body.put("qos_policy_id", network.links().qosPolicyId());
        if (provider) {
            body.put("provider:network_type", network.networkType());
            body.put("provider:physical_network", network.physicalNetwork());
            body.put("provider:segmentation_id", network.segmentationId());
        }
        body.put("tags", network.tags());
        Bodies.stamp(body, network.stamp(), network.project());
        return body;
    }
}
