package dev.unkai.cloud.network.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.hosts.Hosts;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Network API v2.0: what the service itself is: versions, extensions, zones, providers. */
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
            "service-providers",
            "availability_zones");

    private final RequestTransactions transactions;
    private final Hosts hosts;
    private final Listings listings;
    private final String root;

    ServiceController(
            RequestTransactions transactions,
            Hosts hosts,
            Listings listings,
            @Value("${unkai.public-url}") String publicUrl) {
        this.transactions = transactions;
        this.hosts = hosts;
        this.listings = listings;
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
    Map<String, Object> extensions(HttpServletRequest request) {
        return listings.page(request, "extensions", Extensions.all());
    }

    @Allow("network:extension:list")
    @GetMapping("/network/v2.0/extensions/{alias}")
    Map<String, Object> extension(@PathVariable String alias) {
        if (!Extensions.has(alias)) {
            throw new Refusal(
                    Refusal.Kind.NOT_FOUND, "HTTPNotFound", "Extension with alias " + alias + " does not exist");
        }
        return Map.of("extension", Extensions.view(alias));
    }

    @Allow("network:availability-zone:list")
    @GetMapping("/network/v2.0/availability_zones")
    Map<String, Object> zones(Caller caller, HttpServletRequest request) {
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
        return listings.page(request, "availability_zones", zones);
    }

    /** Who does what other deployments let their operators choose: routers are OVN's. */
    @Allow("network:service-provider:list")
    @GetMapping("/network/v2.0/service-providers")
    Map<String, Object> providers(HttpServletRequest request) {
        return listings.page(
                request,
                "service_providers",
                List.of(Map.of("service_type", "L3_ROUTER_NAT", "name", "ovn", "default", true)));
    }
}
