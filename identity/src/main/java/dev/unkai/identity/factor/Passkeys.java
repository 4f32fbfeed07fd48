package dev.unkai.identity.factor;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.event.History;
import dev.unkai.identity.factor.PasskeyCeremonies.NewKey;
import dev.unkai.identity.factor.PasskeyCeremonies.Refused;
import dev.unkai.identity.factor.PasskeyChallenges.Purpose;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** One's own passkeys: making one, naming it, taking it away. */
@Component
final class Passkeys {
    private static final int PER_ACCOUNT = 20;
    /** As the specification names them; what else a browser says is not kept. */
    private static final Set<String> TRANSPORTS = Set.of("usb", "nfc", "ble", "smart-card", "hybrid", "internal");

    private final Transactions transactions;
    private final AccountStore accounts;
    private final PasskeyStore passkeys;
    private final PasskeyCheck check;
    private final FactorStore factors;
    private final RecoveryCodes recovery;
    private final FreshProof proof;
    private final History history;
    private final Clock clock;
    private final Ids ids;

    Passkeys(
            Transactions transactions,
            AccountStore accounts,
            PasskeyStore passkeys,
            PasskeyCheck check,
            FactorStore factors,
            RecoveryCodes recovery,
            FreshProof proof,
            History history,
            Clock clock,
            Ids ids) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.passkeys = passkeys;
        this.check = check;
        this.factors = factors;
        this.recovery = recovery;
        this.proof = proof;
        this.history = history;
        this.clock = clock;
        this.ids = ids;
    }

    /** What a decision came to; kept so that a refusal leaves the transaction committed, with what was shown used up. */
    private sealed interface Result<T> {
        record Done<T>(T value) implements Result<T> {}

        record Not<T>(Refusal refusal) implements Result<T> {}
    }

    /** @param recoveryCodes fresh ones where the account had none, else empty */
    record Registered(Passkey passkey, List<String> recoveryCodes) {
        Registered {
            recoveryCodes = List.copyOf(recoveryCodes);
        }

        @Override
        public String toString() {
            return "passkey " + passkey.name();
        }
    }

    /** Options for making a new passkey; an account that has a second factor shows it too. */
    Map<String, Object> begin(Caller caller, FreshProof.Shown shown) {
        proof.password(caller, shown.password());
        return committed(caller, db -> {
            Account account = held(db, caller);
            var wrong = proof.second(db, account, shown.second());
            if (wrong.isPresent()) {
                return new Result.Not<>(wrong.get());
            }
            refuseTooMany(db, account);
            return new Result.Done<>(check.creation(db, account));
        });
    }

    /** Takes the passkey into use. */
    Registered register(Caller caller, String name, PasskeyAnswer.Made made) {
        FreshProof.refuseDelegated(caller);
        return committed(caller, db -> {
            Account account = held(db, caller);
            refuseTooMany(db, account);
            NewKey key;
            try {
                key = check.registration(db, account, made);
            } catch (Refused refused) {
                return new Result.Not<>(ApiErrors.wrongPasskey(refused.reason()));
            }
            if (passkeys.nameIsTaken(db, account.id(), name, "")) {
                return new Result.Not<>(nameIsTaken());
            }
            Passkey passkey = new Passkey(
                    ids.nextHex(),
                    account.id(),
                    name,
                    key.credentialId(),
                    key.attested(),
                    key.signCount(),
                    key.backupEligible(),
                    key.backedUp(),
                    made.transports().stream().filter(TRANSPORTS::contains).toList(),
                    clock.instant(),
                    null);
            if (!passkeys.insert(db, passkey)) {
                return new Result.Not<>(ApiErrors.wrongPasskey("the key is registered already"));
            }
            record(db, caller, "create", account, passkey, Map.of());
            return new Result.Done<>(new Registered(passkey, recovery.ensure(db, account.id())));
        });
    }

    /** Options for showing a passkey as the second part of a proof. */
    Map<String, Object> request(Caller caller, String password) {
        proof.password(caller, password);
        return transactions.asCaller(
                caller,
                db -> check.request(db, held(db, caller), Purpose.PROOF)
                        .orElseThrow(() -> Refusal.conflict("There is no passkey that could be shown here.")));
    }

    void rename(Caller caller, String id, String name) {
        FreshProof.refuseDelegated(caller);
        transactions.doAsCaller(caller, db -> {
            Account account = held(db, caller);
            Passkey passkey = passkeys.held(db, account.id(), id).orElseThrow(() -> ApiErrors.absent("passkey", id));
            if (passkeys.nameIsTaken(db, account.id(), name, id)) {
                throw nameIsTaken();
            }
            passkeys.rename(db, id, name);
            record(
                    db,
                    caller,
                    "update",
                    account,
                    passkey,
                    Map.of("new_name", name),
                    Changes.of("name", passkey.name(), name));
        });
    }

    void remove(Caller caller, String id, FreshProof.Shown shown) {
        proof.password(caller, shown.password());
        committed(caller, db -> {
            Account account = held(db, caller);
            Passkey passkey = passkeys.held(db, account.id(), id).orElseThrow(() -> ApiErrors.absent("passkey", id));
            var wrong = proof.second(db, account, shown.second());
            if (wrong.isPresent()) {
                return new Result.Not<>(wrong.get());
            }
            passkeys.delete(db, id);
            factors.forgetCodesOfNothing(db, account.id());
            record(db, caller, "delete", account, passkey, Map.of());
            return new Result.Done<>(true);
        });
    }

    private <T> T committed(Caller caller, java.util.function.Function<Db, Result<T>> work) {
        return switch (transactions.<Result<T>>asCaller(caller, work)) {
            case Result.Done<T>(T value) -> value;
            case Result.Not<T>(Refusal refusal) -> throw proof.wrong(caller, refusal);
        };
    }

    /** Taken for a change, so that two changes of one account come one after the other. */
    private Account held(Db db, Caller caller) {
        return accounts.forChange(db, caller.user()).orElseThrow(() -> ApiErrors.absent("user", caller.user()));
    }

    private void refuseTooMany(Db db, Account account) {
        if (passkeys.list(db, account.id()).size() >= PER_ACCOUNT) {
            throw Refusal.overQuota("An account may have " + PER_ACCOUNT + " passkeys. Remove one first.");
        }
    }

    private static Refusal nameIsTaken() {
        return new Refusal(
                Refusal.Kind.CONFLICT, "NameTaken", "There is a passkey of this name already. Choose another name.");
    }

    private void record(
            Db db, Caller caller, String action, Account account, Passkey passkey, Map<String, String> more) {
        record(db, caller, action, account, passkey, more, Changes.NONE);
    }

    private void record(
            Db db,
            Caller caller,
            String action,
            Account account,
            Passkey passkey,
            Map<String, String> more,
            Changes changes) {
        Map<String, String> facts = new java.util.LinkedHashMap<>(more);
        facts.put("user", account.name());
        facts.put("user_id", account.id());
        history.record(
                db,
                caller,
                action,
                new History.Thing(
                        "passkey", passkey.id(), passkey.name(), account.domainId(), account.defaultProjectId()),
                facts,
                changes);
    }
}
