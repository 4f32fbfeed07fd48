package dev.unkai.identity.limit;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.Refusal.Kind;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.catalog.CatalogStore;
import dev.unkai.identity.catalog.RegionStore;
import dev.unkai.identity.event.History;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The limits of everybody, as operators set them: everybody may read them. */
@Component
public final class RegisteredLimits {
    private final Transactions transactions;
    private final LimitStore limits;
    private final CatalogStore catalog;
    private final RegionStore regions;
    private final Rights rights;
    private final History history;
    private final Ids ids;

    RegisteredLimits(
            Transactions transactions,
            LimitStore limits,
            CatalogStore catalog,
            RegionStore regions,
            Rights rights,
            History history,
            Ids ids) {
        this.transactions = transactions;
        this.limits = limits;
        this.catalog = catalog;
        this.regions = regions;
        this.rights = rights;
        this.history = history;
        this.ids = ids;
    }

    List<RegisteredLimit> list(Caller caller, LimitStore.Resource resource) {
        return transactions.asCaller(caller, db -> limits.registered(db, resource));
    }

    public RegisteredLimit show(Caller caller, String id) {
        return transactions.asCaller(caller, db -> present(db, id));
    }

    /** All of them or none. @param wanted their ids are ignored */
    public List<RegisteredLimit> create(Caller caller, List<RegisteredLimit> wanted) {
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            return wanted.stream()
                    .map(one -> new RegisteredLimit(
                            ids.nextHex(),
                            one.serviceId(),
                            one.regionId(),
                            one.resource(),
                            one.most(),
                            one.description()))
                    .map(limit -> put(db, caller, null, limit))
                    .toList();
        });
    }

    public RegisteredLimit update(Caller caller, String id, UnaryOperator<RegisteredLimit> change) {
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            refuseUsed(db, id);
            RegisteredLimit old = present(db, id);
            return put(db, caller, old, change.apply(old));
        });
    }

    private RegisteredLimit put(Db db, Caller caller, @Nullable RegisteredLimit old, RegisteredLimit limit) {
        if (catalog.service(db, limit.serviceId()).isEmpty()) {
            throw Refusal.invalid("Expecting to find valid service_id in registered_limit: there is no such service.");
        }
        if (limit.regionId() != null && regions.byId(db, limit.regionId()).isEmpty()) {
            throw Refusal.invalid("Expecting to find valid region_id in registered_limit: there is no such region.");
        }
        limits.registered(db, limit.serviceId(), limit.regionId(), limit.resource())
                .filter(other -> !other.id().equals(limit.id()))
                .ifPresent(other -> {
                    throw Refusal.conflict(
                            "Conflict occurred attempting to store registered_limit - Duplicate entry: it is "
                                    + other.id() + ".");
                });
        limits.put(db, limit);
        history.record(
                db,
                caller,
                old == null ? "create" : "update",
                thing(limit),
                Map.of("limit", String.valueOf(limit.most())),
                old == null ? Changes.made(limit) : Changes.between(old, limit));
        return limit;
    }

    public void delete(Caller caller, String id) {
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            RegisteredLimit limit = present(db, id);
            refuseUsed(db, id);
            limits.deleteRegistered(db, id);
            history.record(db, caller, "delete", thing(limit));
        });
    }

    private RegisteredLimit present(Db db, String id) {
        return limits.registered(db, id).orElseThrow(() -> ApiErrors.absent("registered limit", id));
    }

    private void refuseUsed(Db db, String id) {
        limits.hold(db, id);
        if (limits.isUsed(db, id)) {
            throw new Refusal(
                    Kind.FORBIDDEN,
                    "RegisteredLimitError",
                    "Unable to update or delete registered limit " + id
                            + " because there are project limits associated with it.");
        }
    }

    private static History.Thing thing(RegisteredLimit limit) {
        return new History.Thing("registered_limit", limit.id(), limit.resource(), null, null);
    }
}
