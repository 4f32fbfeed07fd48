package dev.unkai.identity.catalog;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.api.Extra;
import dev.unkai.identity.api.NameFilter;
import dev.unkai.identity.catalog.CatalogStore.Endpoint;
import dev.unkai.identity.catalog.CatalogStore.Service;
import dev.unkai.identity.catalog.RegionStore.Region;
import dev.unkai.identity.event.History;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Services and their endpoints: operators add what else customers may use; the site's own follow the configuration. */
@Component
public final class Services {
    private final Transactions transactions;
    private final CatalogStore catalog;
    private final RegionStore regions;
    private final Rights rights;
    private final History history;
    private final Ids ids;

    public Services(
            Transactions transactions,
            CatalogStore catalog,
            RegionStore regions,
            Rights rights,
            History history,
            Ids ids) {
        this.transactions = transactions;
        this.catalog = catalog;
        this.regions = regions;
        this.rights = rights;
        this.history = history;
        this.ids = ids;
    }

    public List<Service> list(Caller caller, @Nullable String type, NameFilter name) {
        return transactions.asCaller(caller, db -> catalog.services(db, type, name));
    }

    public Service show(Caller caller, String id) {
        return transactions.asCaller(caller, db -> present(db, id));
    }

    public Service create(Caller caller, String type, String name, String description, boolean enabled, Extra extra) {
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Service service = new Service(ids.nextHex(), type, name, description, enabled, false, extra);
            catalog.put(db, service);
            history.record(db, caller, "create", thing(service), Changes.made(service));
            return service;
        });
    }

    public Service update(Caller caller, String id, UnaryOperator<Service> change) {
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Service old = present(db, id);
            refuseOwn(old.own());
            Service fresh = change.apply(old);
            catalog.put(db, fresh);
            history.record(db, caller, "update", thing(fresh), Changes.between(old, fresh));
            return fresh;
        });
    }

    public void delete(Caller caller, String id) {
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Service service = present(db, id);
            refuseOwn(service.own());
            catalog.endpoints(db, null, id, null)
                    .forEach(endpoint -> history.record(db, caller, "delete", thing(endpoint), facts(endpoint)));
            history.record(db, caller, "delete", thing(service), Changes.gone(service));
            catalog.deleteService(db, id);
        });
    }

    public List<Endpoint> endpoints(
            Caller caller, @Nullable String face, @Nullable String serviceId, @Nullable String regionId) {
        return transactions.asCaller(caller, db -> catalog.endpoints(db, face, serviceId, regionId));
    }

    public Endpoint endpoint(Caller caller, String id) {
        return transactions.asCaller(caller, db -> presentEndpoint(db, id));
    }

    /**
     * @param withNewRegion whether a region that is not there is made, as for clients that name it by the older
     *     {@code region}
     */
    public Endpoint create(Caller caller, Endpoint wanted, boolean withNewRegion) {
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Endpoint endpoint = new Endpoint(
                    ids.nextHex(),
                    wanted.serviceId(),
                    wanted.regionId(),
                    wanted.face(),
                    wanted.url(),
                    wanted.enabled(),
                    false,
                    wanted.extra());
            put(db, caller, endpoint, withNewRegion);
            history.record(db, caller, "create", thing(endpoint), facts(endpoint), Changes.made(endpoint));
            return endpoint;
        });
    }

    public Endpoint update(Caller caller, String id, UnaryOperator<Endpoint> change, boolean withNewRegion) {
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Endpoint old = presentEndpoint(db, id);
            refuseOwn(old.own());
            Endpoint fresh = change.apply(old);
            put(db, caller, fresh, withNewRegion);
            history.record(db, caller, "update", thing(fresh), facts(fresh), Changes.between(old, fresh));
            return fresh;
        });
    }

    public void deleteEndpoint(Caller caller, String id) {
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Endpoint endpoint = presentEndpoint(db, id);
            refuseOwn(endpoint.own());
            history.record(db, caller, "delete", thing(endpoint), facts(endpoint));
            catalog.deleteEndpoint(db, id);
        });
    }

    private void put(Db db, Caller caller, Endpoint endpoint, boolean withNewRegion) {
        if (!Catalog.isFillable(endpoint.url())) {
            throw Refusal.invalid(
                    "The address of an endpoint may have places for project_id, tenant_id and user_id only.");
        }
        if (catalog.service(db, endpoint.serviceId()).isEmpty()) {
            throw Refusal.invalid("Expecting to find valid endpoint service_id: there is no such service.");
        }
        String region = endpoint.regionId();
        if (region != null && regions.byId(db, region).isEmpty()) {
            if (!withNewRegion) {
                throw Refusal.invalid("Expecting to find valid endpoint region_id: there is no such region.");
            }
            regions.put(db, new Region(region, "", null, false, Extra.NONE));
            history.record(db, caller, "create", new History.Thing("region", region, region, null, null));
        }
        catalog.put(db, endpoint);
    }

    private Service present(Db db, String id) {
        return catalog.service(db, id).orElseThrow(() -> ApiErrors.absent("service", id));
    }

    private Endpoint presentEndpoint(Db db, String id) {
        return catalog.endpoint(db, id).orElseThrow(() -> ApiErrors.absent("endpoint", id));
    }

    private static void refuseOwn(boolean own) {
        if (own) {
            throw Refusal.forbidden("This is one of this site's own services. It follows the site's configuration.");
        }
    }

    private static History.Thing thing(Service service) {
        return new History.Thing("service", service.id(), service.name(), null, null);
    }

    private static History.Thing thing(Endpoint endpoint) {
        return new History.Thing("endpoint", endpoint.id(), null, null, null);
    }

    private static Map<String, String> facts(Endpoint endpoint) {
        return Map.of("service_id", endpoint.serviceId(), "interface", endpoint.face(), "url", endpoint.url());
    }
}
