package dev.unkai.cloud.contract;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.contract.Applications.Agreement;
import dev.unkai.cloud.contract.Contract.Consent;
import dev.unkai.cloud.contract.store.ApplicationStore;
import dev.unkai.cloud.contract.store.ApplicationStore.Step;
import dev.unkai.cloud.contract.store.ContractStore;
import dev.unkai.cloud.plan.Plans;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What a customer sees of its own contract, and its consent to a new version of the plan. */
@Component
public class Contracts {
    private final Transactions transactions;
    private final ContractStore store;
    private final ApplicationStore applications;
    private final Plans plans;
    private final Ids ids;
    private final Clock clock;

    Contracts(
            Transactions transactions,
            ContractStore store,
            ApplicationStore applications,
            Plans plans,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.applications = applications;
        this.plans = plans;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The contract, the version of the plan that it is on, what was agreed to, and how it came about.
     *
     * @param fresh a newer version, to be agreed to
     */
    public record Own(
            Contract contract,
            Optional<Plans.Published> plan,
            Optional<Plans.Published> fresh,
            List<Consent> consents,
            List<Step> steps) {}

    /** The contract of the caller's project. Throws Refusal not found. */
    public Own own(Caller caller) {
        return transactions.asCaller(caller, db -> own(db, contract(db, caller)));
    }

    /** Consent to the newest version of the contract's plan. Throws Refusal not found, conflict or invalid. */
    public Own agree(Caller caller, Agreement agreement) {
        return transactions.asCaller(caller, db -> {
            Contract contract = contract(db, caller);
            Plans.Published fresh = fresh(db, contract).orElseThrow(Contracts::nothing);
            agreement.mustBeTo(fresh);
            Instant now = clock.instant();
            int version = fresh.plan().version();
            if (!store.version(db, contract.id(), version, now)) {
                throw nothing();
            }
            store.consent(
                    db,
                    ids.next(),
                    contract.id(),
                    caller.project(),
                    fresh,
                    new ContractStore.Consenting(
                            agreement.language(),
                            agreement.person(),
                            null,
                            caller.token().userName(),
                            caller.address(),
                            caller.agent()),
                    now);
            CadfEvent.Target target = new CadfEvent.Target(
                    contract.id().toString(), "service/contract", contract.company(), caller.project());
            db.record(CadfEvent.by(caller, "accept", target, now)
                    .with(Map.of("plan", contract.plan(), "version", String.valueOf(version), "sha256", fresh.hash())));
            db.wake(Contract.CHANNEL);
            return own(db, contract(db, caller));
        });
    }

    private static Refusal nothing() {
        return Refusal.conflict("There is nothing to agree to: the contract is on the newest version of its plan.");
    }

    private Contract contract(Db db, Caller caller) {
        return store.ofProject(db, caller.project())
                .orElseThrow(() -> Refusal.notFound(
                        "No contract is recorded for this project: it was not made by an application."));
    }

    private Own own(Db db, Contract contract) {
        return new Own(
                contract,
                plans.find(db, contract.plan(), contract.planVersion()),
                fresh(db, contract),
                store.consents(db, contract.id()),
                applications.steps(db, contract.applicationId()));
    }

    private Optional<Plans.Published> fresh(Db db, Contract contract) {
        return plans.newest(db, contract.plan()).filter(newest -> newest.plan().version() > contract.planVersion());
    }
}
