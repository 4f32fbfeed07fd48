package dev.unkai.identity.account;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Scoped;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.auth.PasswordHash;
import dev.unkai.identity.event.History;
import dev.unkai.identity.token.RevocationLog;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.Revocations.Subject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Passwords of accounts: which may be, how they are replaced, and how their owners change them. */
@Component
public final class Passwords {
    private static final String WRONG_ORIGINAL =
            "The original password is not right, or was wrong too often. Check it and try again in a moment.";

    private final Transactions transactions;
    private final AccountStore accounts;
    private final Rights rights;
    private final PasswordHash hashes;
    private final PasswordPolicy policy;
    private final PasswordProof proof;
    private final FormerPasswords former;
    private final RevocationLog revocations;
    private final History history;
    private final Clock clock;

    Passwords(
            Transactions transactions,
            AccountStore accounts,
            Rights rights,
            PasswordHash hashes,
            PasswordPolicy policy,
            PasswordProof proof,
            FormerPasswords former,
            RevocationLog revocations,
            History history,
            Clock clock) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.rights = rights;
        this.hashes = hashes;
        this.policy = policy;
        this.proof = proof;
        this.former = former;
        this.revocations = revocations;
        this.history = history;
        this.clock = clock;
    }

    /** When the caller's password was set. */
    public Optional<Instant> setAt(Caller caller) {
        return transactions.<Optional<Instant>>asCaller(caller, db -> accounts.passwordSetAt(db, caller.user()));
    }

    /** Throws a refusal for a password that the account must not have. Works out a hash: not in a transaction. */
    public String hashed(String password, String user, String domain, @Nullable String email) {
        policy.check(password, user, domain, email);
        return hashes.hash(password);
    }

    /** When a password set now ends, or null. */
    @Nullable
    Instant end(Db db, String domainId, AccountOptions options) {
        return policy.end(db, domainId, clock.instant(), options);
    }

    /** Whether the provider alone gives the account a password. */
    public boolean isIssued(Db db, Account account) {
        return policy.isIssued(db, account);
    }

    /** Throws a refusal where the provider makes the passwords of the domain. */
    void needOwnPasswords(Db db, String domainId) {
        policy.needOwnPasswords(db, domainId);
    }

    /** One's own new password, with the present one as proof; an operator who knows that may do it as well. */
    public void change(Caller caller, String id, String present, String fresh) {
        if (!id.equals(caller.user()) && !caller.isAdmin()) {
            throw Refusal.forbidden("You may change your own password only.");
        }
        change(caller, id, present, fresh, Refusal.unauthorized(WRONG_ORIGINAL));
    }

    /** The same from the page My account, where a wrong password must not look like the end of the session. */
    public void changeOwn(Caller caller, String present, String fresh) {
        change(caller, caller.user(), present, fresh, ApiErrors.wrongPassword(WRONG_ORIGINAL));
    }

    private void change(Caller caller, String id, String present, String fresh, Refusal wrong) {
        boolean issued = transactions.<Boolean>asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            return isIssued(db, accounts.byId(db, id).orElseThrow(() -> ApiErrors.absent("user", id)));
        });
        Account seen = proof.of(caller, id, present).orElseThrow(() -> wrong);
        if (issued) {
            throw new Refusal(
                    Refusal.Kind.FORBIDDEN,
                    "LockedPassword",
                    "The password of this account is locked. Ask whoever manages it for a new one.");
        }
        String hash = acceptable(caller, seen, fresh);
        transactions.doAsCaller(caller, db -> {
            Account account = accounts.forChange(db, id)
                    .filter(now -> Objects.equals(now.passwordHash(), seen.passwordHash()))
                    .orElseThrow(() -> Refusal.conflict("The account was changed meanwhile. Try again."));
            replace(db, account, hash);
            history.record(
                    db,
                    caller,
                    "update",
                    Accounts.thing(account),
                    Map.of("password", "changed by who knew the present one"),
                    Changes.confidential("password"));
            revocations.revoke(db, Subject.USER, id);
        });
    }

    /** The hash of a new password. Throws a refusal for one that the account must not have. Works out hashes: not in a transaction. */
    public String acceptable(Scoped reader, Account account, String fresh) {
        int unique = transactions.<Integer>asCaller(reader, db -> policy.unique(db, account.domainId()));
        if (hashes.matches(fresh, account.passwordHash()) || wasBefore(reader, account.id(), fresh, unique)) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    "FormerPassword",
                    "The new password must differ from the last " + unique + ". Choose another one.");
        }
        return hashed(fresh, account.name(), account.domainName(), account.email());
    }

    /** Compared outside of a transaction: working out a hash takes long. */
    private boolean wasBefore(Scoped reader, String id, String password, int unique) {
        List<String> hashesBefore = transactions.asCaller(reader, db -> former.of(db, id, unique));
        return hashesBefore.stream().anyMatch(hash -> hashes.matches(password, hash));
    }

    /** Whoever signs in at the contract's identity provider does so there only: a password would be a way around it. */
    private void refuseOther(Db db, Account account) {
        if (accounts.isFederated(db, account.id())) {
            throw new Refusal(
                    Refusal.Kind.FORBIDDEN,
                    "FederatedPassword",
                    "This user signs in through the contract's identity provider and has no password here.");
        }
    }

    /** Puts the hash in the place of the present one, which is kept among the former. */
    public void replace(Db db, Account account, String hash) {
        refuseOther(db, account);
        String replaced = account.passwordHash();
        if (replaced != null) {
            former.keep(db, account.id(), replaced, clock.instant(), policy.unique(db, account.domainId()));
        }
        accounts.setPassword(db, account.id(), hash, clock.instant(), end(db, account.domainId(), account.options()));
    }
}
