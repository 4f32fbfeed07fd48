package dev.unkai.cloud.compute;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.compute.store.FlavorStore;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The catalogue of sizes: customers read it, the provider changes it. */
@Component
public class Flavors {
    private final Transactions transactions;
    private final FlavorStore store;
    private final Clock clock;

    Flavors(Transactions transactions, FlavorStore store, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.clock = clock;
    }

    /** Refuses with not found when there is none that the caller may use. */
    public Flavor show(Caller caller, String id) {
        return transactions.asCaller(caller, db -> find(db, caller, id));
    }

    Flavor find(Db db, Caller caller, String id) {
        return store.find(db, id, caller.project(), caller.isAdmin())
                .orElseThrow(() -> Refusal.notFound("Flavor " + id + " could not be found."));
    }

    public List<Flavor> list(Caller caller, FlavorStore.Query query) {
        return transactions.asCaller(
                caller,
                db -> store.list(db, caller.project(), caller.isAdmin(), query)
                        .orElseThrow(() -> Refusal.invalid("marker [" + query.marker() + "] not found")));
    }

    public Flavor create(Caller caller, Flavor flavor) {
        return transactions.asCaller(caller, db -> {
            if (!store.insert(db, flavor)) {
                throw Refusal.conflict(
                        "Flavor with name " + flavor.name() + " or ID " + flavor.id() + " already exists.");
            }
            record(db, caller, "create", flavor, Changes.made(flavor));
            return flavor;
        });
    }

    public void delete(Caller caller, String id) {
        transactions.doAsCaller(caller, db -> {
            Flavor flavor = find(db, caller, id);
            store.delete(db, id);
            record(db, caller, "delete", flavor, Changes.gone(flavor));
        });
    }

    public Flavor describe(Caller caller, String id, @Nullable String description) {
        return transactions.asCaller(caller, db -> {
            Flavor flavor = find(db, caller, id);
            store.describe(db, id, description);
            record(db, caller, "update", flavor, Changes.of("description", flavor.description(), description));
            return find(db, caller, id);
        });
    }

    /** Changes the extra specs and answers what they are then. */
    public Map<String, String> changeExtraSpecs(Caller caller, String id, UnaryOperator<Map<String, String>> change) {
        return transactions.asCaller(caller, db -> {
            Flavor flavor = find(db, caller, id);
            Map<String, String> specs = change.apply(new LinkedHashMap<>(flavor.extraSpecs()));
            store.extraSpecs(db, id, specs);
            record(db, caller, "update", flavor, Changes.of("extra_specs", flavor.extraSpecs(), specs));
            return specs;
        });
    }

    /** Projects that may use the flavor; refused for a public one, which all may. */
    public List<String> access(Caller caller, String id) {
        return transactions.asCaller(caller, db -> {
            if (find(db, caller, id).isPublic()) {
                throw Refusal.notFound("Access list not available for public flavors.");
            }
            return store.access(db, id);
        });
    }

    public List<String> grant(Caller caller, String id, String project) {
        return transactions.asCaller(caller, db -> {
            Flavor flavor = find(db, caller, id);
            if (flavor.isPublic()) {
                throw Refusal.conflict("Can not add access to a public flavor.");
            }
            if (!store.grant(db, id, project)) {
                throw Refusal.conflict(
                        "Flavor access already exists for flavor " + id + " and project " + project + ".");
            }
            record(db, caller, "allow", flavor, Changes.of("access", null, project));
            return store.access(db, id);
        });
    }

    public List<String> revoke(Caller caller, String id, String project) {
        return transactions.asCaller(caller, db -> {
            Flavor flavor = find(db, caller, id);
            if (!store.revoke(db, id, project)) {
                throw Refusal.notFound("Flavor access not found for " + id + " / " + project + ".");
            }
            record(db, caller, "deny", flavor, Changes.of("access", project, null));
            return store.access(db, id);
        });
    }

    private void record(Db db, Caller caller, String action, Flavor flavor, Changes changes) {
        CadfEvent.Target target = new CadfEvent.Target(flavor.id(), "compute/flavor", flavor.name(), null);
        db.record(CadfEvent.by(caller, action, target, clock.instant()).with(changes));
    }
}
