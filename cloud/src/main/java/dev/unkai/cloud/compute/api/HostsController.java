package dev.unkai.cloud.compute.api;

import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.HostViews;
import dev.unkai.cloud.hosts.Hosts;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /os-services}, {@code /os-availability-zone}, {@code /os-aggregates}, {@code /os-migrations}. */
@RestController
@RequestMapping("/compute/v2.1")
class HostsController {
    private static final String BINARY = "nova-compute"; // the name by which clients know a host's agent

    private final HostViews hosts;

    HostsController(HostViews hosts) {
        this.hosts = hosts;
    }

    @GetMapping("/os-availability-zone")
    @Allow("compute:zone:show")
    Shape zones(Caller caller) {
        return Shape.of(
                "availabilityZoneInfo",
                hosts.zones(caller).stream().map(zone -> zone(zone, null)).toList());
    }

    @GetMapping("/os-availability-zone/detail")
    @Allow("compute:host:show")
    Shape zonesInDetail(Caller caller) {
        List<Hosts.Host> all = hosts.list(caller);
        return Shape.of(
                "availabilityZoneInfo",
                hosts.zones(caller).stream()
                        .map(zone -> {
                            Shape inZone = new Shape();
                            all.stream()
                                    .filter(host -> host.zone().equals(zone.name()))
                                    .forEach(host -> inZone.with(host.name(), Shape.of(BINARY, agent(host))));
                            return zone(zone, zone.available() ? inZone : null);
                        })
                        .toList());
    }

    private static Shape zone(Hosts.Zone zone, @org.jspecify.annotations.Nullable Shape hosts) {
        return new Shape()
                .with("zoneName", zone.name())
                .with("zoneState", Map.of("available", zone.available()))
                .with("hosts", hosts);
    }

    private static Shape agent(Hosts.Host host) {
        return new Shape()
                .with("available", HypervisorsController.isUp(host))
                .with("active", host.maintenanceReason() == null)
                .with("updated_at", Times.micros(host.lastSeen()));
    }

    @GetMapping("/os-services")
    @Allow("compute:host:show")
    Shape services(Caller caller, Microversion version, HttpServletRequest request) {
        Query query = Query.of(request, version, "host", "binary");
        String host = query.text("host");
        String binary = query.text("binary");
        List<Shape> services = HypervisorsController.numbered(hosts.list(caller)).stream()
                .filter(one ->
                        host == null || host.isEmpty() || one.host().name().equals(host))
                .filter(one -> binary == null || binary.isEmpty() || binary.equals(BINARY))
                .map(one -> service(one, version))
                .toList();
        return Shape.of("services", services);
    }

    private static Shape service(HypervisorsController.Numbered one, Microversion version) {
        Hosts.Host host = one.host();
        return new Shape()
                .with("id", version.atLeast(53) ? host.id() : one.number())
                .with("binary", BINARY)
                .with("host", host.name())
                .with("zone", host.zone())
                .with("status", host.maintenanceReason() == null ? "enabled" : "disabled")
                .with("state", HypervisorsController.isUp(host) ? "up" : "down")
                .with("updated_at", Times.micros(host.lastSeen()))
                .with("disabled_reason", host.maintenanceReason())
                .when(version.atLeast(11), "forced_down", false);
    }

    @GetMapping("/os-aggregates")
    @Allow("compute:host:show")
    Shape aggregates() {
        return Shape.of("aggregates", List.of());
    }

    @GetMapping("/os-migrations")
    @Allow("compute:host:show")
    Shape migrations() {
        return Shape.of("migrations", List.of());
    }
}
