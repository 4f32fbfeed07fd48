package dev.unkai.cloud.network.api;

import dev.unkai.cloud.network.domain.Prefix;
import dev.unkai.cloud.network.store.SecurityGroup;
import dev.unkai.cloud.network.store.SecurityGroupRule;
import java.util.LinkedHashMap;
import java.util.Map;

/** Security groups and their rules as bodies of the Network API v2.0. */
final class SecurityGroupView {
    private SecurityGroupView() {}

    static Map<String, Object> of(SecurityGroup group) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", group.id());
        body.put("name", group.name());
        body.put("stateful", group.stateful());
        body.put("tenant_id", group.project());
        body.put("description", group.description());
        body.put("shared", group.shared());
        body.put(
                "security_group_rules",
                group.rules().stream().map(SecurityGroupView::of).toList());
        body.put("tags", group.tags());
        Bodies.stamp(body, group.stamp(), group.project());
        return body;
    }

    static Map<String, Object> of(SecurityGroupRule rule) {
        Map<String, Object> body = new LinkedHashMap<>();
        String prefix = rule.remotePrefix();
        body.put("id", rule.id());
        body.put("tenant_id", rule.project());
        body.put("security_group_id", rule.groupId());
        body.put("ethertype", rule.ethertype());
        body.put("direction", rule.direction());
        body.put("protocol", rule.protocol());
        body.put("port_range_min", rule.portMin());
        body.put("port_range_max", rule.portMax());
        body.put("remote_ip_prefix", prefix);
        body.put("remote_address_group_id", rule.remoteAddressGroupId());
        body.put(
                "normalized_cidr",
                prefix == null ? null : Prefix.of(prefix).canonical().toString());
        body.put("remote_group_id", rule.remoteGroupId());
        body.put("description", rule.description());
        body.put("tags", java.util.List.of());
        Bodies.stamp(body, rule.stamp(), rule.project());
        return body;
    }
}
