package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.HostViews;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.hosts.Hosts;
import dev.unkai.cloud.hosts.Maintenance;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /os-hosts} until 2.42, what {@code /os-hypervisors} and {@code /os-services} tell since. */
@RestController
@RequestMapping("/compute/v2.1/os-hosts")
class LegacyHostsController {
    private static final int LAST = 42;

    /** What this process does itself, by the names of the reference's services, in the zone that it gives them. */
    private static final List<String> CONTROL = List.of("conductor", "scheduler");

    private static final String INTERNAL = "internal";
    private static final String MACHINE = machine();

    private final HostViews hosts;
    private final Maintenance maintenance;

    LegacyHostsController(HostViews hosts, Maintenance maintenance) {
        this.hosts = hosts;
        this.maintenance = maintenance;
    }

    @GetMapping
    @Allow("compute:host:show")
    Shape list(Caller caller, Microversion version, HttpServletRequest request) {
        Since.last(version, LAST);
        String zone = Query.of(request, version, "zone").text("zone");
        Stream<Shape> all = Stream.concat(
                CONTROL.stream().map(service -> row(MACHINE, service, INTERNAL)),
                hosts.list(caller).stream()
                        .filter(host -> host.maintenanceReason() == null)
                        .map(host -> row(host.name(), "compute", host.zone())));
        return Shape.of(
                "hosts",
                all.filter(row -> zone == null || zone.isEmpty() || zone.equals(row.get("zone")))
                        .toList());
    }

    private static Shape row(String host, String service, String zone) {
        return new Shape().with("host_name", host).with("service", service).with("zone", zone);
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // a machine whose name nothing resolves; the list is to be answered all the same
        }
    }

    @GetMapping("/{name}")
    @Allow("compute:host:show")
    Shape show(Caller caller, Microversion version, @PathVariable String name) {
        Since.last(version, LAST);
        Hosts.Host host = find(caller, name);
        List<Server> servers = hosts.servers(caller).getOrDefault(host.id(), List.of());
        List<Shape> resources = new ArrayList<>();
        resources.add(resource(name, "(total)", host.vcpus(), host.memoryMib(), host.diskGib()));
        resources.add(
                resource(name, "(used_now)", host.vcpusClaimed(), host.memoryMibClaimed(), host.diskGibClaimed()));
        resources.add(resource(name, "(used_max)", servers));
        Map<String, List<Server>> projects =
                servers.stream().collect(Collectors.groupingBy(Server::projectId, TreeMap::new, Collectors.toList()));
        projects.forEach((project, own) -> resources.add(resource(name, project, own)));
        return Shape.of("host", resources);
    }

    private static Shape resource(String host, String project, List<Server> servers) {
        return resource(
                host,
                project,
                servers.stream().mapToLong(server -> server.size().vcpus()).sum(),
                servers.stream().mapToLong(server -> server.size().ramMb()).sum(),
                servers.stream()
                        .mapToLong(
                                server -> server.size().diskGb() + server.size().ephemeralGb())
                        .sum());
    }

    private static Shape resource(String host, String project, long vcpus, long memoryMib, long diskGib) {
        return Shape.of(
                "resource",
                new Shape()
                        .with("host", host)
                        .with("project", project)
                        .with("cpu", vcpus)
                        .with("memory_mb", memoryMib)
                        .with("disk_gb", diskGib));
    }

    @PutMapping("/{name}")
    @Allow("compute:service:manage")
    Shape update(
            Caller caller,
            Microversion version,
            @PathVariable String name,
            @RequestBody(required = false) @Nullable JsonNode body) {
        Since.last(version, LAST);
        Fields fields = Fields.of(body);
        String status = fields.oneOf("status", "enable", "disable", "Enable", "Disable", "ENABLE", "DISABLE");
        String mode = fields.oneOf("maintenance_mode", "enable", "disable", "Enable", "Disable", "ENABLE", "DISABLE");
        fields.end();
        if (status == null && mode == null) {
            throw fields.missing("status");
        }
        Hosts.Host host = find(caller, name);
        if (mode != null) {
            // it would move the guests away too
            throw Since.unsupported("the maintenance mode of os-hosts");
        }
        boolean enabled = "enable".equalsIgnoreCase(status);
        if (enabled) {
            maintenance.end(caller, host.id());
        } else {
            maintenance.begin(caller, host.id(), "", Maintenance.Guests.AS_BEFORE);
        }
        return new Shape().with("host", name).with("status", enabled ? "enabled" : "disabled");
    }

    /** The power of hosts is not the reference's libvirt driver's to switch either. */
    @GetMapping({"/{name}/startup", "/{name}/shutdown", "/{name}/reboot"})
    @Allow("compute:service:manage")
    void power(Caller caller, Microversion version, @PathVariable String name) {
        Since.last(version, LAST);
        find(caller, name);
        throw Since.unsupported("switching the power of hosts");
    }

    private Hosts.Host find(Caller caller, String name) {
        return hosts.list(caller).stream()
                .filter(host -> host.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound(
                        "Compute host " + name.substring(0, Math.min(60, name.length())) + " could not be found."));
    }
}
