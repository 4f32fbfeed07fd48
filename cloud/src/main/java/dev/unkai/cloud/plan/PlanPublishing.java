package dev.unkai.cloud.plan;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.plan.reading.PlanDocument;
import dev.unkai.cloud.plan.reading.PlanReader;
import dev.unkai.cloud.plan.store.PlanStore;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.Map;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;

/** Publishes versions of plans. A published version stays as it is: a change is a new version with a higher number. */
@Component
public final class PlanPublishing {
    private final Transactions transactions;
    private final PlanStore store;
    private final Plans plans;
    private final Clock clock;

    PlanPublishing(Transactions transactions, PlanStore store, Plans plans, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.plans = plans;
        this.clock = clock;
    }

    /** @param fresh whether it was published now; false: it was before, with the same content */
    public record Outcome(Plans.Published published, boolean fresh) {}

    /** An operator publishes a plan's document (YAML or JSON). Throws Refusal invalid or conflict with a sentence for him. */
    public Outcome publish(Caller caller, String text) {
        PlanDocument document = PlanDocument.of(text);
        return transactions.asCaller(
                caller,
                db -> publish(
                        db,
                        document,
                        caller.user(),
                        (action, target) -> CadfEvent.by(caller, action, target, clock.instant())));
    }

    /** What is delivered with the service. */
    Outcome publishShipped(String text) {
        PlanDocument document = PlanDocument.of(text);
        return transactions.asSystem(db -> publish(
                db,
                document,
                "cloud",
                (action, target) -> CadfEvent.bySystem("cloud", action, target, clock.instant(), null)));
    }

    private Outcome publish(
            Db db, PlanDocument document, String by, BiFunction<String, CadfEvent.Target, CadfEvent> event) {
        Plan plan = PlanReader.read(document);
        store.hold(db, plan.id());
        var before = store.find(db, plan.id(), plan.version());
        if (before.isPresent()) {
            if (before.get().hash().equals(document.hash())) {
                return new Outcome(plans.find(db, plan.id(), plan.version()).orElseThrow(), false);
            }
            throw Refusal.conflict("Version " + plan.version() + " of the plan \"" + plan.id()
                    + "\" is published with another content, which customers may have agreed to. Publish the change as a"
                    + " version with a higher number.");
        }
        store.versions(db, plan.id()).stream()
                .filter(published -> published.version() > plan.version())
                .findFirst()
                .ifPresent(later -> {
                    throw Refusal.conflict("Version " + later.version() + " of the plan \"" + plan.id()
                            + "\" is published already. Give the change a higher number.");
                });
        store.insert(db, plan.id(), plan.version(), document.canonical(), document.hash(), by, clock.instant());
        db.record(event.apply("create", target(plan.id(), plan.name().en()))
                .with(Map.of("version", String.valueOf(plan.version()), "sha256", document.hash())));
        return new Outcome(plans.find(db, plan.id(), plan.version()).orElseThrow(), true);
    }

    /** Lets new contracts be made on the plan, or no longer. Throws Refusal not found. */
    public Plans.Published offer(Caller caller, String id, boolean offered) {
        return transactions.asCaller(caller, db -> {
            Plans.Published before = plans.newest(db, id).orElseThrow(() -> unknown(id));
            if (!store.offer(db, id, offered)) {
                throw unknown(id);
            }
            Plans.Published newest = plans.newest(db, id).orElseThrow(() -> unknown(id));
            db.record(CadfEvent.by(
                            caller, "update", target(id, newest.plan().name().en()), clock.instant())
                    .with(Map.of("offered", String.valueOf(offered)))
                    .with(Changes.of("offered", before.offered(), offered)));
            return newest;
        });
    }

    /** The one sentence for a plan that is not there. */
    public static Refusal unknown(String id) {
        return Refusal.notFound("There is no plan \"" + id + "\". The list of plans shows which there are.");
    }

    private static CadfEvent.Target target(String id, String name) {
        return new CadfEvent.Target(id, "service/plan", name, null);
    }
}
