package dev.unkai.identity.auth;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.auth.Login.Outcome;
import dev.unkai.identity.auth.LoginRequest.ByPassword;
import dev.unkai.identity.factor.FactorRules;
import dev.unkai.identity.factor.Totp;
import dev.unkai.identity.token.TokenIssuer.Target;
import dev.unkai.identity.vpn.TunnelGrants;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Log-in for a tunnel of the SSL-VPN: the same proof, counted and recorded in the same way, and no token. The contract's source address rules
 * are not asked, since what they let in is the tunnel; console and APIs ask for everything once more. Where the plan asks for both, the contract's own
 * list is asked for the address of the VPN client.
 */
@Component
final class TunnelLogin {
    private static final Set<String> BY_CODE = Set.of(FactorRules.PASSWORD, Totp.TYPE);

    private final PasswordLogin passwords;
    private final TunnelGrants grants;
    private final LoginThrottle throttle;
    private final LoginAnswers answers;
    private final LoginEvents events;

    TunnelLogin(
            PasswordLogin passwords,
            TunnelGrants grants,
            LoginThrottle throttle,
            LoginAnswers answers,
            LoginEvents events) {
        this.passwords = passwords;
        this.grants = grants;
        this.throttle = throttle;
        this.answers = answers;
        this.events = events;
    }

    /** What came of it; a refusal is recorded already. */
    sealed interface Answer {
        record Granted(String session, String innerAddress) implements Answer {}

        /** What was shown is right, and a code is needed beside it, or another one than what was given. */
        record CodeNeeded(boolean again) implements Answer {}

        record Refused(String sentence) implements Answer {}
    }

    Answer answer(ByPassword proof, Requester from) {
        return passwords.prove(proof, from, new PasswordLogin.Entrance<>() {
            @Override
            public boolean permits(Db db, Account account) {
                // Of other contracts nobody learns here what their rules would not let him learn elsewhere.
                return grants.concerns(db, account)
                        ? grants.admits(db, account, from.source())
                        : answers.permits(account, new Target.Unscoped(), List.of(), null, from);
            }

            @Override
            public Answer refused(Outcome outcome) {
                return answered(outcome);
            }

            @Override
            public Answer enter(Db db, Account account, String counter) {
                return open(db, proof, account, counter, from);
            }
        });
    }

    private Answer open(Db db, ByPassword proof, Account account, String counter, Requester from) {
        Optional<Outcome> unfinished = passwords.refuseUnfinished(db, proof, account, from);
        if (unfinished.isPresent()) {
            return answered(unfinished.get());
        }
        return switch (grants.give(db, account, LoginEvents.projectOf(db, account), from.address(), from.agent())) {
            case TunnelGrants.Grant.Denied(String why, String sentence) ->
                answered(answers.refuse(db, proof, Optional.of(account), why, from, Refusal.forbidden(sentence)));
            case TunnelGrants.Grant.Given(String session, String innerAddress) -> {
                throttle.succeeded(db, counter);
                events.tunnelGranted(
                        db,
                        account,
                        proof.methods(),
                        Map.of("vpnSession", session, "innerAddress", innerAddress),
                        from);
                yield new Answer.Granted(session, innerAddress);
            }
        };
    }

    private static Answer answered(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Incomplete(var ways, var _, var _, var _) ->
                ways.stream().anyMatch(BY_CODE::containsAll)
                        ? new Answer.CodeNeeded(false)
                        : new Answer.Refused(
                                "Your account's second factor is a passkey, which a VPN client cannot show."
                                        + " Set up an authenticator app beside it, or ask the provider.");
            case Outcome.Refused(Refusal refusal) ->
                refusal.code().equals(Login.FACTOR_WRONG)
                        ? new Answer.CodeNeeded(true)
                        : new Answer.Refused(refusal.sentence());
            case Outcome.Expired(var link, Refusal refusal) -> new Answer.Refused(refusal.sentence());
            case Outcome.Granted(var issued) -> throw new IllegalStateException("A tunnel's log-in gives no token");
        };
    }
}
