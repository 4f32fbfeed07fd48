package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Server.Sight;
import dev.unkai.cloud.compute.Servers;
import dev.unkai.cloud.compute.ShownServer;
import dev.unkai.cloud.network.Ports;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /servers/{id}/diagnostics}: what a running guest consists of. Counters that hosts do not report are null, as the
 * reference has them where a driver does not tell (since 2.48); before, drivers said what they liked.
 */
@RestController
class DiagnosticsController {
    private static final long KIB_PER_MIB = 1024;

    private final Servers servers;

    DiagnosticsController(Servers servers) {
        this.servers = servers;
    }

    @GetMapping("/compute/v2.1/servers/{server}/diagnostics")
    @Allow("compute:server:diagnose")
    Shape show(Caller caller, Microversion version, @PathVariable String server) {
        ShownServer shown = servers.show(caller, ServerIds.parse(server), Servers.Depth.PLAIN);
        Server found = shown.server();
        if (found.observed().hostId() == null) {
            throw Refusal.conflict("Instance " + found.id() + " is not ready");
        }
        if (found.observed().sight() != Sight.RUNNING) {
            throw Refusal.conflict("Instance " + found.id() + " in power state "
                    + found.observed().sight().name().toLowerCase(Locale.ROOT)
                    + ". Cannot get_instance_diagnostics while the instance is in this state.");
        }
        if (version.before(48)) {
            return new Shape().with("memory", found.size().ramMb() * KIB_PER_MIB);
        }
        List<Shape> nics = shown.addresses().stream()
                .map(Ports.ServerAddress::mac)
                .distinct()
                .map(DiagnosticsController::nic)
                .toList();
        return new Shape()
                .with("config_drive", found.boot().configDrive())
                .with("state", "running")
                .with("driver", "libvirt")
                .with("hypervisor", "qemu")
                .with("hypervisor_os", "linux")
                .with("uptime", null)
                .with("num_cpus", found.size().vcpus())
                .with("num_nics", nics.size())
                .with("num_disks", 1)
                .with(
                        "cpu_details",
                        IntStream.range(0, found.size().vcpus())
                                .mapToObj(id -> new Shape()
                                        .with("id", id)
                                        .with("time", null)
                                        .with("utilisation", null))
                                .toList())
                .with("nic_details", nics)
                .with(
                        "disk_details",
                        List.of(counters("read_bytes", "read_requests", "write_bytes", "write_requests")
                                .with("errors_count", null)))
                .with(
                        "memory_details",
                        new Shape().with("maximum", found.size().ramMb()).with("used", null));
    }

    private static Shape nic(String mac) {
        Shape nic = new Shape().with("mac_address", mac);
        for (String way : List.of("rx", "tx")) {
            for (String counter : List.of("octets", "errors", "drop", "packets", "rate")) {
                nic.with(way + "_" + counter, null);
            }
        }
        return nic;
    }

    private static Shape counters(String... names) {
        Shape shape = new Shape();
        for (String name : names) {
            shape.with(name, null);
        }
        return shape;
    }
}
