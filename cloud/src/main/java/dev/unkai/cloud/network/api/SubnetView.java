package dev.unkai.cloud.network.api;

import dev.unkai.cloud.network.store.Subnet;
import java.util.LinkedHashMap;
import java.util.Map;

/** A subnet as a body of the Network API v2.0. */
final class SubnetView {
    private SubnetView() {}

    static Map<String, Object> of(Subnet subnet) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", subnet.id());
        body.put("name", subnet.name());
        body.put("tenant_id", subnet.project());
        body.put("network_id", subnet.networkId());
        body.put("ip_version", subnet.version());
        body.put("subnetpool_id", subnet.poolId());
        body.put("enable_dhcp", subnet.dhcp());
        body.put("ipv6_ra_mode", subnet.ipv6RaMode());
        body.put("ipv6_address_mode", subnet.ipv6AddressMode());
        body.put("gateway_ip", subnet.gateway());
        body.put("cidr", subnet.cidr());
        body.put("allocation_pools", subnet.pools());
        body.put("host_routes", subnet.hostRoutes());
        body.put("dns_nameservers", subnet.nameservers());
        body.put("description", subnet.description());
        body.put("service_types", subnet.serviceTypes());
        body.put("segment_id", null);
        body.put("tags", subnet.tags());
        Bodies.stamp(body, subnet.stamp(), subnet.project());
        return body;
    }
}
