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
import dev.unkai.identity.token.TokenIssuer;
import dev.unkai.identity.token.TokenIssuer.Grant;
import dev.unkai.identity.token.TokenIssuer.Target;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.TokenClaims;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Says whose a request to an S3-compatible service is: the service, for example Ceph's, has the signature and asks us, who
 * have the secret key. The answer is what a token of the bearer would say, never the token.
 */
@Component
final class S3Tokens {
    private static final String WRONG = "The access key or the signature is not right, or the account may not be used.";

    private final Transactions transactions;
    private final UserCredentials credentials;
    private final AccountStore accounts;
    private final ProjectStore projects;
    private final AssignmentStore assignments;
    private final TokenIssuer issuer;
    private final LoginEvents events;

    S3Tokens(
            Transactions transactions,
            UserCredentials credentials,
            AccountStore accounts,
            ProjectStore projects,
            AssignmentStore assignments,
            TokenIssuer issuer,
            LoginEvents events) {
        this.transactions = transactions;
        this.credentials = credentials;
        this.accounts = accounts;
        this.projects = projects;
        this.assignments = assignments;
        this.issuer = issuer;
        this.events = events;
    }

    /**
     * @param signed the string to sign, as the client signed it
     * @throws Refusal unauthorized, in the same words whatever is wrong
     */
    TokenClaims bearer(Caller service, String access, byte[] signed, String signature, Requester from) {
        return transactions.asCaller(service, db -> {
            UserCredential credential = credentials.ofAccessKey(db, access).orElseThrow(S3Tokens::wrong);
            JsonNode secret = UserCredentials.keys(credential.blob()).path("secret");
            if (!secret.isString() || !S3Signature.matches(signed, secret.stringValue(), signature)) {
                throw wrong();
            }
            Account account = accounts.held(db, credential.accountId())
                    .filter(Account::usable)
                    .orElseThrow(S3Tokens::wrong);
            Project project = project(db, credential);
            List<HeldRole> roles = assignments.effective(db, account.id(), new Scope.OfProject(project.id()));
            if (roles.isEmpty()) {
                throw wrong();
            }
            TokenClaims claims = issuer.issue(
                            db, new Grant(account, new Target.OnProject(project), roles, List.of("ec2credential")))
                    .claims();
            events.granted(db, claims, from);
            return claims;
        });
    }

    private Project project(Db db, UserCredential credential) {
        String id = credential.projectId();
        if (id == null) {
            throw wrong();
        }
        return projects.held(db, id).filter(Project::usable).orElseThrow(S3Tokens::wrong);
    }

    private static Refusal wrong() {
        return Refusal.unauthorized(WRONG);
    }
}
