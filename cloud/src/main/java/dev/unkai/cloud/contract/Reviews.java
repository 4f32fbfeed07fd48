package dev.unkai.cloud.contract;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.contract.Application.State;
import dev.unkai.cloud.contract.Applications.Followed;
import dev.unkai.cloud.contract.store.ApplicationStore;
import dev.unkai.cloud.contract.store.ContractStore;
import dev.unkai.cloud.plan.Plans;
import dev.unkai.cloud.plan.PortalAccess.Gate;
import dev.unkai.web.mail.MailOutbox;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What operators do with applications: read, approve, refuse. */
@Component
public class Reviews {
    private final Transactions transactions;
    private final ApplicationStore store;
    private final ContractStore contracts;
    private final Plans plans;
    private final MailOutbox mails;
    private final Clock clock;

    Reviews(
            Transactions transactions,
            ApplicationStore store,
            ContractStore contracts,
            Plans plans,
            MailOutbox mails,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.contracts = contracts;
        this.plans = plans;
        this.mails = mails;
        this.clock = clock;
    }

    /** Those whose address is verified, newest first; 500 at most. */
    public List<Application> list(Caller caller) {
        return transactions.asCaller(caller, store::list);
    }

    public Followed show(Caller caller, String id) {
        return transactions.asCaller(
                caller, db -> followed(db, store.byId(db, key(id)).orElseThrow(Reviews::absent)));
    }

    /**
     * Lets the applicant go on with the texts of the plan's newest version.
     *
     * @param quota limits other than the service's own, by resource; empty: none
     * @param addresses the contract's list of source addresses; null: as the applicant gave it
     */
    public Followed approve(Caller caller, String id, Map<String, Integer> quota, @Nullable List<String> addresses) {
        return transactions.asCaller(caller, db -> {
            Application application = submitted(db, id);
            String plan = application.form().plan();
            Plans.Published newest = plans.newest(db, plan)
                    .filter(Plans.Published::offered)
                    .orElseThrow(() -> Refusal.conflict("No more contracts are made on the plan \"" + plan
                            + "\". Refuse the application, or offer the plan again."));
            List<String> list = addresses == null ? application.form().access().addresses() : addresses;
            if (list.isEmpty() && newest.plan().portalAccess().needs(Gate.SOURCE_ADDRESSES)) {
                throw new Refusal(
                        Refusal.Kind.CONFLICT,
                        "AddressesNeeded",
                        "The plan opens a contract from the addresses of its list only. Enter the applicant's addresses, then approve.");
            }
            Instant now = clock.instant();
            int version = newest.plan().version();
            store.approve(
                    db,
                    application.id(),
                    new ApplicationStore.Terms(version, quota, list),
                    caller.token().userName(),
                    now);
            store.step(db, application.id(), "approved", caller.token().userName(), now);
            Applications.write(
                    db,
                    mails,
                    store,
                    "application-approved",
                    application,
                    Map.of(
                            "plan",
                                    newest.plan()
                                            .name()
                                            .in(application.form().language().tag()),
                            "days", String.valueOf(ApplicationTidying.PATIENCE.toDays())),
                    now);
            Map<String, String> facts = new HashMap<>(Map.of("plan", plan, "version", String.valueOf(version)));
            if (!list.isEmpty()) {
                facts.put("addresses", String.join(" ", list));
            }
            quota.forEach((resource, limit) -> facts.put("quota." + resource, limit.toString()));
            db.record(CadfEvent.by(caller, "approve", Applications.target(application), now)
                    .with(facts));
            return followed(db, store.byId(db, application.id()).orElseThrow());
        });
    }

    /** @param reason for the applicant to read */
    public Followed refuse(Caller caller, String id, String reason) {
        return transactions.asCaller(caller, db -> {
            Application application = submitted(db, id);
            Instant now = clock.instant();
            store.refuse(db, application.id(), reason, caller.token().userName(), now);
            store.step(db, application.id(), "refused", caller.token().userName(), now);
            Applications.write(db, mails, store, "application-refused", application, Map.of("reason", reason), now);
            db.record(CadfEvent.by(caller, "deny", Applications.target(application), now)
                    .with(Map.of("reason", reason)));
            return followed(db, store.byId(db, application.id()).orElseThrow());
        });
    }

    private Followed followed(Db db, Application application) {
        Integer version = application.planVersion();
        Optional<Plans.Published> plan = version == null
                ? Optional.empty()
                : plans.find(db, application.form().plan(), version);
        return new Followed(
                application, store.steps(db, application.id()), plan, contracts.ofApplication(db, application.id()));
    }

    private Application submitted(Db db, String id) {
        Application application = store.forChange(db, key(id)).orElseThrow(Reviews::absent);
        if (application.state() != State.SUBMITTED) {
            throw Refusal.conflict("This application does not wait for a decision: it is "
                    + application.state().wireName() + ". Load the page again.");
        }
        return application;
    }

    private static UUID key(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw absent();
        }
    }

    private static Refusal absent() {
        return Refusal.notFound("There is no such application.");
    }
}
