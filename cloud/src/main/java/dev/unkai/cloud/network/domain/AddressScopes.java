package dev.unkai.cloud.network.domain;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.network.store.AddressScope;
import dev.unkai.cloud.network.store.AddressScopeStore;
import dev.unkai.cloud.network.store.RbacPolicy;
import dev.unkai.cloud.network.store.SubnetPoolStore;
import dev.unkai.wire.token.Caller;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes, changes and deletes address scopes. */
@Component
public class AddressScopes {
    private final AddressScopeStore store;
    private final SubnetPoolStore pools;
    private final Sharing sharing;
    private final Trail trail;

    public AddressScopes(AddressScopeStore store, SubnetPoolStore pools, Sharing sharing, Trail trail) {
        this.store = store;
        this.pools = pools;
        this.sharing = sharing;
        this.trail = trail;
    }

    public AddressScope get(Db db, UUID id) {
        return store.listing
                .find(db, id)
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.NOT_FOUND,
                        "AddressScopeNotFound",
                        "Address scope " + id + " could not be found."));
    }

    public AddressScope create(Db db, Caller caller, AddressScope wanted) {
        store.insert(db, wanted);
        if (wanted.shared()) {
            sharing.openToAll(db, RbacPolicy.ADDRESS_SCOPE, wanted.id(), wanted.project(), RbacPolicy.SHARED);
        }
        trail.record(
                db,
                caller,
                "create",
                "address-scope",
                wanted.id(),
                wanted.name(),
                wanted.project(),
                Changes.made(wanted));
        return get(db, wanted.id());
    }

    /** A shared scope stays shared: others' pools may count on it. */
    public AddressScope update(Db db, Caller caller, UUID id, String name, boolean shared) {
        AddressScope before = owned(db, id);
        if (before.shared() && !shared) {
            throw Refusals.invalid(
                    "AddressScopeUpdateError",
                    "Unable to update address scope " + id + " : Shared address scope can't be unshared.");
        }
        store.rename(db, id, name);
        if (shared) {
            sharing.openToAll(db, RbacPolicy.ADDRESS_SCOPE, id, before.project(), RbacPolicy.SHARED);
        }
        AddressScope after = get(db, id);
        trail.record(db, caller, "update", "address-scope", id, name, before.project(), Changes.between(before, after));
        return after;
    }

    public void delete(Db db, Caller caller, UUID id) {
        AddressScope scope = owned(db, id);
        if (!pools.ofScope(db, id).isEmpty()) {
            throw Refusals.conflict(
                    "AddressScopeInUse",
                    "Unable to complete operation on address scope " + id
                            + ". There are one or more subnet pools in use on the address scope.");
        }
        sharing.forget(db, RbacPolicy.ADDRESS_SCOPE, id);
        store.delete(db, id);
        trail.record(db, caller, "delete", "address-scope", id, scope.name(), scope.project(), Changes.gone(scope));
    }

    private AddressScope owned(Db db, UUID id) {
        AddressScope scope = get(db, id);
        if (!store.lock(db, id)) {
            throw Refusals.notYours("Address scope", id);
        }
        return scope;
    }
}
