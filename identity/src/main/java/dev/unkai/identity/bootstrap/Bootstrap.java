package dev.unkai.identity.bootstrap;

import dev.unkai.base.Ids;
import dev.unkai.base.access.Role;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.IdentitySettings;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountOptions;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.api.Extra;
import dev.unkai.identity.auth.PasswordHash;
import dev.unkai.identity.catalog.OwnCatalog;
import dev.unkai.identity.domain.Domain;
import dev.unkai.identity.domain.DomainStore;
import dev.unkai.identity.factor.FactorStore;
import dev.unkai.identity.project.Project;
import dev.unkai.identity.project.ProjectStore;
import dev.unkai.identity.role.Actor;
import dev.unkai.identity.role.AssignmentStore;
import dev.unkai.identity.role.RoleStore;
import dev.unkai.identity.role.RoleStore.StoredRole;
import dev.unkai.identity.role.Scope;
import dev.unkai.wire.event.CadfEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes what must be there before anybody can log in: the default roles, the domain Default, and the accounts of the
 * bootstrap file. What exists already stays as it is, whatever the file says: people may have changed it since.
 */
@Component
public final class Bootstrap {
    private static final Logger log = LoggerFactory.getLogger(Bootstrap.class);
    private static final String EXEMPT = "An account for evaluation: its file clouds.yaml works by password alone.";

    private final Transactions transactions;
    private final DomainStore domains;
    private final ProjectStore projects;
    private final AccountStore accounts;
    private final RoleStore roles;
    private final AssignmentStore assignments;
    private final OwnCatalog catalog;
    private final FactorStore factors;
    private final PasswordHash hashes;
    private final Ids ids;
    private final Clock clock;
    private final @Nullable Path file;

    public Bootstrap(
            Transactions transactions,
            DomainStore domains,
            ProjectStore projects,
            AccountStore accounts,
            RoleStore roles,
            AssignmentStore assignments,
            OwnCatalog catalog,
            FactorStore factors,
            PasswordHash hashes,
            Ids ids,
            Clock clock,
            IdentitySettings settings) {
        this.transactions = transactions;
        this.domains = domains;
        this.projects = projects;
        this.accounts = accounts;
        this.roles = roles;
        this.assignments = assignments;
        this.catalog = catalog;
        this.factors = factors;
        this.hashes = hashes;
        this.ids = ids;
        this.clock = clock;
        this.file = settings.bootstrap();
    }

    /** In one transaction: a start that dies halfway leaves nothing half-made. */
    public void run() {
        List<BootstrapAccount> wanted = file != null && Files.exists(file) ? BootstrapAccount.read(file) : List.of();
        transactions.doAsSystem(db -> {
            db.sql("select pg_advisory_xact_lock(4303)").query().singleRow();
            defaults(db);
            catalog.write(db);
            wanted.forEach(account -> make(db, account));
        });
    }

    private void defaults(Db db) {
        if (domains.byId(db, Domain.DEFAULT_ID).isEmpty()) {
            domains.insert(db, new Domain(Domain.DEFAULT_ID, "Default", "The provider", true));
            record(db, "create", "domain", Domain.DEFAULT_ID, "Default", null);
        }
        // Each comes after those that it includes.
        for (Role role : Role.values()) {
            StoredRole stored = roles.byName(db, role.wireName()).orElseGet(() -> {
                StoredRole made = new StoredRole(ids.nextHex(), role.wireName(), "", null, null, Extra.NONE);
                roles.insert(db, made);
                record(db, "create", "role", made.id(), made.name(), null);
                return made;
            });
            role.included()
                    .forEach(included -> roles.imply(
                            db,
                            stored.id(),
                            roles.byName(db, included.wireName()).orElseThrow().id()));
        }
    }

    private void make(Db db, BootstrapAccount wanted) {
        Domain domain = domains.byName(db, wanted.domain()).orElseGet(() -> {
            Domain made = new Domain(ids.nextHex(), wanted.domain(), "", true);
            domains.insert(db, made);
            record(db, "create", "domain", made.id(), made.name(), null);
            return made;
        });
        Project project = projects.heldByName(db, wanted.project(), domain.id(), null)
                .orElseGet(() -> {
                    Project made = new Project(
                            ids.nextHex(),
                            domain.id(),
                            domain.name(),
                            null,
                            wanted.project(),
                            "",
                            true,
                            true,
                            wanted.plan(),
                            List.of(),
                            null,
                            Extra.NONE);
                    projects.insert(db, made);
                    record(db, "create", "project", made.id(), made.name(), made.id());
                    return made;
                });
        if (accounts.byName(db, wanted.user(), domain.id(), null).isPresent()) {
            return;
        }
        Account made = new Account(
                ids.nextHex(),
                domain.id(),
                domain.name(),
                wanted.user(),
                "",
                null,
                true,
                true,
                project.id(),
                hashes.hash(wanted.password()),
                null,
                AccountOptions.NONE,
                Extra.NONE);
        accounts.insert(db, made);
        if (wanted.secondFactorExempt()) {
            factors.except(db, made.id(), EXEMPT, clock.instant());
        }
        record(db, "create", "user", made.id(), made.name(), project.id());
        Actor actor = new Actor.OfAccount(made.id());
        for (String name : wanted.roles()) {
            StoredRole role = roles.byName(db, name)
                    .orElseThrow(() -> new IllegalStateException(
                            "The bootstrap file gives " + wanted.user() + " the role " + name + ", which is unknown."));
            assignments.grant(db, actor, new Scope.OfProject(project.id()), role.id());
            if (Role.of(name).filter(given -> given.implies(Role.MANAGER)).isPresent()) {
                assignments.grant(db, actor, new Scope.OfDomain(domain.id()), role.id());
            }
            if (name.equals(Role.ADMIN.wireName())) {
                assignments.grant(db, actor, new Scope.OfSystem(), role.id());
            }
            record(db, "grant", "role", role.id(), name + " to " + made.name(), project.id());
        }
        log.info("Made account {} of domain {}", made.name(), domain.name());
    }

    private void record(Db db, String action, String kind, String id, String name, @Nullable String project) {
        db.record(CadfEvent.bySystem(
                "identity",
                action,
                new CadfEvent.Target(id, "identity/" + kind, name, project),
                clock.instant(),
                null));
    }
}
