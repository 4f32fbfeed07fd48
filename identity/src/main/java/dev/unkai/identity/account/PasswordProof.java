package dev.unkai.identity.account;

import dev.unkai.base.data.Transactions;
import dev.unkai.identity.auth.LoginThrottle;
import dev.unkai.identity.auth.PasswordHash;
import dev.unkai.identity.auth.Requester;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** A password shown again by somebody who is logged in. A wrong one counts like a wrong log-in. */
@Component
public final class PasswordProof {
    private final Transactions transactions;
    private final AccountStore accounts;
    private final PasswordHash hashes;
    private final LoginThrottle throttle;
    private final Clock clock;

    PasswordProof(
            Transactions transactions,
            AccountStore accounts,
            PasswordHash hashes,
            LoginThrottle throttle,
            Clock clock) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.hashes = hashes;
        this.throttle = throttle;
        this.clock = clock;
    }

    /** The account, if the password is its present one and guessing is not paused. Works out a hash: not in a transaction. */
    public Optional<Account> of(Caller caller, String id, String password) {
        Requester from = Requester.of(caller);
        if (isPaused(caller, id, from)) {
            return Optional.empty();
        }
        Optional<Account> seen = transactions.<Optional<Account>>asCaller(caller, db -> accounts.byId(db, id));
        String hash = seen.map(Account::passwordHash).orElse(null);
        if (!hashes.matches(password, hash)) {
            failed(caller, id);
            return Optional.empty();
        }
        return seen;
    }

    /** Whether proofs of the account are refused for now, after wrong ones. */
    public boolean isPaused(Caller caller, String id) {
        return isPaused(caller, id, Requester.of(caller));
    }

    private boolean isPaused(Caller caller, String id, Requester from) {
        return transactions.<Boolean>asCaller(caller, db -> throttle.isPaused(db, counter(id), from, clock.instant()));
    }

    /** Counts a wrong proof of the account: its password, or a code beside it. */
    public void failed(Caller caller, String id) {
        Requester from = Requester.of(caller);
        transactions.doAsCaller(caller, db -> throttle.failed(db, counter(id), from, clock.instant()));
    }

    private static String counter(String id) {
        return "account:" + id;
    }
}
