package dev.unkai.cloud.network.api;

import dev.unkai.base.access.Allow;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.network.domain.Quotas;
import dev.unkai.cloud.network.domain.Quotas.Resource;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.domain.Trail;
import dev.unkai.wire.token.Caller;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/** Network API v2.0: quotas. A project's members may look at their own; operators set them. */
@RestController
@RequestMapping("/network/v2.0/quotas")
final class QuotasController {
    private final RequestTransactions transactions;
    private final Quotas quotas;
    private final Trail trail;

    QuotasController(RequestTransactions transactions, Quotas quotas, Trail trail) {
        this.transactions = transactions;
        this.quotas = quotas;
        this.trail = trail;
    }

    @Allow("network:quota:list")
    @GetMapping
    Map<String, Object> list(Caller caller) {
        return transactions.asCaller(caller, db -> {
            List<Map<String, Object>> all = new ArrayList<>();
            for (String project : quotas.projects(db)) {
                Map<String, Object> body = view(quotas.limits(db, project));
                body.put("project_id", project);
                body.put("tenant_id", project);
                all.add(body);
            }
            return Map.of("quotas", all);
        });
    }

    @Allow("network:quota:show")
    @GetMapping("/{project}")
    Map<String, Object> show(Caller caller, @PathVariable String project) {
        String id = project(caller, project);
        return Map.of("quota", view(transactions.asCaller(caller, db -> quotas.limits(db, id))));
    }

    /** Which project the token is for: clients ask before they ask for its quotas. */
    @Allow("network:quota:show")
    @GetMapping("/project")
    Map<String, Object> project(Caller caller) {
        return Map.of("project", Map.of("project_id", caller.project()));
    }

    /** The same under its older name. */
    @Allow("network:quota:show")
    @GetMapping("/tenant")
    Map<String, Object> tenant(Caller caller) {
        return Map.of("tenant", Map.of("tenant_id", caller.project()));
    }

    @Allow("network:quota:show")
    @GetMapping("/{project}/default")
    Map<String, Object> initial(Caller caller, @PathVariable String project) {
        project(caller, project);
        Map<Resource, Integer> limits = new EnumMap<>(Resource.class);
        for (Resource resource : Resource.values()) {
            limits.put(resource, resource.initial());
        }
        return Map.of("quota", view(limits));
    }

    @Allow("network:quota:show")
    @GetMapping("/{project}/details")
    Map<String, Object> details(Caller caller, @PathVariable String project) {
        String id = project(caller, project);
        Map<String, Object> body = new LinkedHashMap<>();
        transactions
                .<Map<Resource, Quotas.Use>>asCaller(caller, db -> quotas.uses(db, id))
                .forEach((resource, use) ->
                        body.put(resource.wireName(), Map.of("limit", use.limit(), "used", use.used(), "reserved", 0)));
        return Map.of("quota", body);
    }

    @Allow("network:quota:update")
    @PutMapping("/{project}")
    Map<String, Object> update(Caller caller, @PathVariable String project, @RequestBody JsonNode body) {
        Attributes in = Attributes.of(body, "quota", caller);
        String id = project(caller, project);
        Map<Resource, Integer> limits = new EnumMap<>(Resource.class);
        for (Resource resource : Resource.values()) {
            Integer limit = in.number(resource.wireName(), -1, Integer.MAX_VALUE, null);
            if (limit != null) {
                limits.put(resource, limit);
            }
        }
        in.flag("force", false);
        boolean checked = in.flag("check_limit", false);
        in.text("project_id", 255, "");
        in.text("tenant_id", 255, "");
        in.finish();
        return Map.of("quota", view(transactions.asCaller(caller, db -> {
            if (checked) {
                quotas.refuseBelowUse(db, id, limits);
            }
            Map<Resource, Integer> before = quotas.limits(db, id);
            quotas.set(db, id, limits);
            Map<Resource, Integer> after = quotas.limits(db, id);
            trail.record(db, caller, "update", "quota", id, id, id, Changes.entries(view(before), view(after)));
            return after;
        })));
    }

    @Allow("network:quota:delete")
    @DeleteMapping("/{project}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String project) {
        String id = project(caller, project);
        transactions.doAsCaller(caller, db -> {
            Map<Resource, Integer> before = quotas.limits(db, id);
            quotas.reset(db, id);
            trail.record(
                    db,
                    caller,
                    "delete",
                    "quota",
                    id,
                    id,
                    id,
                    Changes.entries(view(before), view(quotas.limits(db, id))));
        });
    }

    private static String project(Caller caller, String id) {
        if (id.isEmpty() || id.length() > 64) {
            throw Refusals.invalid("The project id must have 1 to 64 characters.");
        }
        if (!caller.isAdmin() && !id.equals(caller.project())) {
            throw Refusals.operatorsOnly("look at quotas of another project");
        }
        return id;
    }

    private static Map<String, Object> view(Map<Resource, Integer> limits) {
        Map<String, Object> body = new LinkedHashMap<>();
        limits.forEach((resource, limit) -> body.put(resource.wireName(), limit));
        return body;
    }
}
