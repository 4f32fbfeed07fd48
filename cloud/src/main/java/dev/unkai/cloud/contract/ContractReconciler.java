package dev.unkai.cloud.contract;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.compute.Quotas;
import dev.unkai.cloud.contract.Contract.Account;
import dev.unkai.cloud.contract.Contract.Waiting;
import dev.unkai.cloud.contract.provision.IdentityContracts;
import dev.unkai.cloud.contract.store.ApplicationStore;
import dev.unkai.cloud.contract.store.ContractStore;
import dev.unkai.cloud.contract.store.ContractStore.Due;
import dev.unkai.cloud.placement.OwnHosts;
import dev.unkai.cloud.plan.PlacementPolicy;
import dev.unkai.cloud.plan.Plan;
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
 * Consent → contract in use: domain, project, master user and the plan's rules in identity, limits, hosts of its own, then it is opened. Each step is one
 * transaction with its event and can be done again: whoever dies between two of them leaves a contract that somebody carries on with. Consent to another
 * version of the plan takes the same way.
 */
@Component
final class ContractReconciler implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(ContractReconciler.class);

    /** Longer than identity is waited for. A customer waits that long more for the contract when the process dies over a step. */
    private static final Duration LEASE = Duration.ofSeconds(12);

    /** Asking costs nothing, and whoever has just agreed waits before the page. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** After this operators are told. */
    private static final Duration GOAL = Duration.ofMinutes(15);

    private final Transactions transactions;
    private final ContractStore contracts;
    private final ApplicationStore applications;
    private final Plans plans;
    private final IdentityContracts identity;
    private final OwnHosts hosts;
    private final Quotas quotas;
    private final MailOutbox mails;
    private final Clock clock;

    ContractReconciler(
            Transactions transactions,
            ContractStore contracts,
            ApplicationStore applications,
            Plans plans,
            IdentityContracts identity,
            OwnHosts hosts,
            Quotas quotas,
            MailOutbox mails,
            Clock clock) {
        this.transactions = transactions;
        this.contracts = contracts;
        this.applications = applications;
        this.plans = plans;
        this.identity = identity;
        this.hosts = hosts;
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
            if (account == null || one.enforcedVersion() < one.contract().planVersion()) {
                enforce(one.contract());
            } else if (!one.limited()) {
                transactions.doAsSystem(db -> limit(db, one.contract(), account));
            } else if (!one.hosted()) {
                transactions.doAsSystem(db -> host(db, one, account));
            } else if (one.contract().state() == Contract.State.PROVISIONING) {
                identity.open(one.contract().id());
                transactions.doAsSystem(db -> activate(db, one.contract(), account));
            } else {
                transactions.doAsSystem(
                        db -> contracts.settled(db, one.contract().id()));
            }
            return true;
        } catch (IdentityContracts.Impossible e) {
            transactions.doAsSystem(db -> stuck(db, one, String.valueOf(e.getMessage()), Waiting.PROVIDER));
            return true;
        } catch (IOException e) {
            transactions.doAsSystem(db -> stuck(db, one, String.valueOf(e.getMessage()), Waiting.SERVICE));
            return false;
        }
    }

    /** The account with what the plan says of it; of an account that is there, only what another version says. */
    private void enforce(Contract contract) throws IOException, InterruptedException {
        IdentityContracts.Wish wish = transactions.asSystem(db -> wish(db, contract));
        Account made = identity.make(contract.id(), wish);
        transactions.doAsSystem(db -> {
            Instant now = clock.instant();
            if (contracts.account(db, contract.id(), made, now)) {
                applications.step(db, contract.applicationId(), "account", null, now);
                record(db, "create", contract, made, now, Map.of("domain", made.domain(), "plan", contract.plan()));
            }
            if (contracts.enforced(db, contract.id(), contract.planVersion(), now)) {
                hosts.promise(db, made.project(), fewestHosts(db, contract));
                applications.step(db, contract.applicationId(), "policies", null, now);
                Map<String, String> facts =
                        Map.of("plan", contract.plan(), "planVersion", String.valueOf(contract.planVersion()));
                record(db, "update", contract, made, now, facts);
            }
        });
    }

    private int fewestHosts(Db db, Contract contract) {
        return switch (plan(db, contract).placement()) {
            case PlacementPolicy.SharedHosts() -> 0;
            case PlacementPolicy.DedicatedHosts(int fewest) -> fewest;
        };
    }

    private Plan plan(Db db, Contract contract) {
        return plans.find(db, contract.plan(), contract.planVersion())
                .orElseThrow()
                .plan();
    }

    /** Operators dedicate hosts to the contract; until it has as many as its plan promises, it waits. */
    private void host(Db db, Due due, Account account) {
        Contract contract = due.contract();
        int fewest = fewestHosts(db, contract);
        int present = fewest == 0 ? 0 : hosts.count(db, account.project());
        Instant now = clock.instant();
        if (present < fewest) {
            stuck(
                    db,
                    due,
                    "The plan gives the contract " + fewest + " hosts of its own, and it has " + present
                            + ". Dedicate hosts to its project " + account.project()
                            + " on the page Hosts; then it goes on by itself.",
                    Waiting.HOSTS);
        } else if (contracts.hosted(db, contract.id(), now) && fewest > 0) {
            applications.step(db, contract.applicationId(), "hosts", null, now);
            record(db, "update", contract, account, now, Map.of("hosts", String.valueOf(present)));
        }
    }

    private IdentityContracts.Wish wish(Db db, Contract contract) {
        Application.Form form =
                applications.byId(db, contract.applicationId()).orElseThrow().form();
        IdentityContracts.Rules rules = IdentityContracts.Rules.of(plan(db, contract));
        return new IdentityContracts.Wish(
                form.wish(),
                form.company(),
                contract.plan(),
                form.person(),
                form.email().value(),
                form.language().tag(),
                rules.issued(),
                rules,
                form.access().addresses(),
                form.access().vpnUsers());
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

    private void stuck(Db db, Due due, String reason, Waiting waits) {
        Contract contract = due.contract();
        Instant now = clock.instant();
        // What people do is looked for often: they wait for its effect.
        Duration pause = waits == Waiting.SERVICE
                ? Duration.ofSeconds(2).multipliedBy(1L << Math.clamp(due.tries() - 1L, 0, 10))
                : Duration.ofSeconds(10);
        contracts.stuck(
                db, contract.id(), reason, waits, now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause));
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
