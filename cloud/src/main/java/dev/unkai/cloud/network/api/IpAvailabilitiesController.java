package dev.unkai.cloud.network.api;

import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.store.IpAvailability;
import dev.unkai.cloud.network.store.IpAvailabilityStore;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Network API v2.0: how many addresses networks have, and how many of them are taken. For operators. */
@RestController
@RequestMapping("/network/v2.0/network-ip-availabilities")
final class IpAvailabilitiesController {
    private final RequestTransactions transactions;
    private final IpAvailabilityStore store;
    private final Listings listings;

    IpAvailabilitiesController(RequestTransactions transactions, IpAvailabilityStore store, Listings listings) {
        this.transactions = transactions;
        this.store = store;
        this.listings = listings;
    }

    @Allow("network:ip-availability:list")
    @GetMapping
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        return transactions.asCaller(
                caller,
                db -> listings.page(
                        db, request, "network-ip-availabilities", store.listing, IpAvailabilitiesController::view));
    }

    @Allow("network:ip-availability:show")
    @GetMapping("/{id}")
    Map<String, Object> show(Caller caller, @PathVariable String id, HttpServletRequest request) {
        UUID network = Paths.id("Network", id);
        return Listings.one(
                request,
                "network_ip_availability",
                view(transactions.asCaller(
                        caller,
                        (Db db) ->
                                store.listing.find(db, network).orElseThrow(() -> Refusals.notFound("Network", id)))));
    }

    private static Map<String, Object> view(IpAvailability one) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("network_id", one.networkId());
        body.put("network_name", one.networkName());
        body.put("tenant_id", one.project());
        body.put("project_id", one.project());
        body.put("total_ips", one.total());
        body.put("used_ips", one.used());
        List<Map<String, Object>> subnets =
                one.subnets().stream().map(IpAvailabilitiesController::view).toList();
        body.put("subnet_ip_availability", subnets);
        return body;
    }

    private static Map<String, Object> view(IpAvailability.OfSubnet one) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("subnet_id", one.id());
        body.put("subnet_name", one.name());
        body.put("ip_version", one.version());
        body.put("cidr", one.cidr());
        body.put("total_ips", one.total());
        body.put("used_ips", one.used());
        return body;
    }
}
