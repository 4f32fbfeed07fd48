package dev.unkai.identity.contract;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Role;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountOptions;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.api.Extra;
import dev.unkai.identity.domain.Domain;
import dev.unkai.identity.domain.DomainStore;
import dev.unkai.identity.domain.PlanRuleStore;
import dev.unkai.identity.domain.PlanRules;
import dev.unkai.identity.federation.Providers;
import dev.unkai.identity.passwordlink.PasswordByLink;
import dev.unkai.identity.project.Project;
import dev.unkai.identity.project.ProjectStore;
import dev.unkai.identity.role.Actor;
import dev.unkai.identity.role.AssignmentStore;
import dev.unkai.identity.role.RoleStore;
import dev.unkai.identity.role.Scope;
import dev.unkai.identity.source.PortalAccess;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.wire.event.CadfEvent;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes what a contract needs here, once and in one transaction: domain, project, master user, VPN users, and what its plan says of them. The domain is
 * closed until it is opened, when all that the plan promises is in force elsewhere, too; then the sealed links to the first passwords go out.
 */
@Component
final class ContractAccounts {
    private static final String MASTER = "master";

    private final Transactions transactions;
    private final DomainStore domains;
    private final ProjectStore projects;
    private final AccountStore accounts;
    private final RoleStore roles;
    private final AssignmentStore assignments;
    private final PasswordByLink links;
    private final PlanRuleStore plans;
    private final PortalAccess doors;
    private final Providers providers;
    private final Ids ids;
    private final Clock clock;

    ContractAccounts(
            Transactions transactions,
            DomainStore domains,
            ProjectStore projects,
            AccountStore accounts,
            RoleStore roles,
            AssignmentStore assignments,
            PasswordByLink links,
            PlanRuleStore plans,
            PortalAccess doors,
            Providers providers,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.domains = domains;
        this.projects = projects;
        this.accounts = accounts;
        this.roles = roles;
        this.assignments = assignments;
        this.links = links;
        this.plans = plans;
        this.doors = doors;
        this.providers = providers;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What is wanted.
     *
     * @param wish the domain's name; a number follows where it is taken
     * @param issued whether the password is made here; else its owner chooses it
     * @param rules what the plan says; null only of a cloud process of the version before
     * @param addresses the contract's list to begin with, where the plan wants one
     * @param vpnUsers who gets an account for the SSL-VPN beside the master
     */
    record Wish(
            String wish,
            String company,
            String plan,
            String person,
            MailAddress email,
            Language language,
            boolean issued,
            @Nullable PlanRules rules,
            List<String> addresses,
            List<VpnUser> vpnUsers) {
        Wish {
            addresses = List.copyOf(addresses);
            vpnUsers = List.copyOf(vpnUsers);
        }
    }

    /** A name at the log-in, and where the sealed link goes to. */
    record VpnUser(String name, MailAddress email) {}

    /** What was made, now or before. @param master empty when that first master user has left */
    record Made(String name, String domain, String project, String master) {}

    Made make(UUID contract, Wish wish) {
        return transactions.asSystem(db -> {
            // Two askers at once, and two contracts that want one name, take turns.
            db.sql("select pg_advisory_xact_lock(4683)").query().listOfRows();
            return db.sql("""
                            select d.name, c.domain_id, c.project_id, coalesce(a.name, '')
                              from contract_account c join domain d on d.id = c.domain_id left join account a on a.id = c.account_id
                             where c.contract_id = ?
                            """)
                    .param(contract)
                    .query((row, _) -> new Made(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                    .optional()
                    .map(made -> {
                        enforce(db, made.domain(), made.project(), wish);
                        return made;
                    })
                    .orElseGet(() -> fresh(db, contract, wish));
        });
    }

    /** What the plan says holds from this transaction on; asked again with the same version, nothing changes. */
    private void enforce(Db db, String domain, String project, Wish wish) {
        PlanRules rules = wish.rules();
        if (rules == null || !plans.put(db, domain, rules, clock.instant())) {
            return;
        }
        plans.endPasswords(db, domain);
        doors.begin(db, domain, rules, wish.addresses());
        if (rules.leavesUsersToProvider()) {
            providers.closeAll(db, domain);
        }
        Map<String, String> facts = new TreeMap<>();
        facts.put("planVersion", String.valueOf(rules.planVersion()));
        facts.put("credentials", rules.issued() ? "provider-issued" : "self-service");
        facts.put("users", rules.usersByProvider() ? "provider" : "customer");
        facts.put("secondFactor", rules.secondFactor().name());
        facts.put("portalAccess", rules.throughTunnels() ? "ssl-vpn" : "internet");
        db.record(event("update", "plan_rules", domain, wish.company(), project)
                .with(facts)
                .with(Changes.entries(Map.of(), facts)));
    }

    /** Lets its people in, and sends each the sealed link to the first password; once. Throws a refusal for a contract that was not made. */
    void open(UUID contract) {
        transactions.doAsSystem(db -> {
            record Row(String domain, String project, boolean opened) {}
            Row row = db.sql(
                            "select domain_id, project_id, opened_at is not null from contract_account where contract_id = ? for update")
                    .param(contract)
                    .query((each, _) -> new Row(each.getString(1), each.getString(2), each.getBoolean(3)))
                    .optional()
                    .orElseThrow(() -> Refusal.notFound("There is no such contract."));
            if (row.opened) {
                return;
            }
            Domain domain = domains.forChange(db, row.domain).orElseThrow();
            domains.update(
                    db,
                    new Domain(
                            domain.id(),
                            domain.name(),
                            domain.description(),
                            true,
                            domain.tags(),
                            domain.immutable(),
                            domain.extra()));
            db.sql("update contract_account set opened_at = ? where contract_id = ?")
                    .param(Timestamp.from(clock.instant()))
                    .param(contract)
                    .update();
            record(db, "enable", "domain", domain.id(), domain.name(), row.project);
            boolean issued = plans.of(db, domain.id()).filter(PlanRules::issued).isPresent();
            record First(String account, Language language) {}
            db.sql(
                            "delete from first_user where account_id in (select id from account where domain_id = ?) returning account_id, language")
                    .param(domain.id())
                    .query((each, _) -> new First(
                            each.getString(1), Language.of(each.getString(2)).orElseThrow()))
                    .list()
                    .forEach(first -> {
                        Account account = accounts.byId(db, first.account).orElseThrow();
                        MailAddress.parse(String.valueOf(account.email()))
                                .ifPresent(to -> links.sendFirst(db, account, to, first.language, issued));
                    });
        });
    }

    private Made fresh(Db db, UUID contract, Wish wish) {
        Domain domain = new Domain(ids.nextHex(), freeName(db, wish.wish()), wish.company(), wish.rules() == null);
        domains.insert(db, domain);
        Project project = new Project(
                ids.nextHex(),
                domain.id(),
                domain.name(),
                null,
                domain.name(),
                wish.company(),
                true,
                true,
                wish.plan(),
                List.of(),
                null,
                Extra.NONE);
        projects.insert(db, project);
        record(db, "create", "domain", domain.id(), domain.name(), project.id());
        record(db, "create", "project", project.id(), project.name(), project.id());
        Account master = person(db, domain, project, MASTER, wish.person(), wish.email(), wish.language());
        grant(db, master, new Scope.OfProject(project.id()), Role.MASTER, project.id());
        grant(db, master, new Scope.OfDomain(domain.id()), Role.MASTER, project.id());
        for (VpnUser user : wish.vpnUsers()) {
            Account person = person(db, domain, project, user.name(), user.name(), user.email(), wish.language());
            grant(db, person, new Scope.OfProject(project.id()), Role.MEMBER, project.id());
        }
        db.sql(
                        "insert into contract_account (contract_id, domain_id, project_id, account_id, made_at, opened_at) values (?, ?, ?, ?, ?, ?)")
                .param(contract)
                .param(domain.id())
                .param(project.id())
                .param(master.id())
                .param(Timestamp.from(clock.instant()))
                .param(wish.rules() == null ? Timestamp.from(clock.instant()) : null)
                .update();
        if (wish.rules() == null) {
            db.sql("delete from first_user where account_id = ?")
                    .param(master.id())
                    .update();
            links.sendFirst(db, master, wish.email(), wish.language(), wish.issued());
        }
        enforce(db, domain.id(), project.id(), wish);
        return new Made(domain.name(), domain.id(), project.id(), master.name());
    }

    private Account person(
            Db db, Domain domain, Project project, String name, String person, MailAddress email, Language language) {
        Account account = new Account(
                ids.nextHex(),
                domain.id(),
                domain.name(),
                name,
                person,
                email.value(),
                true,
                true,
                project.id(),
                null,
                null,
                AccountOptions.NONE,
                Extra.NONE);
        accounts.insert(db, account);
        accounts.speaks(db, account.id(), language);
        db.sql("insert into first_user (account_id, language) values (?, ?)")
                .param(account.id())
                .param(language.tag())
                .update();
        record(db, "create", "user", account.id(), account.name(), project.id());
        return account;
    }

    private void grant(Db db, Account account, Scope scope, Role role, String project) {
        var stored = roles.byName(db, role.wireName()).orElseThrow();
        assignments.grant(db, new Actor.OfAccount(account.id()), scope, stored.id());
        record(db, "grant", "role", stored.id(), stored.name() + " to " + account.name(), project);
    }

    private String freeName(Db db, String wish) {
        String name = wish;
        for (int number = 2; domains.byName(db, name).isPresent(); number++) {
            name = wish + "-" + number;
        }
        return name;
    }

    private void record(Db db, String action, String kind, String id, String name, String project) {
        db.record(event(action, kind, id, name, project));
    }

    private CadfEvent event(String action, String kind, String id, String name, String project) {
        return CadfEvent.bySystem(
                "identity", action, new CadfEvent.Target(id, "identity/" + kind, name, project), clock.instant(), null);
    }
}
