package dev.unkai.cloud.network.api;

import dev.unkai.base.Ids;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.network.domain.AddressScopes;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.store.AddressScope;
import dev.unkai.cloud.network.store.AddressScopeStore;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
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

/** Network API v2.0: address scopes. */
@RestController
@RequestMapping("/network/v2.0/address-scopes")
final class AddressScopesController {
    private final RequestTransactions transactions;
    private final AddressScopes scopes;
    private final AddressScopeStore store;
    private final Listings listings;
    private final Ids ids;

    AddressScopesController(
            RequestTransactions transactions,
            AddressScopes scopes,
            AddressScopeStore store,
            Listings listings,
            Ids ids) {
        this.transactions = transactions;
        this.scopes = scopes;
        this.store = store;
        this.listings = listings;
        this.ids = ids;
    }

    @Allow("network:address-scope:list")
    @GetMapping
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        return transactions.asCaller(
                caller,
                db -> listings.page(db, request, "address-scopes", store.listing, AddressScopesController::view));
    }

    @Allow("network:address-scope:show")
    @GetMapping("/{id}")
    Map<String, Object> show(Caller caller, @PathVariable String id, HttpServletRequest request) {
        AddressScope scope = transactions.asCaller(caller, db -> scopes.get(db, Paths.id("Address scope", id)));
        return Listings.one(request, "address_scope", view(scope));
    }

    @Allow("network:address-scope:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, @RequestBody JsonNode body) {
        return transactions.asCaller(
                caller,
                db -> Bodies.create(
                        body,
                        "address_scope",
                        "address_scopes",
                        caller,
                        in -> view(scopes.create(db, caller, read(in)))));
    }

    @Allow("network:address-scope:update")
    @PutMapping("/{id}")
    Map<String, Object> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Attributes in = Attributes.change(body, "address_scope", caller);
        return transactions.asCaller(caller, db -> {
            AddressScope present = scopes.get(db, Paths.id("Address scope", id));
            String name = in.name(present.name());
            boolean shared = in.operatorsOnly("shared", in.flag("shared", present.shared()), present.shared());
            in.finish();
            return Map.of("address_scope", view(scopes.update(db, caller, present.id(), name, shared)));
        });
    }

    @Allow("network:address-scope:delete")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        transactions.doAsCaller(caller, db -> scopes.delete(db, caller, Paths.id("Address scope", id)));
    }

    private AddressScope read(Attributes in) {
        Integer version = in.number("ip_version", 4, 6, null);
        if (version == null) {
            throw in.missing("ip_version");
        }
        if (version == 5) {
            throw Refusals.field("ip_version", "'5' is not in [4, 6].");
        }
        AddressScope scope = new AddressScope(
                ids.next(),
                in.project(),
                in.name(""),
                version,
                in.operatorsOnly("shared", in.flag("shared", false), false));
        in.finish();
        return scope;
    }

    private static Map<String, Object> view(AddressScope scope) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", scope.id());
        body.put("name", scope.name());
        body.put("tenant_id", scope.project());
        body.put("project_id", scope.project());
        body.put("shared", scope.shared());
        body.put("ip_version", scope.version());
        return body;
    }
}
