package dev.unkai.cloud.contract;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.contract.Contract.Consent;
import dev.unkai.cloud.contract.store.ApplicationStore;
import dev.unkai.cloud.contract.store.ApplicationStore.Step;
import dev.unkai.cloud.contract.store.ContractStore;
import dev.unkai.cloud.plan.Plans;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What a customer sees of its own contract. */
@Component
public class Contracts {
    private final Transactions transactions;
    private final ContractStore store;
    private final ApplicationStore applications;
    private final Plans plans;

    Contracts(Transactions transactions, ContractStore store, ApplicationStore applications, Plans plans) {
        this.transactions = transactions;
        this.store = store;
        this.applications = applications;
        this.plans = plans;
    }

    /** The contract, the version of the plan that it is on, what was agreed to, and how it came about. */
    public record Own(Contract contract, Optional<Plans.Published> plan, List<Consent> consents, List<Step> steps) {}

    /** The contract of the caller's project. Throws Refusal not found. */
    public Own own(Caller caller) {
        return transactions.asCaller(caller, db -> {
            Contract contract = store.ofProject(db, caller.project())
                    .orElseThrow(() -> Refusal.notFound(
                            "No contract is recorded for this project: it was not made by an application."));
            return new Own(
                    contract,
                    plans.find(db, contract.plan(), contract.planVersion()),
                    store.consents(db, contract.id()),
                    applications.steps(db, contract.applicationId()));
        });
    }
}
