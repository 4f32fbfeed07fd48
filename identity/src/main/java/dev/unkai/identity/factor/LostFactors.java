package dev.unkai.identity.factor;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.access.Authority;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountMails;
import dev.unkai.identity.account.AccountMails.News;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.credential.UserCredentials;
import dev.unkai.identity.event.History;
import dev.unkai.wire.token.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Help for somebody who has lost device and recovery codes, by a master of the contract or the provider's desk: all of the account's second factors go,
 * its owner is told by mail, and the log-in asks for a new one where its role needs one. The cloud's edge shows this as {@code /service/v1/users/{user}/second-factor}.
 */
@RestController
@RequestMapping("/identity/service/v1/users/{user}/second-factor")
public final class LostFactors {
    private final Transactions transactions;
    private final AccountStore accounts;
    private final UserCredentials credentials;
    private final PasskeyStore passkeys;
    private final FactorStore factors;
    private final Rights rights;
    private final AccountMails mails;
    private final History history;

    LostFactors(
            Transactions transactions,
            AccountStore accounts,
            UserCredentials credentials,
            PasskeyStore passkeys,
            FactorStore factors,
            Rights rights,
            AccountMails mails,
            History history) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.credentials = credentials;
        this.passkeys = passkeys;
        this.factors = factors;
        this.rights = rights;
        this.mails = mails;
        this.history = history;
    }

    /** Removes all second factors of a user who has lost them. */
    @Allow("identity:second-factor:remove")
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Caller caller, @PathVariable String user) {
        if (user.equals(caller.user())) {
            throw Refusal.forbidden("Turn off your own second factor under My account, with your password and a code.");
        }
        transactions.doAsCaller(caller, db -> {
            Authority authority = rights.toAdminister(db, caller);
            Account account = accounts.forChange(db, user).orElseThrow(() -> ApiErrors.absent("user", user));
            authority.need(account.domainId(), ApiErrors.hidden("user", user));
            rights.needNoGreater(db, authority, user);
            if (!factors.isEnrolled(db, user)) {
                throw Refusal.conflict("This account has no second factor.");
            }
            credentials.forgetSeeds(db, user);
            passkeys.list(db, user).forEach(passkey -> passkeys.delete(db, passkey.id()));
            factors.forgetCodesOfNothing(db, user);
            mails.tell(db, account, News.FACTOR_REMOVED);
            history.record(
                    db,
                    caller,
                    "delete",
                    new History.Thing(
                            "second_factor",
                            account.id(),
                            account.name(),
                            account.domainId(),
                            account.defaultProjectId()));
        });
    }
}
