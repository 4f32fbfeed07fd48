package dev.unkai.cloud.compute.api;

import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.HostViews;
import dev.unkai.cloud.hosts.Hosts;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /os-availability-zone}. */
@RestController
@RequestMapping("/compute/v2.1")
class HostsController {
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
                                    .forEach(host ->
                                            inZone.with(host.name(), Shape.of(ServicesController.BINARY, agent(host))));
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
}
