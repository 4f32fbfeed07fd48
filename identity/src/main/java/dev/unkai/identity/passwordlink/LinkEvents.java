package dev.unkai.identity.passwordlink;

import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.auth.Requester;
import dev.unkai.identity.passwordlink.ResetWishes.Wish;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.event.CadfEvent.Target;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What was done with links stands in the history of the account's customer. Nobody is logged in then: who did it is whoever held the link. */
@Component
public final class LinkEvents {
    private static final String ACCOUNT = "service/security/account/user";

    private final Clock clock;

    LinkEvents(Clock clock) {
        this.clock = clock;
    }

    void asked(Db db, Wish wish, Account account) {
        db.record(of(wish, Optional.of(account), project(db, account)));
    }

    /** @param account the account that was meant, where there is such a one */
    void refused(Db db, Wish wish, Optional<Account> account, String why) {
        String project = account.map(known -> project(db, known)).orElse(null);
        db.record(of(wish, account, project).failed("403", why));
    }

    private CadfEvent of(Wish wish, Optional<Account> account, @Nullable String project) {
        return CadfEvent.byUnknown(
                wish.account(),
                wish.address(),
                wish.agent(),
                "ask-reset",
                new Target(
                        account.map(Account::id).orElse("unknown"),
                        ACCOUNT,
                        account.map(Account::name).orElse(wish.account()),
                        project),
                clock.instant(),
                wish.requestId());
    }

    /** @param action {@code reset-password} or {@code open-password} */
    void used(Db db, Account account, String action, Requester from) {
        used(db, account, action, from, Changes.NONE);
    }

    /** The same with what it changed. */
    public void used(Db db, Account account, String action, Requester from, Changes changes) {
        db.record(CadfEvent.byUnknown(
                        account.name(),
                        from.address(),
                        from.agent(),
                        action,
                        new Target(account.id(), ACCOUNT, account.name(), project(db, account)),
                        clock.instant(),
                        from.requestId())
                .with(changes));
    }

    /** A link that is not good, or not any more: whose it was nobody knows. */
    public void lapsed(Db db, String action, Requester from) {
        db.record(CadfEvent.byUnknown(
                        "unknown",
                        from.address(),
                        from.agent(),
                        action,
                        new Target("unknown", ACCOUNT, null, null),
                        clock.instant(),
                        from.requestId())
                .failed("400", "the link is not good, or was used"));
    }

    private static @Nullable String project(Db db, Account account) {
        return account.defaultProjectId() != null
                ? account.defaultProjectId()
                : db.sql("select min(project_id) from assignment where account_id = ?")
                        .param(account.id())
                        .query((row, n) -> Optional.ofNullable(row.getString(1)))
                        .single()
                        .orElse(null);
    }
}
