package dev.unkai.identity.auth;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.credential.UserCredential;
import dev.unkai.identity.credential.UserCredentials;
import dev.unkai.identity.project.Project;
import dev.unkai.identity.project.ProjectStore;
import dev.unkai.identity.role.AssignmentStore;
import dev.unkai.identity.role.HeldRole;
import dev.unkai.identity.role.Scope;
import dev.unkai.identity.session.SessionOpening;
import dev.unkai.identity.token.TokenIssuer.Grant;
import dev.unkai.identity.token.TokenIssuer.Issued;
import dev.unkai.identity.token.TokenIssuer.Target;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Says whose a request is that was signed with EC2-style keys: the service that got it, for example Ceph's, has the signature
 * and asks us, who have the secret key.
 */
@Component
final class KeyTokens {
    private static final String WRONG = "The access key or the signature is not right, or the account may not be used.";

    private final Transactions transactions;
    private final UserCredentials credentials;
    private final AccountStore accounts;
    private final ProjectStore projects;
    private final AssignmentStore assignments;
    private final SessionOpening sessions;
    private final LoginEvents events;

    KeyTokens(
            Transactions transactions,
            UserCredentials credentials,
            AccountStore accounts,
            ProjectStore projects,
            AssignmentStore assignments,
            SessionOpening sessions,
            LoginEvents events) {
        this.transactions = transactions;
        this.credentials = credentials;
        this.accounts = accounts;
        this.projects = projects;
        this.assignments = assignments;
        this.sessions = sessions;
        this.events = events;
    }

    /**
     * A token of the bearer on the project of the keys.
     *
     * @param isSigned whether the request was signed with this secret
     * @throws Refusal unauthorized, in the same words whatever is wrong
     */
    Issued bearer(Caller service, String access, Predicate<String> isSigned, Requester from) {
        return transactions.asCaller(service, db -> {
            UserCredential credential = credentials.ofAccessKey(db, access).orElseThrow(KeyTokens::wrong);
            JsonNode secret = UserCredentials.keys(credential.blob()).path("secret");
            if (!secret.isString() || !isSigned.test(secret.stringValue())) {
                throw wrong();
            }
            Account account = accounts.held(db, credential.accountId())
                    .filter(Account::usable)
                    .orElseThrow(KeyTokens::wrong);
            Project project = project(db, credential);
            List<HeldRole> roles = assignments.effective(db, account.id(), new Scope.OfProject(project.id()));
            if (roles.isEmpty()) {
                throw wrong();
            }
            Issued issued = sessions.issue(
                    db, new Grant(account, new Target.OnProject(project), roles, List.of("ec2credential")), from);
            events.granted(db, issued.claims(), Map.of(), from);
            return issued;
        });
    }

    private Project project(Db db, UserCredential credential) {
        String id = credential.projectId();
        if (id == null) {
            throw wrong();
        }
        return projects.held(db, id).filter(Project::usable).orElseThrow(KeyTokens::wrong);
    }

    private static Refusal wrong() {
        return Refusal.unauthorized(WRONG);
    }
}
