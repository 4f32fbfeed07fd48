package dev.unkai.identity.oauth;

import dev.unkai.base.data.Db;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.project.Project;
import dev.unkai.identity.project.ProjectStore;
import dev.unkai.identity.role.AssignmentStore;
import dev.unkai.identity.role.HeldRole;
import dev.unkai.identity.role.Scope;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What an access token gives the program at this moment: never more than who let it have it could do himself. */
@Component
public final class AccessTokenUse {
    private final ConsumerCheck check;
    private final OauthTokenStore tokens;
    private final AccountStore accounts;
    private final ProjectStore projects;
    private final AssignmentStore assignments;
    private final Clock clock;

    AccessTokenUse(
            ConsumerCheck check,
            OauthTokenStore tokens,
            AccountStore accounts,
            ProjectStore projects,
            AssignmentStore assignments,
            Clock clock) {
        this.check = check;
        this.tokens = tokens;
        this.accounts = accounts;
        this.projects = projects;
        this.assignments = assignments;
        this.clock = clock;
    }

    /** The bearer, where to, and as what; bearer and project are held until the transaction ends. */
    public record Lent(AccessToken token, Account bearer, Project project, List<HeldRole> roles) {
        public Lent {
            roles = List.copyOf(roles);
        }
    }

    /** The token that the request names, as far as anybody may know of it without the signature. */
    public Optional<AccessToken> named(Db db, SignedRequest request) {
        return tokens.access(db, request.needs("oauth_token"));
    }

    /** Empty when the signature is wrong, the token has ended, who gave it is disabled, or none of its roles is his any more. */
    public Optional<Lent> use(Db db, SignedRequest request) {
        AccessToken token = named(db, request)
                .filter(found -> clock.instant().isBefore(found.expiresAt())
                        && found.consumerId().equals(request.needs("oauth_consumer_key")))
                .orElse(null);
        if (token == null || !check.isOfConsumer(db, request, tokens.accessSecret(db, token.id()))) {
            return Optional.empty();
        }
        Optional<Account> bearer = accounts.held(db, token.accountId()).filter(Account::usable);
        Optional<Project> project = projects.held(db, token.projectId()).filter(Project::usable);
        // Looked up again: while we waited for the account, it may have been taken back.
        if (bearer.isEmpty()
                || project.isEmpty()
                || tokens.access(db, token.id()).isEmpty()) {
            return Optional.empty();
        }
        List<HeldRole> given = assignments.closure(db, token.roleIds());
        List<HeldRole> roles =
                assignments.effective(db, token.accountId(), new Scope.OfProject(token.projectId())).stream()
                        .filter(given::contains)
                        .toList();
        return roles.isEmpty() ? Optional.empty() : Optional.of(new Lent(token, bearer.get(), project.get(), roles));
    }
}
