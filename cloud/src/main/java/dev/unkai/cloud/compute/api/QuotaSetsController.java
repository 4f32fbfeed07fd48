package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.QuotaResource;
import dev.unkai.cloud.compute.Quotas;
import dev.unkai.cloud.compute.Quotas.Level;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * {@code /os-quota-sets} and {@code /limits}: limits and use. Network resources left the API with 2.36 (the Network API
 * keeps them), files to inject with 2.57 (there are none here).
 */
@RestController
@RequestMapping("/compute/v2.1")
class QuotaSetsController {
    private static final int LAST_NETWORK = 35;

    private final Quotas quotas;

    QuotaSetsController(Quotas quotas) {
        this.quotas = quotas;
    }

    @GetMapping("/os-quota-sets/{project}")
    @Allow("compute:quota:show")
    Shape show(Caller caller, Microversion version, @PathVariable String project, HttpServletRequest request) {
        checkReach(caller, project);
        String user = user(request, version);
        return set(
                project,
                quotas.levels(caller, project, user),
                quotas.stored(caller, project, user),
                version,
                Level::limit);
    }

    @GetMapping("/os-quota-sets/{project}/detail")
    @Allow("compute:quota:show")
    Shape detail(Caller caller, Microversion version, @PathVariable String project, HttpServletRequest request) {
        checkReach(caller, project);
        String user = user(request, version);
        return set(
                project,
                quotas.levels(caller, project, user),
                quotas.stored(caller, project, user),
                version,
                level -> new Shape()
                        .with("limit", level.limit())
                        .with("in_use", level.used())
                        .with("reserved", 0));
    }

    @GetMapping("/os-quota-sets/{project}/defaults")
    @Allow("compute:quota:show")
    Shape defaults(Caller caller, Microversion version, @PathVariable String project) {
        Map<QuotaResource, Level> defaults = new EnumMap<>(QuotaResource.class);
        quotas.ofClass(caller, "default").forEach((resource, limit) -> defaults.put(resource, new Level(limit, 0)));
        return set(project, defaults, quotas.storedOfClass(caller, "default"), version, Level::limit);
    }

    @PutMapping("/os-quota-sets/{project}")
    @Allow("compute:quota:manage")
    Shape update(
            Caller caller,
            Microversion version,
            @PathVariable String project,
            HttpServletRequest request,
            @RequestBody(required = false) @Nullable JsonNode body) {
        String user = user(request, version);
        Fields fields = Fields.only(body, "quota_set");
        boolean force = fields.bool("force", false);
        Map<QuotaResource, Integer> limits = new EnumMap<>(QuotaResource.class);
        for (QuotaResource resource : QuotaResource.values()) {
            if (fields.has(resource.wireName())) {
                limits.put(resource, fields.integer(resource.wireName(), -1, Integer.MAX_VALUE));
            }
        }
        Map<String, Integer> foreign = ForeignQuotas.read(fields, version, LAST_NETWORK);
        fields.end();
        Map<QuotaResource, Level> levels = quotas.set(caller, checked(project), user, limits, foreign, force);
        return set(null, levels, quotas.stored(caller, project, user), version, Level::limit);
    }

    @DeleteMapping("/os-quota-sets/{project}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allow("compute:quota:manage")
    void reset(Caller caller, Microversion version, @PathVariable String project, HttpServletRequest request) {
        quotas.reset(caller, checked(project), user(request, version));
    }

    /** For whom within the project; null: for the project itself. */
    private static @Nullable String user(HttpServletRequest request, Microversion version) {
        String user = Query.of(request, version, "user_id").text("user_id");
        return user == null || user.isEmpty() ? null : user;
    }

    private static String checked(String project) {
        if (!Text.NAME.accepts(project)) {
            throw Refusal.invalid(
                    "Project ID " + project.substring(0, Math.min(60, project.length())) + " is not a valid project.");
        }
        return project;
    }

    private static Shape set(
            @Nullable String project,
            Map<QuotaResource, Level> levels,
            Map<String, Integer> stored,
            Microversion version,
            Function<Level, Object> value) {
        Shape set = new Shape().when(project != null, "id", project);
        levels.forEach((resource, level) -> set.with(resource.wireName(), value.apply(level)));
        ForeignQuotas.show(set, stored, version, LAST_NETWORK, value);
        return Shape.of("quota_set", set);
    }

    @GetMapping("/limits")
    @Allow("compute:quota:show")
    Shape limits(Caller caller, Microversion version, HttpServletRequest request) {
        Query query = Query.of(request, version, "tenant_id", "reserved");
        String project = query.text("tenant_id") == null ? caller.project() : query.text("tenant_id");
        checkReach(caller, project);
        Map<QuotaResource, Level> levels = quotas.levels(caller, project, null);
        Shape absolute = new Shape();
        levels.forEach((resource, level) -> absolute(absolute, resource, level));
        int metadata = (Integer) java.util.Objects.requireNonNull(absolute.get("maxServerMeta"));
        absolute.when(version.before(39), "maxImageMeta", metadata);
        if (version.before(36)) {
            absolute.with("maxTotalFloatingIps", -1)
                    .with("totalFloatingIpsUsed", 0)
                    .with("maxSecurityGroups", -1)
                    .with("totalSecurityGroupsUsed", 0)
                    .with("maxSecurityGroupRules", -1);
        }
        if (version.before(57)) {
            absolute.with("maxPersonality", 0).with("maxPersonalitySize", 0);
        }
        return Shape.of("limits", new Shape().with("rate", List.of()).with("absolute", absolute));
    }

    private static void absolute(Shape shape, QuotaResource resource, Level level) {
        switch (resource) {
            case INSTANCES -> shape.with("maxTotalInstances", level.limit()).with("totalInstancesUsed", level.used());
            case CORES -> shape.with("maxTotalCores", level.limit()).with("totalCoresUsed", level.used());
            case RAM -> shape.with("maxTotalRAMSize", level.limit()).with("totalRAMUsed", level.used());
            case METADATA_ITEMS -> shape.with("maxServerMeta", level.limit());
            case KEY_PAIRS -> shape.with("maxTotalKeypairs", level.limit());
            case SERVER_GROUPS ->
                shape.with("maxServerGroups", level.limit()).with("totalServerGroupsUsed", level.used());
            case SERVER_GROUP_MEMBERS -> shape.with("maxServerGroupMembers", level.limit());
        }
    }

    private static void checkReach(Caller caller, String project) {
        if (!project.equals(caller.project()) && !caller.isAdmin()) {
            throw ComputeErrors.adminOnly("see another project's limits");
        }
    }
}
