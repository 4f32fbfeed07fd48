package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Addresses that the reference once had and answers 410 to now, at any microversion. */
@RestController
@RequestMapping("/compute/v2.1")
class RemovedController {
    private static final String ALLOW = "compute:extension:show";

    @Allow(ALLOW)
    @GetMapping({
        "/os-agents",
        "/os-cells",
        "/os-cells/capacities",
        "/os-cells/detail",
        "/os-cells/info",
        "/os-cells/{id}",
        "/os-cells/{id}/capacities",
        "/os-certificates/{id}",
        "/os-cloudpipe",
        "/os-fixed-ips/{id}",
        "/os-floating-ip-dns",
        "/os-floating-ip-dns/{domain}",
        "/os-floating-ip-dns/{domain}/entries/{name}",
        "/os-floating-ips-bulk",
        "/os-floating-ips-bulk/{id}",
        "/os-fping",
        "/os-fping/{id}",
        "/os-security-group-default-rules",
        "/os-security-group-default-rules/{id}",
        "/servers/{server}/consoles",
        "/servers/{server}/consoles/{console}",
        "/servers/{server}/os-virtual-interfaces"
    })
    void get() {
        throw gone();
    }

    @Allow(ALLOW)
    @PostMapping({
        "/os-agents",
        "/os-cells",
        "/os-cells/sync_instances",
        "/os-certificates",
        "/os-cloudpipe",
        "/os-fixed-ips/{id}/action",
        "/os-floating-ips-bulk",
        "/os-networks",
        "/os-networks/add",
        "/os-networks/{id}/action",
        "/os-security-group-default-rules",
        "/os-tenant-networks",
        "/servers/{server}/consoles"
    })
    void post() {
        throw gone();
    }

    @Allow(ALLOW)
    @PutMapping({
        "/os-agents/{id}",
        "/os-cells/{id}",
        "/os-cloudpipe/{id}",
        "/os-floating-ip-dns/{domain}",
        "/os-floating-ip-dns/{domain}/entries/{name}",
        "/os-floating-ips-bulk/{id}"
    })
    void put() {
        throw gone();
    }

    @Allow(ALLOW)
    @DeleteMapping({
        "/os-agents/{id}",
        "/os-cells/{id}",
        "/os-floating-ip-dns/{domain}",
        "/os-floating-ip-dns/{domain}/entries/{name}",
        "/os-networks/{id}",
        "/os-security-group-default-rules/{id}",
        "/os-tenant-networks/{id}",
        "/servers/{server}/consoles/{console}"
    })
    void delete() {
        throw gone();
    }

    static Refusal gone() {
        return new Refusal(
                Refusal.Kind.GONE, "Gone", "This resource is no longer available.  No forwarding address is given.");
    }
}
