package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Server.Sight;
import dev.unkai.cloud.compute.Servers;
import dev.unkai.cloud.compute.ShownServer;
import dev.unkai.cloud.hosts.GuestDiagnostics;
import dev.unkai.cloud.network.Ports;
import dev.unkai.wire.node.GuestCounters;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code /servers/{id}/diagnostics}: what a running guest consists of and has used, asked of its host at this moment. */
@RestController
class DiagnosticsController {
    private final Servers servers;
    private final GuestDiagnostics diagnostics;
    private final Clock clock;

    DiagnosticsController(Servers servers, GuestDiagnostics diagnostics, Clock clock) {
        this.servers = servers;
        this.diagnostics = diagnostics;
        this.clock = clock;
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
        GuestCounters counters = diagnostics.of(caller, found.id()).orElse(GuestCounters.getDefaultInstance());
        if (version.before(48)) {
            return DiagnosticsView.asDrivers(counters, found.size().ramMb());
        }
        List<String> macs = shown.addresses().stream()
                .map(Ports.ServerAddress::mac)
                .distinct()
                .toList();
        Instant launched = found.observed().launchedAt();
        Long uptime = launched == null
                ? null
                : Math.max(0, Duration.between(launched, clock.instant()).toSeconds());
        return DiagnosticsView.of(found, counters, macs, uptime);
    }
}
