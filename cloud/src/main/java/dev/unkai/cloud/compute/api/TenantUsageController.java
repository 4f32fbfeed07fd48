package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.Usage;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /os-simple-tenant-usage}: how long servers of which size ran. */
@RestController
@RequestMapping("/compute/v2.1/os-simple-tenant-usage")
class TenantUsageController {
    private final Usage usage;
    private final Links links;
    private final Clock clock;

    TenantUsageController(Usage usage, Links links, Clock clock) {
        this.usage = usage;
        this.links = links;
        this.clock = clock;
    }

    private record Window(
            Query query,
            Instant start,
            Instant stop,
            @Nullable UUID marker,
            int limit,
            boolean detailed) {}

    @GetMapping
    @Allow("compute:usage:list")
    Shape list(Caller caller, Microversion version, HttpServletRequest request) {
        Window window = window(request, version);
        List<Usage.Item> items = usage.of(caller, null, window.start(), window.stop(), window.marker(), window.limit());
        Map<String, Shape> projects = new LinkedHashMap<>();
        items.stream().map(Usage.Item::projectId).distinct().forEach(project -> {
            List<Usage.Item> own = items.stream()
                    .filter(item -> item.projectId().equals(project))
                    .toList();
            projects.put(project, summary(project, own, window, window.detailed()));
        });
        return page(
                Shape.of("tenant_usages", List.copyOf(projects.values())),
                "tenant_usages_links",
                "os-simple-tenant-usage",
                window,
                version,
                items);
    }

    @GetMapping("/{project}")
    @Allow("compute:usage:show")
    Shape show(Caller caller, Microversion version, @PathVariable String project, HttpServletRequest request) {
        if (!project.equals(caller.project()) && !caller.isAdmin()) {
            throw ComputeErrors.adminOnly("see another project's usage");
        }
        Window window = window(request, version);
        List<Usage.Item> items =
                usage.of(caller, project, window.start(), window.stop(), window.marker(), window.limit());
        return page(
                Shape.of("tenant_usage", items.isEmpty() ? new Shape() : summary(project, items, window, true)),
                "tenant_usage_links",
                "os-simple-tenant-usage/" + project,
                window,
                version,
                items);
    }

    private Shape page(
            Shape page, String name, String path, Window window, Microversion version, List<Usage.Item> items) {
        if (version.atLeast(40) && window.query().isFull(items.size())) {
            page.with(
                    name,
                    links.next(path, window.query(), items.getLast().serverId().toString()));
        }
        return page;
    }

    private Window window(HttpServletRequest request, Microversion version) {
        Query query = version.atLeast(40)
                ? Query.of(request, version, "start", "end", "detailed", "limit", "marker")
                : Query.of(request, version, "start", "end", "detailed");
        Instant now = clock.instant();
        Instant start = query.text("start") == null ? now : Times.parse("start", String.valueOf(query.text("start")));
        Instant stop = query.text("end") == null ? now : Times.parse("end", String.valueOf(query.text("end")));
        if (query.text("start") == null || query.text("end") == null ? stop.isBefore(start) : !start.isBefore(stop)) {
            throw Refusal.invalid("Invalid start time. The start time cannot occur after the end time.");
        }
        boolean paged = version.atLeast(40);
        String marker = paged ? query.text("marker") : null;
        if (marker != null && !Text.isUuid(marker)) {
            throw Refusal.invalid("Marker could not be found.");
        }
        return new Window(
                query,
                start,
                stop.isAfter(now) ? now : stop,
                marker == null ? null : UUID.fromString(marker),
                paged ? query.limit() : Query.MOST,
                "1".equals(query.text("detailed")));
    }

    private Shape summary(String project, List<Usage.Item> items, Window window, boolean detailed) {
        double hours = 0;
        double disk = 0;
        double cores = 0;
        double memory = 0;
        for (Usage.Item item : items) {
            double own = item.hours(window.start(), window.stop());
            hours += own;
            disk += own * item.diskGb();
            cores += own * item.vcpus();
            memory += own * item.ramMb();
        }
        return new Shape()
                .with("tenant_id", project)
                .when(
                        detailed,
                        "server_usages",
                        items.stream().map(item -> item(item, window)).toList())
                .with("total_local_gb_usage", disk)
                .with("total_vcpus_usage", cores)
                .with("total_memory_mb_usage", memory)
                .with("total_hours", hours)
                .with("start", Times.micros(window.start()))
                .with("stop", Times.micros(window.stop()));
    }

    private Shape item(Usage.Item item, Window window) {
        Instant end = item.endedAt();
        return new Shape()
                .with("instance_id", item.serverId())
                .with("name", item.name())
                .with("tenant_id", item.projectId())
                .with("flavor", item.flavorName())
                .with("hours", item.hours(window.start(), window.stop()))
                .with("memory_mb", item.ramMb())
                .with("local_gb", item.diskGb())
                .with("vcpus", item.vcpus())
                .with("started_at", Times.micros(item.startedAt()))
                .with("ended_at", Times.microsOrNull(end))
                .with("state", end == null ? item.vmState() : "terminated")
                .with(
                        "uptime",
                        java.time.Duration.between(item.startedAt(), end == null ? clock.instant() : end)
                                .toSeconds());
    }
}
