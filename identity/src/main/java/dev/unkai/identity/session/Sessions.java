package dev.unkai.identity.session;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.access.Authority;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.token.RevocationLog;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.Revocations.Subject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sessions seen and ended: one's own, and those of the contract's users by who manages them. */
@Component
public final class Sessions {
    private final Transactions transactions;
    private final SessionStore store;
    private final Rights rights;
    private final RevocationLog revocations;
    private final Clock clock;

    public Sessions(
            Transactions transactions, SessionStore store, Rights rights, RevocationLog revocations, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.rights = rights;
        this.revocations = revocations;
        this.clock = clock;
    }

    /** The caller's own. */
    List<Session> own(Caller caller) {
        needOwnHand(caller);
        return transactions.asCaller(caller, db -> store.living(db, clock.instant(), caller.user(), null));
    }

    /** @param contract the domain's id, or null: the caller's own */
    List<Session> ofContract(Caller caller, @Nullable String contract) {
        needOwnHand(caller);
        return transactions.asCaller(caller, db -> {
            Authority authority = rights.of(db, caller);
            String id = contract != null
                    ? contract
                    : authority.provider() ? caller.token().userDomainId() : authority.ownDomain();
            authority.need(id, ApiErrors.hidden("domain", id));
            return store.living(db, clock.instant(), null, id);
        });
    }

    /** Ends a session: none of its tokens is good any more, here at once, in the other processes within seconds. */
    public void end(Caller caller, String id) {
        needOwnHand(caller);
        transactions.doAsCaller(caller, db -> {
            Instant now = clock.instant();
            Authority authority = rights.of(db, caller);
            Optional<Session> found = store.living(db, now, id);
            if (found.isEmpty()) {
                if (!id.equals(current(caller))) {
                    throw ApiErrors.absent("session", id);
                }
                end(db, caller, id, caller.user(), caller.token().userName(), now);
                return;
            }
            Session session = found.get();
            if (!session.accountId().equals(caller.user())) {
                if (!authority.toChange().manages(session.domainId())) {
                    throw ApiErrors.hidden("session", id);
                }
                rights.needNoGreater(db, authority, session.accountId());
            }
            end(db, caller, id, session.accountId(), session.accountName(), now);
        });
    }

    /** Ends all of the caller's own but the one that asks. */
    void endOthers(Caller caller) {
        needOwnHand(caller);
        transactions.doAsCaller(caller, db -> {
            Instant now = clock.instant();
            store.living(db, now, caller.user(), null).stream()
                    .filter(session -> !session.id().equals(current(caller)))
                    .forEach(session -> end(db, caller, session.id(), caller.user(), session.accountName(), now));
        });
    }

    private void end(Db db, Caller caller, String id, String accountId, String accountName, Instant now) {
        db.record(CadfEvent.by(
                        caller,
                        "revoke",
                        new CadfEvent.Target(
                                accountId, "service/security/account/user", accountName, caller.projectOrNull()),
                        now)
                .with(Map.of("session", id)));
        revocations.revoke(db, Subject.CHAIN, id);
    }

    /** The session that the caller's token belongs to. */
    public static String current(Caller caller) {
        return caller.token().auditIds().getLast();
    }

    private static void needOwnHand(Caller caller) {
        if (caller.token().isDelegated()) {
            throw Refusal.forbidden("Sessions are shown and ended for a person, not for an application credential or a"
                    + " trust. Log in by password.");
        }
    }
}
