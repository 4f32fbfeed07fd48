package dev.unkai.cloud.network.api;

import dev.unkai.base.Ids;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.network.domain.AddressGroups;
import dev.unkai.cloud.network.domain.Prefix;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.store.AddressGroup;
import dev.unkai.cloud.network.store.AddressGroupStore;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

/** Network API v2.0: address groups. */
@RestController
@RequestMapping("/network/v2.0/address-groups")
final class AddressGroupsController {
    private static final int MOST_AT_ONCE = 1_000;

    private final RequestTransactions transactions;
    private final AddressGroups groups;
    private final AddressGroupStore store;
    private final Listings listings;
    private final Ids ids;

    AddressGroupsController(
            RequestTransactions transactions,
            AddressGroups groups,
            AddressGroupStore store,
            Listings listings,
            Ids ids) {
        this.transactions = transactions;
        this.groups = groups;
        this.store = store;
        this.listings = listings;
        this.ids = ids;
    }

    @Allow("network:address-group:list")
    @GetMapping
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        return transactions.asCaller(
                caller,
                db -> listings.page(db, request, "address-groups", store.listing, AddressGroupsController::view));
    }

    @Allow("network:address-group:show")
    @GetMapping("/{id}")
    Map<String, Object> show(Caller caller, @PathVariable String id, HttpServletRequest request) {
        AddressGroup group = transactions.asCaller(caller, db -> groups.get(db, id(id)));
        return Listings.one(request, "address_group", view(group));
    }

    @Allow("network:address-group:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, @RequestBody JsonNode body) {
        return transactions.asCaller(
                caller,
                db -> Bodies.create(
                        body,
                        "address_group",
                        "address_groups",
                        caller,
                        in -> view(groups.create(db, caller, read(in)))));
    }

    @Allow("network:address-group:update")
    @PutMapping("/{id}")
    Map<String, Object> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Attributes in = Attributes.change(body, "address_group", caller);
        AddressGroup group = Bodies.change(
                () -> transactions.asCaller(
                        caller,
                        db -> groups.update(db, caller, id(id), present -> patch(in, present, present.addresses()))),
                () -> patch(in, blank(""), List.of()));
        return Map.of("address_group", view(group));
    }

    @Allow("network:address-group:update")
    @PutMapping("/{id}/add_addresses")
    Map<String, Object> add(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        List<String> more = addresses(body, caller);
        return Map.of("address_group", view(transactions.asCaller(caller, db -> groups.add(db, caller, id(id), more))));
    }

    @Allow("network:address-group:update")
    @PutMapping("/{id}/remove_addresses")
    Map<String, Object> remove(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        List<String> less = addresses(body, caller);
        return Map.of(
                "address_group", view(transactions.asCaller(caller, db -> groups.remove(db, caller, id(id), less))));
    }

    @Allow("network:address-group:delete")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        transactions.doAsCaller(caller, db -> groups.delete(db, caller, id(id)));
    }

    private AddressGroup read(Attributes in) {
        return patch(in, blank(in.project()), addresses(in, List.of()));
    }

    private AddressGroup blank(String project) {
        return new AddressGroup(ids.next(), project, "", "", false, List.of(), List.of(), Stamp.NEW);
    }

    private static AddressGroup patch(Attributes in, AddressGroup present, List<String> addresses) {
        AddressGroup patched = new AddressGroup(
                present.id(),
                present.project(),
                in.name(present.name()),
                in.description(present.description()),
                present.shared(),
                addresses,
                present.tags(),
                present.stamp());
        in.finish();
        return patched;
    }

    /** Of a body of the form {@code {"addresses": […]}}, without a frame. */
    private static List<String> addresses(JsonNode body, Caller caller) {
        Attributes in = new Attributes("address_group", body, caller);
        if (!in.has("addresses")) {
            throw in.missing("addresses");
        }
        in.refuseNull("addresses");
        // Here, as in the reference, a single address needs no length.
        List<String> addresses = in.list(
                "addresses",
                MOST_AT_ONCE,
                List.of(),
                one -> Prefix.parse(one.asString(""))
                        .map(prefix -> prefix.canonical().toString())
                        .orElseThrow(() -> Refusals.field(
                                "addresses", "'" + Attributes.brief(one) + "' is not a valid IP subnet")));
        in.finish();
        return addresses;
    }

    private static List<String> addresses(Attributes in, List<String> otherwise) {
        return in.list("addresses", MOST_AT_ONCE, otherwise, one -> Attributes.cidr("addresses", one));
    }

    private static UUID id(String text) {
        return Paths.id("Address group", text);
    }

    private static Map<String, Object> view(AddressGroup group) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", group.id());
        body.put("name", group.name());
        body.put("tenant_id", group.project());
        body.put("description", group.description());
        body.put("shared", group.shared());
        body.put("addresses", group.addresses());
        body.put("tags", group.tags());
        Bodies.stamp(body, group.stamp(), group.project());
        return body;
    }
}
