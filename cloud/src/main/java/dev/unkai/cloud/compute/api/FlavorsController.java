package dev.unkai.cloud.compute.api;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.Flavor;
import dev.unkai.cloud.compute.Flavors;
import dev.unkai.cloud.compute.store.FlavorStore;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /flavors}: the catalogue of sizes, and its upkeep by the provider. */
@RestController
@RequestMapping("/compute/v2.1/flavors")
class FlavorsController {
    private static final int MOST = Integer.MAX_VALUE;

    private final Flavors flavors;
    private final FlavorView view;
    private final Links links;
    private final Ids ids;

    FlavorsController(Flavors flavors, FlavorView view, Links links, Ids ids) {
        this.flavors = flavors;
        this.view = view;
        this.links = links;
        this.ids = ids;
    }

    @GetMapping
    @Allow("compute:flavor:show")
    Shape list(Caller caller, Microversion version, HttpServletRequest request) {
        return page(caller, version, request, "flavors", flavor -> view.brief(flavor, version));
    }

    @GetMapping("/detail")
    @Allow("compute:flavor:show")
    Shape detail(Caller caller, Microversion version, HttpServletRequest request) {
        return page(caller, version, request, "flavors/detail", flavor -> view.full(flavor, version));
    }

    private Shape page(
            Caller caller,
            Microversion version,
            HttpServletRequest request,
            String path,
            Function<Flavor, Shape> shape) {
        Query query =
                Query.of(request, version, "limit", "marker", "is_public", "minRam", "minDisk", "sort_key", "sort_dir");
        List<Flavor> found = flavors.list(caller, search(query, caller));
        Shape page = Shape.of("flavors", found.stream().map(shape).toList());
        if (query.isFull(found.size())) {
            page.with("flavors_links", links.next(path, query, found.getLast().id()));
        }
        return page;
    }

    private static FlavorStore.Query search(Query query, Caller caller) {
        String key = query.text("sort_key") == null ? "flavorid" : query.text("sort_key");
        String direction = query.text("sort_dir") == null ? "asc" : query.text("sort_dir");
        if (!FlavorStore.sorts(key)) {
            throw Refusal.invalid("Invalid input for query parameters sort_key: flavors cannot be sorted by it.");
        }
        if (!direction.equals("asc") && !direction.equals("desc")) {
            throw Refusal.invalid("Unknown sort direction, must be 'desc' or 'asc'.");
        }
        return new FlavorStore.Query(
                isPublic(query, caller),
                caller.isAdmin(),
                least(query, "minRam"),
                least(query, "minDisk"),
                key,
                direction.equals("desc"),
                query.text("marker"),
                query.limit());
    }

    /** Customers see the public ones and those opened to them; the provider may ask for either kind or both. */
    private static @Nullable Boolean isPublic(Query query, Caller caller) {
        String text = query.text("is_public");
        if (!caller.isAdmin()) {
            return null;
        }
        if (text == null) {
            return Boolean.TRUE;
        }
        return text.toLowerCase(Locale.ROOT).equals("none") ? null : query.flag("is_public", true);
    }

    private static int least(Query query, String name) {
        String text = query.text(name);
        if (text != null && !text.matches("-?[0-9]{1,9}")) {
            throw Refusal.invalid("Invalid " + name + " filter: it must be a whole number.");
        }
        return text == null ? Integer.MIN_VALUE : Integer.parseInt(text);
    }

    @GetMapping("/{id}")
    @Allow("compute:flavor:show")
    Shape show(Caller caller, Microversion version, @PathVariable String id) {
        return Shape.of("flavor", view.full(flavors.show(caller, id), version));
    }

    @PostMapping
    @Allow("compute:flavor:manage")
    Shape create(Caller caller, Microversion version, @RequestBody(required = false) @Nullable JsonNode body) {
        Fields fields = Fields.only(body, "flavor");
        String name = fields.text("name", Text.NAME);
        String id = id(fields);
        Flavor flavor = new Flavor(
                id,
                name,
                fields.integer("vcpus", 1, MOST),
                fields.integer("ram", 1, MOST),
                fields.integer("disk", 0, MOST),
                fields.integer("OS-FLV-EXT-DATA:ephemeral", 0, 0, MOST),
                fields.integer("swap", 0, 0, MOST),
                fields.positive("rxtx_factor", 1.0),
                fields.bool("os-flavor-access:is_public", true),
                false,
                version.atLeast(55) ? fields.nullableText("description", Text.LONG_DESCRIPTION) : null,
                Map.of());
        fields.end();
        return Shape.of("flavor", view.full(flavors.create(caller, flavor), version));
    }

    private String id(Fields fields) {
        JsonNode given = fields.raw("id");
        if (given == null
                || given.isNull()
                || (given.isString() && given.stringValue().equals("auto"))) {
            return ids.next().toString();
        }
        return given.isIntegralNumber() ? given.asString() : fields.text("id", Text.FLAVOR_ID);
    }

    @PutMapping("/{id}")
    @Allow("compute:flavor:manage")
    Shape update(
            Caller caller,
            Microversion version,
            @PathVariable String id,
            @RequestBody(required = false) @Nullable JsonNode body) {
        Since.first(version, 55);
        Fields fields = Fields.only(body, "flavor");
        if (!fields.has("description")) {
            throw fields.missing("description");
        }
        String description = fields.nullableText("description", Text.LONG_DESCRIPTION);
        fields.end();
        return Shape.of("flavor", view.full(flavors.describe(caller, id, description), version));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allow("compute:flavor:manage")
    void delete(Caller caller, @PathVariable String id) {
        flavors.delete(caller, id);
    }

    @GetMapping("/{id}/os-flavor-access")
    @Allow("compute:flavor:manage")
    Shape access(Caller caller, @PathVariable String id) {
        return access(id, flavors.access(caller, id));
    }

    @PostMapping("/{id}/action")
    @Allow("compute:flavor:manage")
    Shape act(Caller caller, @PathVariable String id, @RequestBody(required = false) @Nullable JsonNode body) {
        Fields action = Fields.of(body);
        boolean add = action.has("addTenantAccess");
        Fields change = action.object(add ? "addTenantAccess" : "removeTenantAccess");
        action.end();
        String project = change.text("tenant", Text.NAME);
        change.end();
        return access(id, add ? flavors.grant(caller, id, project) : flavors.revoke(caller, id, project));
    }

    private static Shape access(String id, List<String> projects) {
        return Shape.of(
                "flavor_access",
                projects.stream()
                        .map(project -> new Shape().with("flavor_id", id).with("tenant_id", project))
                        .toList());
    }
}
