package dev.unkai.identity.user;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.breakglass.ContractGrants;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.wire.token.Caller;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Users that one of the provider's people has made alone: they wait, disabled, until a second one releases them. */
@Component
final class WaitingAccounts {
    private final ContractGrants grants;

    WaitingAccounts(ContractGrants grants) {
        this.grants = grants;
    }

    /** @param language of the mail that waits with it */
    record Waiting(String madeBy, String madeName, Language language) {}

    /** Whether what the caller makes in the contract has to wait. */
    boolean mustWait(Db db, Caller caller, String domain) {
        return grants.actsAlone(db, caller, domain);
    }

    void add(Db db, Caller caller, Account account, Language language) {
        db.sql("insert into waiting_account (account_id, made_by, made_name, language) values (?, ?, ?, ?)")
                .param(account.id())
                .param(caller.user())
                .param(caller.token().userName())
                .param(language.tag())
                .update();
    }

    /** It, taken from among those that wait; empty when it was not among them. Throws a refusal for whoever made it, and for what is lent and no person. */
    Optional<Waiting> release(Db db, Caller caller, Account account) {
        Optional<Waiting> waiting = db.sql(
                        "delete from waiting_account where account_id = ? returning made_by, made_name, language")
                .param(account.id())
                .query((row, _) -> new Waiting(
                        row.getString("made_by"),
                        row.getString("made_name"),
                        Language.of(row.getString("language")).orElse(Language.EN)))
                .optional();
        if (waiting.isPresent()
                && grants.actsAlone(db, caller, account.domainId())
                && (waiting.get().madeBy().equals(caller.user())
                        || caller.token().isDelegated())) {
            throw new Refusal(
                    Refusal.Kind.FORBIDDEN,
                    "SecondPersonNeeded",
                    "Who made this user does not release it. Ask a second of the provider's people, who logs in as himself.");
        }
        return waiting;
    }
}
