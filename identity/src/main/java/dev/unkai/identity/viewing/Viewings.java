package dev.unkai.identity.viewing;

import static java.util.Objects.requireNonNull;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Role;
import dev.unkai.base.access.Role.Side;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.IdentitySettings;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.domain.Domain;
import dev.unkai.identity.project.Project;
import dev.unkai.identity.project.ProjectStore;
import dev.unkai.identity.role.AssignmentStore;
import dev.unkai.identity.role.HeldRole;
import dev.unkai.identity.role.Scope;
import dev.unkai.identity.session.SessionStore;
import dev.unkai.identity.token.RevocationLog;
import dev.unkai.identity.token.TokenIssuer;
import dev.unkai.identity.token.TokenIssuer.Issued;
import dev.unkai.web.Access;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.Revocations.Subject;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.ViewingClaim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Opens and ends views as customer. The token of one can look and nothing else, and hangs by the session and the right that it was opened by. */
@Component
class Viewings {
    static final String OPEN = "identity:viewing:open";

    static final int SHORTEST_MINUTES = 5;
    static final int LONGEST_MINUTES = 30;

    /** What the customer's own people see who change nothing. */
    private static final List<String> ROLES = Stream.of(Role.VIEWER, Role.READER, Role.BILLING)
            .map(Role::wireName)
            .sorted()
            .toList();

    private final Transactions transactions;
    private final ViewingStore store;
    private final AccountStore accounts;
    private final ProjectStore projects;
    private final AssignmentStore assignments;
    private final SessionStore sessions;
    private final TokenIssuer issuer;
    private final RevocationLog revocations;
    private final Access access;
    private final IdentitySettings settings;
    private final Clock clock;

    Viewings(
            Transactions transactions,
            ViewingStore store,
            AccountStore accounts,
            ProjectStore projects,
            AssignmentStore assignments,
            SessionStore sessions,
            TokenIssuer issuer,
            RevocationLog revocations,
            Access access,
            IdentitySettings settings,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.accounts = accounts;
        this.projects = projects;
        this.assignments = assignments;
        this.sessions = sessions;
        this.issuer = issuer;
        this.revocations = revocations;
        this.access = access;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What is to be looked at: a project by its id, or the one that a contract began with, by the contract's name.
     *
     * @param reason for the customer's history
     */
    record Wish(@Nullable String project, @Nullable String contract, String reason, int minutes) {}

    /** Throws a refusal for who has no session of the console, or not the right, and for what is no customer's project. */
    Issued open(Caller caller, Wish wish) {
        needOwnSession(caller);
        return transactions.asCaller(caller, db -> {
            TokenClaims opener = caller.token();
            String home = requireNonNull(opener.projectId());
            Account account =
                    accounts.held(db, caller.user()).filter(Account::usable).orElseThrow(Viewings::notHisAnyMore);
            List<String> roles = assignments.effective(db, account.id(), new Scope.OfProject(home)).stream()
                    .map(HeldRole::name)
                    .toList();
            if (!access.policy().side(OPEN, roles).equals(Optional.of(Side.PROVIDER))) {
                throw notHisAnyMore();
            }
            Project project = project(db, wish);
            String session = opener.auditIds().getLast();
            Instant since = sessions.consoleSince(db, session).orElseThrow(Viewings::consoleOnly);
            Instant now = clock.instant();
            store.openOf(db, session).forEach(other -> end(db, caller, other, ViewingEvents.BY_ANOTHER, now));
            String id = Ids.secret(16);
            Issued issued = issuer.issueViewing(
                    db,
                    account,
                    project,
                    ROLES,
                    opener,
                    new ViewingClaim(id, home, requireNonNull(opener.projectDomainId()), roles),
                    end(now, since, wish.minutes()));
            // A log-out at this moment is before it, and seen here, or after it, and ends it.
            if (revocations.covers(db, Subject.CHAIN, session, opener.issuedAt())) {
                throw notHisAnyMore();
            }
            Viewing viewing = new Viewing(
                    id,
                    account.id(),
                    account.name(),
                    session,
                    home,
                    requireNonNull(opener.projectDomainId()),
                    issued.claims().auditId(),
                    project.id(),
                    project.name(),
                    project.domainId(),
                    issued.claims().issuedAt(),
                    issued.claims().expiresAt());
            store.insert(db, viewing);
            db.record(ViewingEvents.opened(caller, viewing, wish.reason(), wish.minutes(), now));
            return issued;
        });
    }

    /** Ends the view in which it is asked. Asked again it has ended already. */
    void end(Caller caller) {
        ViewingClaim viewing = caller.token().viewing();
        if (viewing == null) {
            throw Refusal.conflict("This is no view as customer, so there is nothing to end.");
        }
        // By the system, since a view itself changes nothing.
        transactions.doAsSystem(db -> {
            Instant now = clock.instant();
            store.end(db, viewing.id(), now).ifPresent(ended -> {
                db.record(ViewingEvents.ended(caller, ended, ViewingEvents.BY_VIEWER, now));
                revocations.revoke(db, Subject.TOKEN, ended.tokenId());
            });
        });
    }

    private void end(Db db, Caller caller, Viewing other, String because, Instant now) {
        store.end(db, other.id(), now).ifPresent(ended -> {
            db.record(ViewingEvents.ended(caller, ended, because, now));
            revocations.revoke(db, Subject.TOKEN, ended.tokenId());
        });
    }

    /** Not beyond what the session would last without its user's doing: so a view needs no renewal, and none goes on by itself. */
    private Instant end(Instant now, Instant since, int minutes) {
        return Stream.of(
                        now.plus(Duration.ofMinutes(minutes)),
                        now.plus(settings.consoleIdle()),
                        since.plus(settings.consoleLongest()))
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private Project project(Db db, Wish wish) {
        Optional<Project> found = wish.project() != null
                ? projects.held(db, wish.project())
                : projects.heldByName(db, requireNonNull(wish.contract()), null, wish.contract());
        return found.filter(Project::usable)
                .filter(project -> !project.domainId().equals(Domain.DEFAULT_ID))
                .orElseThrow(
                        () -> Refusal.notFound("There is no such project of a customer, or it is disabled. Check the"
                                + " contract's name or the project's id."));
    }

    /** Somebody of the provider's himself, at a screen: nothing that was lent, and no program. */
    private static void needOwnSession(Caller caller) {
        TokenClaims token = caller.token();
        if (token.isDelegated()
                || token.provedAt() == null
                || token.projectId() == null
                || !Domain.DEFAULT_ID.equals(token.userDomainId())
                || !Domain.DEFAULT_ID.equals(token.projectDomainId())) {
            throw consoleOnly();
        }
    }

    private static Refusal consoleOnly() {
        return Refusal.forbidden("A view as customer is opened in the console, by one of the provider's people in the"
                + " provider's own project. Log in there.");
    }

    private static Refusal notHisAnyMore() {
        return Refusal.forbidden(
                "Your right to look as a customer sees it has ended. Log in again, or ask for the role.");
    }
}
