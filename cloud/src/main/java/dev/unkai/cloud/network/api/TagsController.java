package dev.unkai.cloud.network.api;

import dev.unkai.base.access.Allow;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.domain.Trail;
import dev.unkai.cloud.network.store.TagStore;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
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

/** Network API v2.0: tags of networks, subnets, ports, routers, floating addresses, security groups, subnet pools, QoS policies, address
 * groups and trunks. */
@RestController
@RequestMapping({
    "/network/v2.0/networks/{id}/tags",
    "/network/v2.0/subnets/{id}/tags",
    "/network/v2.0/ports/{id}/tags",
    "/network/v2.0/routers/{id}/tags",
    "/network/v2.0/floatingips/{id}/tags",
    "/network/v2.0/security-groups/{id}/tags",
    "/network/v2.0/subnetpools/{id}/tags",
    "/network/v2.0/policies/{id}/tags",
    "/network/v2.0/address-groups/{id}/tags",
    "/network/v2.0/trunks/{id}/tags"
})
final class TagsController {
    private static final int LONGEST = 255;
    private static final int MOST = 50;

    private final RequestTransactions transactions;
    private final TagStore store;
    private final Trail trail;

    TagsController(RequestTransactions transactions, TagStore store, Trail trail) {
        this.transactions = transactions;
        this.store = store;
        this.trail = trail;
    }

    @Allow("network:tag:list")
    @GetMapping
    Map<String, Object> list(Caller caller, HttpServletRequest request, @PathVariable String id) {
        UUID uuid = Paths.id("Resource", id);
        return Map.of(
                "tags",
                transactions.<List<String>>asCaller(
                        caller,
                        db -> store.tags(db, collection(request), uuid)
                                .orElseThrow(() -> Refusals.notFound("Resource", id))));
    }

    @Allow("network:tag:list")
    @GetMapping("/{tag}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void has(Caller caller, HttpServletRequest request, @PathVariable String id, @PathVariable String tag) {
        UUID uuid = Paths.id("Resource", id);
        List<String> tags = transactions.asCaller(
                caller,
                db -> store.tags(db, collection(request), uuid).orElseThrow(() -> Refusals.notFound("Resource", id)));
        if (!tags.contains(tag)) {
            throw Refusals.notFound("Tag", tag);
        }
    }

    @Allow("network:tag:update")
    @PutMapping
    Map<String, Object> replace(
            Caller caller, HttpServletRequest request, @PathVariable String id, @RequestBody JsonNode body) {
        Attributes in = new Attributes("tags", body, caller);
        if (!in.has("tags")) {
            throw in.missing("tags");
        }
        List<String> wanted = read(in);
        in.finish();
        return Map.of("tags", change(caller, collection(request), id, _ -> new LinkedHashSet<>(wanted)));
    }

    @Allow("network:tag:update")
    @PutMapping("/{tag}")
    @ResponseStatus(HttpStatus.CREATED)
    void add(Caller caller, HttpServletRequest request, @PathVariable String id, @PathVariable String tag) {
        change(caller, collection(request), id, tags -> {
            tags.add(tag(tag));
            return tags;
        });
    }

    @Allow("network:tag:update")
    @DeleteMapping("/{tag}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Caller caller, HttpServletRequest request, @PathVariable String id, @PathVariable String tag) {
        change(caller, collection(request), id, tags -> {
            if (!tags.remove(tag)) {
                throw Refusals.notFound("Tag", tag);
            }
            return tags;
        });
    }

    @Allow("network:tag:update")
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void clear(Caller caller, HttpServletRequest request, @PathVariable String id) {
        change(caller, collection(request), id, _ -> new LinkedHashSet<>());
    }

    private List<String> change(Caller caller, String collection, String id, UnaryOperator<Set<String>> change) {
        UUID uuid = Paths.id("Resource", id);
        return transactions.asCaller(caller, db -> {
            List<String> before = store.tags(db, collection, uuid).orElseThrow(() -> Refusals.notFound("Resource", id));
            List<String> after = List.copyOf(change.apply(new LinkedHashSet<>(before)));
            if (after.size() > MOST) {
                throw Refusals.field("tags", "A resource can have at most " + MOST + " tags.");
            }
            String owner =
                    store.set(db, collection, uuid, after).orElseThrow(() -> Refusals.notYours("Resource", uuid));
            trail.record(db, caller, "update", "tags", uuid, collection, owner, Changes.of("tags", before, after));
            return after;
        });
    }

    /** The fourth part of {@code /network/v2.0/networks/{id}/tags}. */
    private static String collection(HttpServletRequest request) {
        return request.getServletPath().split("/")[3];
    }

    /** Those of a body; none where it has none. */
    static List<String> read(Attributes in) {
        in.refuseNull("tags");
        return in.list("tags", MOST, List.of(), one -> tag(Attributes.text("tags", one, LONGEST)));
    }

    private static String tag(String tag) {
        if (tag.isEmpty() || tag.length() > LONGEST || tag.indexOf(',') >= 0 || tag.indexOf('\0') >= 0) {
            throw Refusals.field("tags", "A tag has 1 to " + LONGEST + " characters and no comma.");
        }
        return tag;
    }
}
