package dev.unkai.identity.auth;

import dev.unkai.base.data.Db;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.auth.LoginRequest.Default;
import dev.unkai.identity.auth.LoginRequest.Named;
import dev.unkai.identity.auth.LoginRequest.OnDomain;
import dev.unkai.identity.auth.LoginRequest.OnProject;
import dev.unkai.identity.auth.LoginRequest.OnSystem;
import dev.unkai.identity.auth.LoginRequest.OnTrust;
import dev.unkai.identity.auth.LoginRequest.Unscoped;
import dev.unkai.identity.auth.LoginRequest.Wish;
import dev.unkai.identity.domain.Domain;
import dev.unkai.identity.domain.DomainStore;
import dev.unkai.identity.project.Project;
import dev.unkai.identity.project.ProjectStore;
import dev.unkai.identity.role.AssignmentStore;
import dev.unkai.identity.role.Scope;
import dev.unkai.identity.token.TokenIssuer.Target;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds what a log-in's scope names, as long as it exists and is enabled; whether the account has a role there is next. */
@Component
final class ScopeChoice {
    private final ProjectStore projects;
    private final DomainStore domains;
    private final AssignmentStore assignments;

    ScopeChoice(ProjectStore projects, DomainStore domains, AssignmentStore assignments) {
        this.projects = projects;
        this.domains = domains;
        this.assignments = assignments;
    }

    Optional<Target> choose(Db db, Account account, Wish wish) {
        return switch (wish) {
            case Unscoped() -> Optional.of(new Target.Unscoped());
            case OnSystem() -> Optional.of(new Target.OnSystem());
            case OnProject(Named named) ->
                project(db, named).filter(Project::usable).map(Target.OnProject::new);
            case OnDomain(String id, String name) ->
                domains.held(db, id, name).filter(Domain::enabled).map(Target.OnDomain::new);
            case Default() -> Optional.of(defaultOf(db, account));
            // Not a place of the account's own: see TrustUse.
            case OnTrust _ -> Optional.empty();
        };
    }

    private Optional<Project> project(Db db, Named named) {
        if (named.id() != null) {
            return projects.held(db, named.id());
        }
        return named.name() == null
                ? Optional.empty()
                : projects.heldByName(db, named.name(), named.domainId(), named.domainName());
    }

    /** The account's default project where it still may go there, else no scope, as the reference does. */
    private Target defaultOf(Db db, Account account) {
        if (account.defaultProjectId() == null) {
            return new Target.Unscoped();
        }
        return projects.held(db, account.defaultProjectId())
                .filter(Project::usable)
                .filter(project -> !assignments
                        .effective(db, account.id(), new Scope.OfProject(project.id()))
                        .isEmpty())
                .<Target>map(Target.OnProject::new)
                .orElseGet(Target.Unscoped::new);
    }
}
