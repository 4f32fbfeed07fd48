package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.HostViews;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.hosts.Hosts;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /os-hypervisors}: numbers as ids until 2.52, UUIDs since; capacity until 2.87. */
@RestController
@RequestMapping("/compute/v2.1/os-hypervisors")
class HypervisorsController {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HostViews hosts;
    private final Links links;

    HypervisorsController(HostViews hosts, Links links) {
        this.hosts = hosts;
        this.links = links;
    }

    /** A host with the number that old versions call it by: its place in order of arrival. */
    record Numbered(int number, Hosts.Host host) {}

    static List<Numbered> numbered(List<Hosts.Host> hosts) {
        List<Hosts.Host> ordered = new ArrayList<>(hosts);
        ordered.sort(Comparator.comparing(Hosts.Host::createdAt).thenComparing(Hosts.Host::id));
        List<Numbered> numbered = new ArrayList<>();
        ordered.forEach(host -> numbered.add(new Numbered(numbered.size() + 1, host)));
        return numbered;
    }

    static boolean isUp(Hosts.Host host) {
        return !host.state().equals("unknown") && !host.state().equals("down");
    }

    @GetMapping
    @Allow("compute:host:show")
    Shape list(Caller caller, Microversion version, HttpServletRequest request) {
        return page(caller, version, request, "os-hypervisors", false);
    }

    @GetMapping("/detail")
    @Allow("compute:host:show")
    Shape detail(Caller caller, Microversion version, HttpServletRequest request) {
        return page(caller, version, request, "os-hypervisors/detail", true);
    }

    private Shape page(Caller caller, Microversion version, HttpServletRequest request, String path, boolean detail) {
        Query query = Query.strictFrom(
                53, request, version, "limit", "marker", "hypervisor_hostname_pattern", "with_servers");
        if (version.atLeast(53)) {
            query.once("limit", "marker", "hypervisor_hostname_pattern", "with_servers");
        }
        boolean paged = version.atLeast(33);
        String pattern = version.atLeast(53) ? query.text("hypervisor_hostname_pattern") : null;
        boolean withServers = version.atLeast(53) && withServers(query);
        if (pattern != null && (query.has("limit") || query.has("marker"))) {
            throw Refusal.invalid("Paging over hypervisors with the hypervisor_hostname_pattern query parameter is not"
                    + " supported.");
        }
        List<Numbered> all = numbered(hosts.list(caller));
        List<Numbered> found = pattern == null ? all : matching(all, pattern);
        if (paged) {
            found = after(found, query.text("marker"), version).stream()
                    .limit(query.limit())
                    .toList();
        }
        Map<UUID, List<Server>> servers = withServers ? hosts.servers(caller) : Map.of();
        List<Shape> shapes = found.stream()
                .map(one -> shape(
                        one,
                        version,
                        detail,
                        withServers ? servers.getOrDefault(one.host().id(), List.of()) : null))
                .toList();
        Shape page = Shape.of("hypervisors", shapes);
        if (paged && pattern == null && query.isFull(found.size())) {
            Numbered last = found.getLast();
            String marker = version.atLeast(53) ? last.host().id().toString() : String.valueOf(last.number());
            page.with("hypervisors_links", links.next(path, query, marker));
        }
        return page;
    }

    private static boolean withServers(Query query) {
        String text = query.text("with_servers");
        if (text != null && text.isEmpty()) {
            throw Refusal.invalid("Invalid input for query parameters with_servers: it must be true or false.");
        }
        return query.flag("with_servers", false);
    }

    private static List<Numbered> matching(List<Numbered> all, String pattern) {
        if (!pattern.matches("[a-zA-Z0-9._-]{1,255}")) {
            throw Refusal.invalid("Invalid input for query parameters hypervisor_hostname_pattern: it must be a part of"
                    + " a host name.");
        }
        String wanted = pattern.toLowerCase(Locale.ROOT);
        List<Numbered> found = all.stream()
                .filter(one -> one.host().name().toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
        if (found.isEmpty()) {
            throw Refusal.notFound("No hypervisor matching '" + pattern.substring(0, Math.min(60, pattern.length()))
                    + "' could be found.");
        }
        return found;
    }

    private static List<Numbered> after(List<Numbered> all, @Nullable String marker, Microversion version) {
        if (marker == null) {
            return all;
        }
        for (int i = 0; i < all.size(); i++) {
            if (isNamed(all.get(i), marker, version)) {
                return all.subList(i + 1, all.size());
            }
        }
        throw Refusal.invalid("marker [" + marker.substring(0, Math.min(60, marker.length())) + "] not found");
    }

    private static boolean isNamed(Numbered one, String id, Microversion version) {
        return version.atLeast(53)
                ? one.host().id().toString().equals(id)
                : String.valueOf(one.number()).equals(id);
    }

    @GetMapping("/{id}")
    @Allow("compute:host:show")
    Shape show(Caller caller, Microversion version, @PathVariable String id, HttpServletRequest request) {
        boolean withServers = version.atLeast(53)
                && withServers(
                        Query.strictFrom(53, request, version, "with_servers").once("with_servers"));
        Numbered one = find(caller, version, id);
        List<Server> servers =
                withServers ? hosts.servers(caller).getOrDefault(one.host().id(), List.of()) : null;
        return Shape.of("hypervisor", shape(one, version, true, servers));
    }

    private Numbered find(Caller caller, Microversion version, String id) {
        if (version.atLeast(53) && !Text.isUuid(id)) {
            throw Refusal.invalid("Invalid uuid " + id.substring(0, Math.min(60, id.length())));
        }
        return numbered(hosts.list(caller)).stream()
                .filter(one -> isNamed(one, id, version))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("Hypervisor with ID '" + id + "' could not be found."));
    }

    @GetMapping("/{id}/uptime")
    @Allow("compute:host:show")
    Shape uptime(Caller caller, Microversion version, @PathVariable String id) {
        Since.last(version, 87);
        Numbered one = find(caller, version, id);
        String uptime = uptime(one.host());
        if (uptime == null) {
            throw isUp(one.host())
                    ? Since.unsupported("this host's uptime")
                    : Refusal.invalid("Compute service of " + one.host().name() + " is unavailable at this time.");
        }
        return Shape.of("hypervisor", shape(one, version, false, null).with("uptime", uptime));
    }

    @GetMapping("/{pattern}/search")
    @Allow("compute:host:show")
    Shape search(Caller caller, Microversion version, @PathVariable String pattern) {
        Since.last(version, 52);
        return Shape.of(
                "hypervisors",
                matching(numbered(hosts.list(caller)), pattern).stream()
                        .map(one -> shape(one, version, false, null))
                        .toList());
    }

    @GetMapping("/{pattern}/servers")
    @Allow("compute:host:show")
    Shape servers(Caller caller, Microversion version, @PathVariable String pattern) {
        Since.last(version, 52);
        Map<UUID, List<Server>> servers = hosts.servers(caller);
        return Shape.of(
                "hypervisors",
                matching(numbered(hosts.list(caller)), pattern).stream()
                        .map(one -> {
                            List<Server> own = servers.getOrDefault(one.host().id(), List.of());
                            return shape(one, version, false, own.isEmpty() ? null : own);
                        })
                        .toList());
    }

    @GetMapping("/statistics")
    @Allow("compute:host:show")
    Shape statistics(Caller caller, Microversion version) {
        Since.last(version, 87);
        List<Hosts.Host> all = hosts.list(caller);
        return Shape.of(
                "hypervisor_statistics",
                new Shape()
                        .with("count", all.size())
                        .with("vcpus", sum(all, Hosts.Host::vcpus))
                        .with("vcpus_used", sum(all, Hosts.Host::vcpusClaimed))
                        .with("memory_mb", sum(all, Hosts.Host::memoryMib))
                        .with("memory_mb_used", sum(all, Hosts.Host::memoryMibClaimed))
                        .with("free_ram_mb", sum(all, host -> host.memoryMib() - host.memoryMibClaimed()))
                        .with("local_gb", sum(all, Hosts.Host::diskGib))
                        .with("local_gb_used", sum(all, Hosts.Host::diskGibClaimed))
                        .with("free_disk_gb", sum(all, host -> host.diskGib() - host.diskGibClaimed()))
                        .with("disk_available_least", sum(all, host -> host.diskGib() - host.diskGibClaimed()))
                        .with("running_vms", sum(all, Hosts.Host::guests))
                        .with("current_workload", 0));
    }

    private static long sum(List<Hosts.Host> hosts, ToLongFunction<Hosts.Host> value) {
        return hosts.stream().mapToLong(value).sum();
    }

    private static Shape shape(Numbered one, Microversion version, boolean detail, @Nullable List<Server> servers) {
        Hosts.Host host = one.host();
        Object id = version.atLeast(53) ? host.id() : one.number();
        Shape shape = new Shape()
                .with("id", id)
                .with("hypervisor_hostname", host.name())
                .with("state", isUp(host) ? "up" : "down")
                .with("status", host.maintenanceReason() == null ? "enabled" : "disabled");
        if (detail) {
            describe(shape, host, id, version);
        }
        if (servers != null && (version.atLeast(75) || !servers.isEmpty())) {
            shape.with(
                    "servers",
                    servers.stream()
                            .map(server -> new Shape().with("uuid", server.id()).with("name", server.instanceName()))
                            .toList());
        }
        return shape;
    }

    /** Of hosts that are there; what one said before it fell silent is no uptime. */
    private static @Nullable String uptime(Hosts.Host host) {
        return isUp(host) ? host.uptime() : null;
    }

    private static void describe(Shape shape, Hosts.Host host, Object id, Microversion version) {
        JsonNode facts = facts(host);
        shape.with("hypervisor_type", "QEMU")
                .with(
                        "hypervisor_version",
                        versionNumber(facts.path("hypervisorVersion").asString("")))
                .with("host_ip", null)
                .with(
                        "service",
                        new Shape()
                                .with("id", id)
                                .with("host", host.name())
                                .with(
                                        "disabled_reason",
                                        "".equals(host.maintenanceReason()) ? null : host.maintenanceReason()));
        if (version.atLeast(88)) {
            shape.with("uptime", uptime(host));
            return;
        }
        Map<String, Object> cpu = Map.of(
                "model", facts.path("cpuModel").asString(""),
                "acceleration", facts.path("acceleration").asString(""));
        shape.with("vcpus", host.vcpus())
                .with("vcpus_used", host.vcpusClaimed())
                .with("memory_mb", host.memoryMib())
                .with("memory_mb_used", host.memoryMibClaimed())
                .with("free_ram_mb", host.memoryMib() - host.memoryMibClaimed())
                .with("local_gb", host.diskGib())
                .with("local_gb_used", host.diskGibClaimed())
                .with("free_disk_gb", host.diskGib() - host.diskGibClaimed())
                .with("disk_available_least", host.diskGib() - host.diskGibClaimed())
                .with("running_vms", host.guests())
                .with("current_workload", 0)
                .with("cpu_info", version.atLeast(28) ? cpu : JSON.writeValueAsString(cpu));
    }

    private static JsonNode facts(Hosts.Host host) {
        return JSON.readTree(host.facts().isBlank() ? "{}" : host.facts());
    }

    /** {@code 7.2.19} → 7002019, as libvirt counts. */
    private static int versionNumber(String text) {
        var parts = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})(?:\\.(\\d{1,3}))?").matcher(text);
        if (!parts.find()) {
            return 0;
        }
        int last = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
        return Integer.parseInt(parts.group(1)) * 1_000_000 + Integer.parseInt(parts.group(2)) * 1_000 + last;
    }
}
