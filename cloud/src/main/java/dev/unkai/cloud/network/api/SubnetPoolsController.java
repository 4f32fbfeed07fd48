package dev.unkai.cloud.network.api;

import dev.unkai.base.Ids;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.network.domain.Prefix;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.domain.SubnetPools;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.cloud.network.store.SubnetPool;
import dev.unkai.cloud.network.store.SubnetPoolStore;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/** Network API v2.0: subnet pools. */
@RestController
@RequestMapping("/network/v2.0/subnetpools")
final class SubnetPoolsController {
    private static final int MOST_PREFIXES = 100;
    private static final int LEAST_LENGTH_V4 = 8;
    private static final int LEAST_LENGTH_V6 = 64;

    private final RequestTransactions transactions;
    private final SubnetPools pools;
    private final SubnetPoolStore store;
    private final Listings listings;
    private final Ids ids;

    SubnetPoolsController(
            RequestTransactions transactions, SubnetPools pools, SubnetPoolStore store, Listings listings, Ids ids) {
        this.transactions = transactions;
        this.pools = pools;
        this.store = store;
        this.listings = listings;
        this.ids = ids;
    }

    @Allow("network:subnetpool:list")
    @GetMapping
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        return transactions.asCaller(
                caller, db -> listings.page(db, request, "subnetpools", store.listing, SubnetPoolsController::view));
    }

    @Allow("network:subnetpool:show")
    @GetMapping("/{id}")
    Map<String, Object> show(Caller caller, @PathVariable String id, HttpServletRequest request) {
        SubnetPool pool = transactions.asCaller(caller, db -> pools.get(db, Paths.id("Subnet pool", id)));
        return Listings.one(request, "subnetpool", view(pool));
    }

    @Allow("network:subnetpool:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, @RequestBody JsonNode body) {
        return transactions.asCaller(
                caller,
                db -> Bodies.create(
                        body, "subnetpool", "subnetpools", caller, in -> view(pools.create(db, caller, read(in)))));
    }

    @Allow("network:subnetpool:update")
    @PutMapping("/{id}")
    Map<String, Object> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Attributes in = Attributes.change(body, "subnetpool", caller);
        SubnetPool pool = Bodies.change(
                () -> transactions.asCaller(
                        caller,
                        db -> pools.update(db, caller, Paths.id("Subnet pool", id), present -> patch(in, present))),
                () -> patch(in, blank("", "", 4, List.of(), LEAST_LENGTH_V4, false)));
        return Map.of("subnetpool", view(pool));
    }

    @Allow("network:subnetpool:delete")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        transactions.doAsCaller(caller, db -> pools.delete(db, caller, Paths.id("Subnet pool", id)));
    }

    @Allow("network:subnetpool:update")
    @PutMapping("/{id}/add_prefixes")
    Map<String, Object> addPrefixes(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        List<String> more = prefixes(body, caller);
        SubnetPool pool =
                transactions.asCaller(caller, db -> pools.addPrefixes(db, caller, Paths.id("Subnet pool", id), more));
        return Map.of("prefixes", pool.prefixes());
    }

    @Allow("network:subnetpool:update")
    @PutMapping("/{id}/remove_prefixes")
    Map<String, Object> removePrefixes(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        List<String> less = prefixes(body, caller);
        SubnetPool pool = transactions.asCaller(
                caller, db -> pools.removePrefixes(db, caller, Paths.id("Subnet pool", id), less));
        return Map.of("prefixes", pool.prefixes());
    }

    private SubnetPool read(Attributes in) {
        String name = in.requiredText("name", 255);
        if (!in.has("prefixes")) {
            throw in.missing("prefixes");
        }
        List<String> prefixes = prefixes(in, List.of());
        int version = prefixes.isEmpty() ? 4 : Prefix.of(prefixes.getFirst()).version();
        int least = number(in, "min_prefixlen", version == 4 ? LEAST_LENGTH_V4 : LEAST_LENGTH_V6);
        boolean shared = in.operatorsOnly("shared", in.flag("shared", false), false);
        return patch(in, blank(in.project(), name, version, prefixes, least, shared));
    }

    private SubnetPool blank(
            String project, String name, int version, List<String> prefixes, int least, boolean shared) {
        return new SubnetPool(
                ids.next(),
                project,
                name,
                "",
                version,
                prefixes,
                least,
                least,
                version == 4 ? 32 : 128,
                null,
                false,
                shared,
                null,
                List.of(),
                Stamp.NEW);
    }

    private static SubnetPool patch(Attributes in, SubnetPool present) {
        SubnetPool patched = new SubnetPool(
                present.id(),
                present.project(),
                name(in, present.name()),
                in.description(present.description()),
                present.version(),
                prefixes(in, present.prefixes()),
                number(in, "default_prefixlen", present.defaultLength()),
                number(in, "min_prefixlen", present.minLength()),
                number(in, "max_prefixlen", present.maxLength()),
                in.number("default_quota", 0, Integer.MAX_VALUE, present.defaultQuota()),
                in.operatorsOnly("is_default", in.flag("is_default", present.isDefault()), present.isDefault()),
                present.shared(),
                in.uuid("address_scope_id", present.addressScopeId()),
                present.tags(),
                present.stamp());
        in.finish();
        return patched;
    }

    private static String name(Attributes in, String otherwise) {
        String name = in.name(otherwise);
        if (in.has("name") && name.isBlank()) {
            throw Refusals.field("name", "'" + name + "' Blank strings are not permitted");
        }
        return name;
    }

    private static int number(Attributes in, String name, int otherwise) {
        Integer number = in.number(name, 0, 128, otherwise);
        return number == null ? otherwise : number;
    }

    private static List<String> prefixes(Attributes in, List<String> otherwise) {
        return in.list("prefixes", MOST_PREFIXES, otherwise, one -> Attributes.cidr("prefixes", one));
    }

    private static List<String> prefixes(JsonNode body, Caller caller) {
        Attributes in = new Attributes("subnetpool", body, caller);
        if (!in.has("prefixes")) {
            throw in.missing("prefixes");
        }
        // Here, unlike in a pool's own body, one prefix may stand without its list, as the reference takes it.
        List<String> prefixes = in.raw("prefixes").isString()
                ? List.of(Attributes.cidr("prefixes", in.raw("prefixes")))
                : prefixes(in, List.of());
        in.finish();
        if (prefixes.isEmpty()) {
            throw Refusals.invalid("HTTPBadRequest", "Name at least one prefix.");
        }
        return prefixes;
    }

    /** The lengths are texts, as the reference has them. */
    private static Map<String, Object> view(SubnetPool pool) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", pool.id());
        body.put("name", pool.name());
        body.put("tenant_id", pool.project());
        body.put("default_prefixlen", String.valueOf(pool.defaultLength()));
        body.put("min_prefixlen", String.valueOf(pool.minLength()));
        body.put("max_prefixlen", String.valueOf(pool.maxLength()));
        body.put("is_default", pool.isDefault());
        body.put("shared", pool.shared());
        body.put("prefixes", pool.prefixes());
        body.put("ip_version", pool.version());
        body.put("default_quota", pool.defaultQuota());
        body.put("address_scope_id", pool.addressScopeId());
        body.put("description", pool.description());
        body.put("tags", pool.tags());
        Bodies.stamp(body, pool.stamp(), pool.project());
        return body;
    }
}
