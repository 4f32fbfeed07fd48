package dev.unkai.identity.auth;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.account.PasswordProof;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.auth.LoginRequest.ByToken;
import dev.unkai.identity.auth.LoginRequest.Named;
import dev.unkai.identity.auth.LoginRequest.OnProject;
import dev.unkai.identity.factor.FactorCheck;
import dev.unkai.identity.factor.PasskeyAnswer;
import dev.unkai.identity.factor.PasskeyCheck;
import dev.unkai.wire.token.Caller;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Somebody in a session of the console shows once more who he is, and gets a token that says when. The tokens that he had stay as old as they are: a
 * copy of one is worth no more than before.
 */
@Component
public final class SessionProof {
    private static final String WRONG_PASSWORD =
            "The password is not right, or was wrong too often. Check it and try again in a moment.";
    private static final String WRONG_CODE =
            "The code is not right, was used before, or was wrong too often. Wait for the"
                    + " next one and check the clock of your device.";

    private final Transactions transactions;
    private final AccountStore accounts;
    private final PasswordProof passwords;
    private final FactorCheck codes;
    private final PasskeyCheck passkeys;
    private final Login login;

    SessionProof(
            Transactions transactions,
            AccountStore accounts,
            PasswordProof passwords,
            FactorCheck codes,
            PasskeyCheck passkeys,
            Login login) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.passwords = passwords;
        this.codes = codes;
        this.passkeys = passkeys;
        this.login = login;
    }

    /** Throws a refusal for a wrong password; it counts like a wrong log-in. */
    Login.Outcome byPassword(Caller caller, String token, String password, Requester from) {
        needSession(caller);
        Account _ = passwords
                .of(caller, caller.user(), password)
                .orElseThrow(() -> ApiErrors.wrongPassword(WRONG_PASSWORD));
        return exchanged(caller, token, from);
    }

    /** The code of the second factor alone. Throws a refusal for one that is wrong or used up, and where there is no second factor. */
    Login.Outcome byCode(Caller caller, String token, String code, Requester from) {
        needSession(caller);
        boolean right = !passwords.isPaused(caller, caller.user())
                && transactions.<Boolean>asCaller(caller, db -> {
                    return codes.use(db, held(db, caller), code) != FactorCheck.Outcome.WRONG;
                });
        if (!right) {
            passwords.failed(caller, caller.user());
            throw ApiErrors.wrongCode(WRONG_CODE);
        }
        return exchanged(caller, token, from);
    }

    /** Options for {@code navigator.credentials.get}. Throws a refusal where the account has no passkey. */
    Map<String, Object> passkeyRequest(Caller caller) {
        needSession(caller);
        return transactions.asCaller(
                caller,
                db -> passkeys.sessionRequest(db, held(db, caller))
                        .orElseThrow(() -> Refusal.conflict(
                                "This account has no passkey that could be shown here. Use the password or a code.")));
    }

    /**
     * A passkey alone: having it and, by PIN, finger or face, being its owner. Throws a refusal for an answer that is not wholly right, with its challenge
     * used up.
     */
    Login.Outcome byPasskey(Caller caller, String token, PasskeyAnswer answer, Requester from) {
        needSession(caller);
        Optional<String> wrong = passwords.isPaused(caller, caller.user())
                ? Optional.of("wrong proofs came too often")
                : transactions.<Optional<String>>asCaller(
                        caller, db -> passkeys.sessionRefusal(db, held(db, caller), answer));
        if (wrong.isPresent()) {
            passwords.failed(caller, caller.user());
            throw ApiErrors.wrongPasskey(wrong.get());
        }
        return exchanged(caller, token, from);
    }

    /** Taken for a change, so that of two proofs by one code or challenge one counts. */
    private Account held(Db db, Caller caller) {
        return accounts.forChange(db, caller.user()).orElseThrow(() -> ApiErrors.absent("user", caller.user()));
    }

    /** By the way of every exchange of a token, so that nothing holds here that does not hold there. */
    private Login.Outcome exchanged(Caller caller, String token, Requester from) {
        return login.answer(
                new LoginRequest(
                        new ByToken(token),
                        new OnProject(new Named(caller.token().projectId(), null, null, null))),
                from.proving());
    }

    private static void needSession(Caller caller) {
        if (caller.token().provedAt() == null || caller.token().projectId() == null) {
            throw Refusal.forbidden(
                    "Only a session of the console is asked for such a proof. A program's token needs none.");
        }
    }
}
