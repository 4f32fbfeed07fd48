package dev.unkai.identity.factor;

import dev.unkai.base.data.Transactions;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.event.History;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The accounts that need no second factor although their roles do: operators make and end such exceptions. */
@Component
final class FactorExceptions {
    private final Transactions transactions;
    private final FactorStore factors;
    private final AccountStore accounts;
    private final Rights rights;
    private final History history;
    private final Clock clock;

    FactorExceptions(
            Transactions transactions,
            FactorStore factors,
            AccountStore accounts,
            Rights rights,
            History history,
            Clock clock) {
        this.transactions = transactions;
        this.factors = factors;
        this.accounts = accounts;
        this.rights = rights;
        this.history = history;
        this.clock = clock;
    }

    List<FactorStore.Exempt> list(Caller caller) {
        return transactions.asCaller(caller, factors::exempt);
    }

    void make(Caller caller, String accountId, String reason) {
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Account account = accounts.held(db, accountId).orElseThrow(() -> ApiErrors.absent("user", accountId));
            factors.except(db, accountId, reason, clock.instant());
            history.record(db, caller, "create", thing(account), Map.of("reason", reason));
        });
    }

    void end(Caller caller, String accountId) {
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Account account = accounts.held(db, accountId).orElseThrow(() -> ApiErrors.absent("user", accountId));
            if (!factors.endException(db, accountId)) {
                throw ApiErrors.absent("exception", accountId);
            }
            history.record(db, caller, "delete", thing(account));
        });
    }

    private static History.Thing thing(Account account) {
        return new History.Thing(
                "factor_exception", account.id(), account.name(), account.domainId(), account.defaultProjectId());
    }
}
