package dev.unkai.cloud.network.api;

import dev.unkai.cloud.network.store.Router;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A router as a body of the Network API v2.0. */
final class RouterView {
    private RouterView() {}

    /** @param operator whether to show what only operators may set */
    static Map<String, Object> of(Router router, boolean operator) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", router.id());
        body.put("name", router.name());
        body.put("tenant_id", router.project());
        body.put("admin_state_up", router.adminStateUp());
        body.put("status", "ACTIVE");
        body.put("external_gateway_info", gateway(router.gateway()));
        body.put("description", router.description());
        body.put("availability_zones", List.of());
        body.put("availability_zone_hints", router.zoneHints());
        body.put("routes", router.routes());
        body.put("flavor_id", null);
        if (operator) {
            body.put("distributed", false);
            body.put("ha", false);
        }
        body.put("tags", router.tags());
        Bodies.stamp(body, router.stamp(), router.project());
        return body;
    }

    private static @Nullable Map<String, Object> gateway(Router.@Nullable Gateway gateway) {
        if (gateway == null) {
            return null;
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("network_id", gateway.networkId());
        body.put(
                "external_fixed_ips",
                gateway.addresses().stream().map(PortView::fixedIp).toList());
        body.put("enable_snat", gateway.snat());
        return body;
    }
}
