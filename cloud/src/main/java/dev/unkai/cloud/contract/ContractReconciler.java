package dev.unkai.cloud.contract;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.compute.Quotas;
import dev.unkai.cloud.contract.Contract.Account;
import dev.unkai.cloud.contract.provision.IdentityContracts;
import dev.unkai.cloud.contract.store.ApplicationStore;
import dev.unkai.cloud.contract.store.ContractStore;
import dev.unkai.cloud.contract.store.ContractStore.Due;
import dev.unkai.cloud.plan.CredentialPolicy;
import dev.unkai.cloud.plan.Plans;
import dev.unkai.web.mail.MailOutbox;
import dev.unkai.wire.event.CadfEvent;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Consent → contract in use: domain, project and master user in identity, limits, start guide. Each step is one transaction with its event and can be
 * done again: whoever dies between two of them leaves a contract that somebody carries on with.
 */
@Component
final class ContractReconciler implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(ContractReconciler.class);

    /** Longer than a step can take. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** After this operators are told. */
    private static final Duration GOAL = Duration.ofMinutes(15);

    private final Transactions transactions;
    private final ContractStore contracts;
    private final ApplicationStore applications;
    private final Plans plans;
    private final IdentityContracts identity;
    private final Quotas quotas;
    private final MailOutbox mails;
    private final Clock clock;

    ContractReconciler(
            Transactions transactions,
            ContractStore contracts,
            ApplicationStore applications,
            Plans plans,
            IdentityContracts identity,
            Quotas quotas,
            MailOutbox mails,
            Clock clock) {
        this.transactions = transactions;
        this.contracts = contracts;
        this.applications = applications;
        this.plans = plans;
        this.identity = identity;
        this.quotas = quotas;
        this.mails = mails;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "contracts to use";
    }

    @Override
    public String channel() {
        return Contract.CHANNEL;
    }

    @Override
    public boolean step() throws InterruptedException {
        Optional<Due> due = transactions.asSystem(db -> contracts.take(db, clock.instant(), LEASE));
        if (due.isEmpty()) {
            return false;
        }
        Due one = due.get();
        Account account = one.contract().account();
        try {
            if (account == null) {
                makeAccount(one.contract());
            } else if (!one.limited()) {
                transactions.doAsSystem(db -> limit(db, one.contract(), account));
            } else {
                transactions.doAsSystem(db -> activate(db, one.contract(), account));
            }
            return true;
        } catch (IOException e) {
            transactions.doAsSystem(db -> stuck(db, one, String.valueOf(e.getMessage())));
            return false;
        }
    }

    private void makeAccount(Contract contract) throws IOException, InterruptedException {
        IdentityContracts.Wish wish = transactions.asSystem(db -> wish(db, contract));
        Account made = identity.make(contract.id(), wish);
        transactions.doAsSystem(db -> {
            Instant now = clock.instant();
            if (contracts.account(db, contract.id(), made, now)) {
                applications.step(db, contract.applicationId(), "account", null, now);
                record(db, "create", contract, made, now, Map.of("domain", made.domain(), "plan", contract.plan()));
            }
        });
    }

    private IdentityContracts.Wish wish(Db db, Contract contract) {
        Application.Form form =
                applications.byId(db, contract.applicationId()).orElseThrow().form();
        boolean issued = plans.find(db, contract.plan(), contract.planVersion())
                        .orElseThrow()
                        .plan()
                        .credentials()
                instanceof CredentialPolicy.ProviderIssued;
        return new IdentityContracts.Wish(
                form.wish(),
                form.company(),
                contract.plan(),
                form.person(),
                form.email().value(),
                form.language().tag(),
                issued);
    }

    private void limit(Db db, Contract contract, Account account) {
        Instant now = clock.instant();
        if (contracts.limited(db, contract.id(), now)) {
            Map<String, Integer> quota = applications
                    .byId(db, contract.applicationId())
                    .orElseThrow()
                    .quota();
            if (!quota.isEmpty()) {
                quotas.begin(db, account.project(), quota);
            }
            applications.step(db, contract.applicationId(), "limits", null, now);
        }
    }

    private void activate(Db db, Contract contract, Account account) {
        Instant now = clock.instant();
        if (contracts.activate(db, contract.id(), now)) {
            Application application =
                    applications.byId(db, contract.applicationId()).orElseThrow();
            applications.step(db, application.id(), "active", null, now);
            Applications.write(
                    db,
                    mails,
                    applications,
                    "contract-started",
                    application,
                    Map.of("contract", account.name(), "user", account.master()),
                    now);
            record(db, "enable", contract, account, now, Map.of());
        }
    }

    private void stuck(Db db, Due due, String reason) {
        Contract contract = due.contract();
        Instant now = clock.instant();
        Duration pause = Duration.ofSeconds(5).multipliedBy(1L << Math.clamp(due.tries() - 1L, 0, 10));
        contracts.stuck(
                db, contract.id(), reason, now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause));
        if (!due.alarmed() && contract.createdAt().plus(GOAL).isBefore(now)) {
            contracts.alarmed(db, contract.id(), now);
            log.error("ALARM contract {} is overdue: {}", contract.id(), reason);
            db.record(event("alarm", contract, contract.account(), now).failed("Overdue", reason));
        }
    }

    private static void record(
            Db db, String action, Contract contract, Account account, Instant at, Map<String, String> facts) {
        db.record(event(action, contract, account, at).with(facts));
    }

    private static CadfEvent event(String action, Contract contract, @Nullable Account account, Instant at) {
        CadfEvent.Target target = new CadfEvent.Target(
                contract.id().toString(),
                "service/contract",
                account == null ? contract.company() : account.name(),
                account == null ? null : account.project());
        return CadfEvent.bySystem("cloud", action, target, at, null);
    }
}
