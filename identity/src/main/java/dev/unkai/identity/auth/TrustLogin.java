package dev.unkai.identity.auth;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.auth.Login.Outcome;
import dev.unkai.identity.auth.LoginRequest.Proof;
import dev.unkai.identity.token.TokenIssuer.Grant;
import dev.unkai.identity.token.TokenIssuer.Target;
import dev.unkai.identity.trust.TrustUse;
import dev.unkai.identity.trust.TrustUse.Delegation;
import dev.unkai.wire.token.TokenClaims;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The last step of a log-in for which the account, having shown who it is, wants what a trust gives it. */
@Component
final class TrustLogin {
    private final TrustUse trusts;
    private final LoginAnswers answers;

    TrustLogin(TrustUse trusts, LoginAnswers answers) {
        this.trusts = trusts;
        this.answers = answers;
    }

    Outcome answer(
            Db db,
            Proof proof,
            Account trustee,
            String trustId,
            List<String> methods,
            @Nullable TokenClaims parent,
            Requester from) {
        Optional<Delegation> given = trusts.use(db, trustee, trustId);
        if (given.isEmpty()) {
            return answers.refuse(
                    db,
                    proof,
                    Optional.of(trustee),
                    "the trust gives nothing",
                    from,
                    Refusal.forbidden("There is no such trust for you, or it gives nothing any more: it may have ended"
                            + " or be used up, or its maker may have lost the roles. Ask its maker."));
        }
        Delegation delegation = given.get();
        Target.OnProject target = new Target.OnProject(delegation.project());
        if (!answers.permits(delegation.bearer(), target, delegation.roles(), null, from)) {
            return answers.refuseSource(db, proof, trustee, from);
        }
        Optional<Outcome> unenrolled = answers.refuseUnenrolled(db, proof, trustee, methods, from);
        if (unenrolled.isPresent()) {
            return unenrolled.get();
        }
        return answers.grant(
                db,
                new Grant(
                        delegation.bearer(),
                        target,
                        delegation.roles(),
                        methods,
                        parent,
                        null,
                        delegation.endsBy(),
                        null,
                        delegation.claim()),
                from);
    }
}
