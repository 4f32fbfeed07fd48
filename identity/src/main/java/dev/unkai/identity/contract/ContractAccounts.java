package dev.unkai.identity.contract;

import dev.unkai.base.Ids;
import dev.unkai.base.access.Role;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountOptions;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.api.Extra;
import dev.unkai.identity.domain.Domain;
import dev.unkai.identity.domain.DomainStore;
import dev.unkai.identity.project.Project;
import dev.unkai.identity.project.ProjectStore;
import dev.unkai.identity.role.Actor;
import dev.unkai.identity.role.AssignmentStore;
import dev.unkai.identity.role.RoleStore;
import dev.unkai.identity.role.Scope;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.wire.event.CadfEvent;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes what a contract needs here, once and in one transaction: domain, project, master user and the link to its first password. */
@Component
final class ContractAccounts {
    private static final String MASTER = "master";

    private final Transactions transactions;
    private final DomainStore domains;
    private final ProjectStore projects;
    private final AccountStore accounts;
    private final RoleStore roles;
    private final AssignmentStore assignments;
    private final FirstCredentials credentials;
    private final Ids ids;
    private final Clock clock;

    ContractAccounts(
            Transactions transactions,
            DomainStore domains,
            ProjectStore projects,
            AccountStore accounts,
            RoleStore roles,
            AssignmentStore assignments,
            FirstCredentials credentials,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.domains = domains;
        this.projects = projects;
        this.accounts = accounts;
        this.roles = roles;
        this.assignments = assignments;
        this.credentials = credentials;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What is wanted.
     *
     * @param wish the domain's name; a number follows where it is taken
     * @param issued whether the password is made here; else its owner chooses it
     */
    record Wish(
            String wish,
            String company,
            String plan,
            String person,
            MailAddress email,
            Language language,
            boolean issued) {}

    /** What was made, now or before. */
    record Made(String name, String domain, String project, String master) {}

    Made make(UUID contract, Wish wish) {
        return transactions.asSystem(db -> {
            // Two askers at once, and two contracts that want one name, take turns.
            db.sql("select pg_advisory_xact_lock(4683)").query().listOfRows();
            return db.sql("""
                            select d.name, c.domain_id, c.project_id, a.name
                              from contract_account c join domain d on d.id = c.domain_id join account a on a.id = c.account_id
                             where c.contract_id = ?
                            """)
                    .param(contract)
                    .query((row, _) -> new Made(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                    .optional()
                    .orElseGet(() -> fresh(db, contract, wish));
        });
    }

    private Made fresh(Db db, UUID contract, Wish wish) {
        Domain domain = new Domain(ids.nextHex(), freeName(db, wish.wish()), wish.company(), true);
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
                Extra.NONE);
        projects.insert(db, project);
        Account master = new Account(
                ids.nextHex(),
                domain.id(),
                domain.name(),
                MASTER,
                wish.person(),
                wish.email().value(),
                true,
                true,
                project.id(),
                null,
                null,
                AccountOptions.NONE,
                Extra.NONE);
        accounts.insert(db, master);
        record(db, "create", "domain", domain.id(), domain.name(), project.id());
        record(db, "create", "project", project.id(), project.name(), project.id());
        record(db, "create", "user", master.id(), master.name(), project.id());
        Actor actor = new Actor.OfAccount(master.id());
        grant(db, actor, new Scope.OfProject(project.id()), project.id());
        grant(db, actor, new Scope.OfDomain(domain.id()), project.id());
        db.sql(
                        "insert into contract_account (contract_id, domain_id, project_id, account_id, made_at) values (?, ?, ?, ?, ?)")
                .param(contract)
                .param(domain.id())
                .param(project.id())
                .param(master.id())
                .param(Timestamp.from(clock.instant()))
                .update();
        credentials.send(db, master, wish.email(), wish.language(), wish.issued());
        return new Made(domain.name(), domain.id(), project.id(), master.name());
    }

    private void grant(Db db, Actor actor, Scope scope, String project) {
        var stored = roles.byName(db, Role.MASTER.wireName()).orElseThrow();
        assignments.grant(db, actor, scope, stored.id());
        record(db, "grant", "role", stored.id(), stored.name() + " to " + MASTER, project);
    }

    private String freeName(Db db, String wish) {
        String name = wish;
        for (int number = 2; domains.byName(db, name).isPresent(); number++) {
            name = wish + "-" + number;
        }
        return name;
    }

    private void record(Db db, String action, String kind, String id, String name, String project) {
        db.record(CadfEvent.bySystem(
                "identity",
                action,
                new CadfEvent.Target(id, "identity/" + kind, name, project),
                clock.instant(),
                null));
    }
}
