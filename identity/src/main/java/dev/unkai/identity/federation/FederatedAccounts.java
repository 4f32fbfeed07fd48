package dev.unkai.identity.federation;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Db;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountOptions;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.api.Extra;
import dev.unkai.identity.api.Texts;
import dev.unkai.identity.federation.FederatedRights.Wanted;
import dev.unkai.identity.token.RevocationLog;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Revocations.Subject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The users that came by an issuer: made at their first sign-in, bound by issuer and subject, with the rights that the mapping gives and no others,
 * each time anew.
 */
@Component
public final class FederatedAccounts {
    private final AccountStore accounts;
    private final FederatedRights rights;
    private final RevocationLog revocations;
    private final Ids ids;
    private final Clock clock;

    FederatedAccounts(AccountStore accounts, FederatedRights rights, RevocationLog revocations, Ids ids, Clock clock) {
        this.accounts = accounts;
        this.rights = rights;
        this.revocations = revocations;
        this.ids = ids;
        this.clock = clock;
    }

    /** What came of it. */
    public sealed interface Entry {
        record Entered(Account account) implements Entry {}

        /** @param account who it is, where he was here before */
        record Denied(Optional<Account> account, String why) implements Entry {}
    }

    /** The account of whom the token is about, with the rights that it has by the token. The provider must be held by the transaction. */
    public Entry enter(Db db, IdentityProvider provider, IdToken token) {
        // Two first sign-ins of one person at once take turns.
        db.sql("select pg_advisory_xact_lock(4743)").query().listOfRows();
        Optional<Account> known = known(db, provider, token.subject());
        Wanted wanted = FederatedRights.wanted(provider.mapping(), token);
        if (wanted.isNothing()) {
            known.ifPresent(account -> {
                if (rights.take(db, account.id())) {
                    revocations.revoke(db, Subject.USER, account.id());
                }
            });
            return new Entry.Denied(known, "the mapping gives no role");
        }
        String project = provider.project();
        if (project == null) {
            return new Entry.Denied(known, "the contract has no project");
        }
        Optional<Account> account = known.isPresent() ? known : made(db, provider, token, project);
        if (account.isEmpty()) {
            return new Entry.Denied(known, "the token has no " + provider.nameClaim() + " to be a name");
        }
        Account entering = account.get();
        if (rights.set(db, provider, entering, project, wanted)) {
            // What the tokens from before say is not true any more.
            revocations.revoke(db, Subject.USER, entering.id());
        }
        return new Entry.Entered(entering);
    }

    private Optional<Account> known(Db db, IdentityProvider provider, String subject) {
        return db.sql("select account_id from federated_account where domain_id = ? and issuer = ? and subject = ?")
                .param(provider.domainId())
                .param(provider.issuer())
                .param(subject)
                .query(String.class)
                .optional()
                .flatMap(id -> accounts.forChange(db, id));
    }

    private Optional<Account> made(Db db, IdentityProvider provider, IdToken token, String project) {
        String name = token.text(provider.nameClaim())
                .map(text -> Texts.shown(text).strip())
                .orElse("");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Account account = new Account(
                ids.nextHex(),
                provider.domainId(),
                provider.domainName(),
                freeName(db, provider, name, token.subject()),
                "",
                null,
                true,
                true,
                project,
                null,
                null,
                AccountOptions.NONE,
                Extra.NONE);
        accounts.insert(db, account);
        db.sql("insert into federated_account (account_id, domain_id, issuer, subject) values (?, ?, ?, ?)")
                .param(account.id())
                .param(provider.domainId())
                .param(provider.issuer())
                .param(token.subject())
                .update();
        db.record(CadfEvent.bySystem(
                        "identity",
                        "create",
                        new CadfEvent.Target(account.id(), "identity/user", account.name(), project),
                        clock.instant(),
                        null)
                .with(Map.of("provider", provider.name(), "subject", Texts.shown(token.subject()))));
        return accounts.forChange(db, account.id());
    }

    /** A name that somebody has here already is not his for having it there: he gets one with a mark of his own. */
    private String freeName(Db db, IdentityProvider provider, String wish, String subject) {
        if (accounts.byName(db, wish, provider.domainId(), null).isEmpty()) {
            return wish;
        }
        String mark = SignInStore.digest(provider.issuer() + "\n" + subject);
        for (int length = 6; ; length += 6) {
            String name = wish + "-" + mark.substring(0, length);
            if (accounts.byName(db, name, provider.domainId(), null).isEmpty()) {
                return name;
            }
        }
    }

    /**
     * Ends all sessions of the provider's users and takes their rights until they sign in again; for who disables or changes it. Call it last in the
     * transaction.
     *
     * @return how many they are
     */
    int endAll(Db db, IdentityProvider provider) {
        List<String> users = db.sql("""
                        select a.id from account a join federated_account f on f.account_id = a.id
                         where f.domain_id = ? and f.issuer = ? order by a.id for update of a
                        """)
                .param(provider.domainId())
                .param(provider.issuer())
                .query(String.class)
                .list();
        for (String user : users) {
            rights.take(db, user);
            revocations.revoke(db, Subject.USER, user);
        }
        return users.size();
    }

    int count(Db db, IdentityProvider provider) {
        return db.sql("select count(*) from federated_account where domain_id = ? and issuer = ?")
                .param(provider.domainId())
                .param(provider.issuer())
                .query(Integer.class)
                .single();
    }
}
