package dev.unkai.cloud.network.api;

import dev.unkai.base.access.Allow;
import dev.unkai.cloud.hosts.Hosts;
import dev.unkai.wire.token.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Network API v2.0: what the service itself is: versions, extensions, agents, zones. */
@RestController
final class ServiceController {
    private static final List<String> COLLECTIONS = List.of(
            "networks",
            "subnets",
            "subnetpools",
            "address-scopes",
            "ports",
            "routers",
            "floatingips",
            "security-groups",
            "security-group-rules",
            "rbac-policies",
            "address-groups",
            "qos/policies",
            "trunks",
            "quotas",
            "extensions",
            "agents",
            "availability_zones");

    private final RequestTransactions transactions;
    private final Hosts hosts;
    private final String root;

    ServiceController(RequestTransactions transactions, Hosts hosts, @Value("${unkai.public-url}") String publicUrl) {
        this.transactions = transactions;
        this.hosts = hosts;
        this.root = publicUrl + "/network/";
    }

    @Allow(Allow.PUBLIC)
    @GetMapping({"/network", "/network/"})
    Map<String, Object> versions() {
        return Map.of(
                "versions",
                List.of(Map.of(
                        "id",
                        "v2.0",
                        "status",
                        "CURRENT",
                        "links",
                        List.of(Map.of("rel", "self", "href", root + "v2.0/")))));
    }

    @Allow(Allow.PUBLIC)
    @GetMapping({"/network/v2.0", "/network/v2.0/"})
    Map<String, Object> version() {
        return Map.of(
                "resources",
                COLLECTIONS.stream()
                        .map(name -> Map.of(
                                "name",
                                singular(name.substring(name.lastIndexOf('/') + 1)),
                                "collection",
                                name.substring(name.lastIndexOf('/') + 1),
                                "links",
                                List.of(Map.of("rel", "self", "href", root + "v2.0/" + name))))
                        .toList());
    }

    private static String singular(String collection) {
        String single = collection.endsWith("policies")
                ? collection.substring(0, collection.length() - 3) + "y"
                : collection.substring(0, collection.length() - 1);
        return single.replace('-', '_');
    }

    @Allow("network:extension:list")
    @GetMapping("/network/v2.0/extensions")
    Map<String, Object> extensions() {
        return Map.of("extensions", Extensions.all());
    }

    @Allow("network:extension:list")
    @GetMapping("/network/v2.0/extensions/{alias}")
    Map<String, Object> extension(@PathVariable String alias) {
        if (!Extensions.has(alias)) {
            throw new dev.unkai.base.Refusal(
                    dev.unkai.base.Refusal.Kind.NOT_FOUND,
                    "HTTPNotFound",
                    "Extension with alias " + alias + " does not exist");
        }
        return Map.of("extension", Extensions.view(alias));
    }

    /** One agent for each host: its OVN controller. Customers see none, as row-level security shows them no hosts. */
    @Allow("network:agent:list")
    @GetMapping("/network/v2.0/agents")
    Map<String, Object> agents(Caller caller) {
        List<Map<String, Object>> agents = new ArrayList<>();
        if (caller.isAdmin()) {
            for (Hosts.Host host : transactions.asCaller(caller, hosts::list)) {
                agents.add(agent(host));
            }
        }
        return Map.of("agents", agents);
    }

    @Allow("network:agent:show")
    @GetMapping("/network/v2.0/agents/{id}")
    Map<String, Object> agent(Caller caller, @PathVariable String id) {
        UUID host = Paths.id("Agent", id);
        return transactions.<List<Hosts.Host>>asCaller(caller, hosts::list).stream()
                .filter(one -> one.id().equals(host))
                .findFirst()
                .map(one -> Map.<String, Object>of("agent", agent(one)))
                .orElseThrow(() -> dev.unkai.cloud.network.domain.Refusals.notFound("Agent", id));
    }

    private static Map<String, Object> agent(Hosts.Host host) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", host.id());
        body.put("agent_type", "OVN Controller agent");
        body.put("binary", "ovn-controller");
        body.put("topic", "n/a");
        body.put("host", host.name());
        body.put("admin_state_up", true);
        body.put("alive", host.state().equals("up"));
        body.put("availability_zone", host.zone());
        body.put("configurations", Map.of("chassis_name", host.id(), "bridge-mappings", ""));
        body.put("created_at", Bodies.time(host.createdAt()));
        body.put("started_at", Bodies.time(host.createdAt()));
        body.put("heartbeat_timestamp", Bodies.time(host.lastSeen()));
        body.put("description", "");
        body.put("resources_synced", null);
        body.put("resource_versions", Map.of());
        return body;
    }

    @Allow("network:availability-zone:list")
    @GetMapping("/network/v2.0/availability_zones")
    Map<String, Object> zones(Caller caller) {
        List<Map<String, Object>> zones = new ArrayList<>();
        for (Hosts.Zone zone : transactions.asCaller(caller, hosts::zones)) {
            for (String resource : List.of("network", "router")) {
                zones.add(Map.of(
                        "name",
                        zone.name(),
                        "resource",
                        resource,
                        "state",
                        zone.available() ? "available" : "unavailable"));
            }
        }
        return Map.of("availability_zones", zones);
    }
}
