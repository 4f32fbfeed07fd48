package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.ServerGroup;
import dev.unkai.cloud.compute.ServerGroups;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /os-server-groups}: a list of policies until 2.63, one policy with rules since. */
@RestController
@RequestMapping("/compute/v2.1/os-server-groups")
class ServerGroupsController {
    private static final String RULE = "max_server_per_host";

    private final ServerGroups groups;

    ServerGroupsController(ServerGroups groups) {
        this.groups = groups;
    }

    @GetMapping
    @Allow("compute:server-group:show")
    Shape list(Caller caller, Microversion version, HttpServletRequest request) {
        Query query = Query.of(request, version, "all_projects", "limit", "offset");
        List<ServerGroup> found =
                groups.list(caller, query.has("all_projects"), query.number("offset", 0), query.limit());
        return Shape.of(
                "server_groups",
                found.stream().map(group -> shape(group, version)).toList());
    }

    @PostMapping
    @Allow("compute:server-group:manage")
    Shape create(Caller caller, Microversion version, @RequestBody(required = false) @Nullable JsonNode body) {
        Fields fields = Fields.only(body, "server_group");
        String name = fields.text("name", Text.NAME);
        String policy = version.atLeast(64) ? policy(fields) : firstPolicy(fields, version);
        Map<String, Integer> rules = version.atLeast(64) ? rules(fields, policy) : Map.of();
        fields.end();
        return Shape.of("server_group", shape(groups.create(caller, name, policy, rules), version));
    }

    private static String policy(Fields fields) {
        String policy = fields.oneOf("policy", "anti-affinity", "affinity", "soft-anti-affinity", "soft-affinity");
        if (policy == null) {
            throw fields.missing("policy");
        }
        return policy;
    }

    private static String firstPolicy(Fields fields, Microversion version) {
        List<String> policies = fields.texts("policies", Text.NAME, 1);
        if (policies == null) {
            throw fields.missing("policies");
        }
        List<String> known = version.atLeast(15)
                ? List.of("anti-affinity", "affinity", "soft-anti-affinity", "soft-affinity")
                : List.of("anti-affinity", "affinity");
        if (policies.size() != 1 || !known.contains(policies.getFirst())) {
            throw fields.wrong("policies", "must hold exactly one of " + String.join(", ", known));
        }
        return policies.getFirst();
    }

    private static Map<String, Integer> rules(Fields fields, String policy) {
        Fields rules = fields.optionalObject("rules");
        if (rules == null) {
            return Map.of();
        }
        boolean limited = rules.has(RULE);
        int most = rules.integer(RULE, 1, 1, Integer.MAX_VALUE);
        rules.end();
        if (limited && !policy.equals("anti-affinity")) {
            throw Refusal.invalid("Only anti-affinity policy supports rules.");
        }
        return limited ? Map.of(RULE, most) : Map.of();
    }

    @GetMapping("/{id}")
    @Allow("compute:server-group:show")
    Shape show(Caller caller, Microversion version, @PathVariable String id) {
        return Shape.of("server_group", shape(groups.show(caller, parse(id)), version));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow("compute:server-group:manage")
    void delete(Caller caller, @PathVariable String id) {
        groups.delete(caller, parse(id));
    }

    private static UUID parse(String id) {
        if (!Text.isUuid(id)) {
            throw Refusal.notFound(
                    "Instance group " + id.substring(0, Math.min(64, id.length())) + " could not be found.");
        }
        return UUID.fromString(id);
    }

    private static Shape shape(ServerGroup group, Microversion version) {
        boolean onePolicy = version.atLeast(64);
        return new Shape()
                .with("id", group.id())
                .with("name", group.name())
                .when(onePolicy, "policy", group.policy())
                .when(onePolicy, "rules", group.rules())
                .when(!onePolicy, "policies", List.of(group.policy()))
                .when(!onePolicy, "metadata", Map.of())
                .with("members", group.members())
                .when(version.atLeast(13), "project_id", group.projectId())
                .when(version.atLeast(13), "user_id", group.userId());
    }
}
