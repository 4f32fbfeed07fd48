package dev.unkai.identity.auth;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.access.Nobody;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.auth.Login.Outcome;
import dev.unkai.identity.auth.LoginRequest.BySignature;
import dev.unkai.identity.oauth.AccessTokenUse;
import dev.unkai.identity.oauth.AccessTokenUse.Lent;
import dev.unkai.identity.token.TokenIssuer.Grant;
import dev.unkai.identity.token.TokenIssuer.Target;
import dev.unkai.wire.token.TokenClaims;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Log-in of a program with an access token that a user let it have (OAuth 1.0a): under his name, on the token's project, whatever scope it asks
 * for. Its tokens go back to the access token by the name of their chain, and end with it.
 */
@Component
final class OauthLogin {
    private final Transactions transactions;
    private final AccessTokenUse tokens;
    private final AccountStore accounts;
    private final LoginAnswers answers;

    OauthLogin(Transactions transactions, AccessTokenUse tokens, AccountStore accounts, LoginAnswers answers) {
        this.transactions = transactions;
        this.tokens = tokens;
        this.accounts = accounts;
        this.answers = answers;
    }

    Outcome answer(BySignature proof, Requester from) {
        return transactions.asCaller(Nobody.YET, db -> {
            Optional<Lent> found = tokens.use(db, proof.request());
            if (found.isEmpty()) {
                Optional<Account> claimed =
                        tokens.named(db, proof.request()).flatMap(token -> accounts.byId(db, token.accountId()));
                return answers.refuse(
                        db,
                        proof,
                        claimed,
                        "no valid access token",
                        from,
                        Refusal.unauthorized(
                                "Could not validate the access token: its signature is wrong, it has ended or"
                                        + " was taken back, or who gave it may not use the project any more."));
            }
            return grant(db, proof, found.get(), from);
        });
    }

    private Outcome grant(Db db, BySignature proof, Lent lent, Requester from) {
        Target.OnProject target = new Target.OnProject(lent.project());
        if (!answers.permits(lent.bearer(), target, lent.roles(), null, from)) {
            return answers.refuseSource(db, proof, lent.bearer(), from);
        }
        Optional<Outcome> unenrolled = answers.refuseUnenrolled(db, proof, lent.bearer(), List.of(), from);
        return unenrolled.orElseGet(() -> answers.grant(
                db,
                new Grant(
                        lent.bearer(),
                        target,
                        lent.roles(),
                        List.of(TokenClaims.OAUTH),
                        null,
                        null,
                        lent.token().expiresAt(),
                        null,
                        null,
                        lent.token().id()),
                from));
    }
}
