package dev.unkai.identity.user;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Role;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.access.Authority;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountMails;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.account.Accounts;
import dev.unkai.identity.account.Accounts.Newcomer;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.domain.Domain;
import dev.unkai.identity.domain.DomainStore;
import dev.unkai.identity.domain.PlanRuleStore;
import dev.unkai.identity.domain.PlanRules;
import dev.unkai.identity.passwordlink.PasswordByLink;
import dev.unkai.identity.role.UserRoles;
import dev.unkai.identity.user.WaitingAccounts.Waiting;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.wire.token.Caller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who comes to a contract and who leaves it. A master of the contract decides, or the provider where the plan says so; nobody decides about himself, so that
 * a master is left. To disable can be undone, to remove cannot: what the account could log in with ends for good, what it made stays with the project.
 */
@Component
final class ContractUsers {
    private final Transactions transactions;
    private final Accounts accounts;
    private final AccountStore store;
    private final DomainStore domains;
    private final PlanRuleStore plans;
    private final UserRoles roles;
    private final PasswordByLink links;
    private final HoldingStore holdings;
    private final Rights rights;
    private final WaitingAccounts waiting;

    ContractUsers(
            Transactions transactions,
            Accounts accounts,
            AccountStore store,
            DomainStore domains,
            PlanRuleStore plans,
            UserRoles roles,
            PasswordByLink links,
            HoldingStore holdings,
            Rights rights,
            WaitingAccounts waiting) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.store = store;
        this.domains = domains;
        this.plans = plans;
        this.roles = roles;
        this.links = links;
        this.holdings = holdings;
        this.rights = rights;
        this.waiting = waiting;
    }

    /** What the user has and could work with; also for who may look only. */
    Holdings holdings(Caller caller, String id) {
        return transactions.asCaller(caller, db -> {
            Authority authority = rights.of(db, caller);
            Account account = store.byId(db, id).orElseThrow(() -> ApiErrors.absent("user", id));
            authority.need(account.domainId(), ApiErrors.hidden("user", id));
            return holdings.of(db, account);
        });
    }

    /**
     * A user with one role on one project, and a sealed link to the first password on its way to the address. Where one of the provider's people may not do that
     * alone, the user is disabled and the link waits until a second one enables it.
     *
     * @param contract the domain's id, or null: the caller's own
     * @param role by its name, a customer's
     */
    Account create(Caller caller, @Nullable String contract, Newcomer newcomer, String role) {
        return transactions.asCaller(caller, db -> {
            Authority authority = rights.toAdminister(db, caller);
            String id = contract != null
                    ? contract
                    : authority.provider() ? caller.token().userDomainId() : authority.ownDomain();
            authority.need(id, ApiErrors.hidden("domain", id));
            needCustomers(caller, id);
            Domain domain = domains.held(db, id, null).orElseThrow(() -> ApiErrors.absent("domain", id));
            boolean waits = waiting.mustWait(db, caller, id);
            Account account = accounts.add(db, caller, domain, newcomer, waits);
            roles.give(db, caller, account.id(), role, newcomer.projectId());
            if (waits) {
                waiting.add(db, caller, account, newcomer.language());
            } else {
                sendFirst(db, account, newcomer.email(), newcomer.language());
            }
            return account;
        });
    }

    private void sendFirst(Db db, Account account, MailAddress to, Language language) {
        boolean issued =
                plans.of(db, account.domainId()).filter(PlanRules::issued).isPresent();
        links.sendFirst(db, account, to, language, issued);
    }

    /** Asked for again it changes nothing. One that waits for a second person gets its first mail. */
    void enable(Caller caller, String id, boolean enabled) {
        transactions.doAsCaller(caller, db -> {
            Account account = changeable(db, caller, id);
            Optional<Waiting> released = enabled ? waiting.release(db, caller, account) : Optional.empty();
            if (released.isPresent() && !account.enabled()) {
                Account fresh =
                        accounts.release(db, caller, account, released.get().madeName());
                AccountMails.address(fresh)
                        .ifPresent(to -> sendFirst(db, fresh, to, released.get().language()));
                return;
            }
            if (account.enabled() != enabled) {
                accounts.enable(db, caller, account, enabled);
            }
        });
    }

    void remove(Caller caller, String id) {
        transactions.doAsCaller(caller, db -> {
            Account account = changeable(db, caller, id);
            if (holdings.isLastMaster(db, account)) {
                throw new Refusal(
                        Refusal.Kind.CONFLICT,
                        "LastMaster",
                        "This is the contract's last master user who can log in. Make somebody else a master first.");
            }
            accounts.remove(db, caller, account);
        });
    }

    /** A link to a password, for who has none or has lost it: a new one of his own, or an issued one where the provider makes them. */
    void sendPasswordLink(Caller caller, String id) {
        transactions.doAsCaller(caller, db -> links.send(db, caller, changeable(db, caller, id)));
    }

    /** The account, taken for a change that the caller may make; changes of users of one domain take turns. */
    private Account changeable(Db db, Caller caller, String id) {
        Authority authority = rights.toAdminister(db, caller);
        Account seen = store.byId(db, id).orElseThrow(() -> ApiErrors.absent("user", id));
        authority.need(seen.domainId(), ApiErrors.hidden("user", id));
        if (id.equals(caller.user())) {
            throw Refusal.forbidden(
                    "Nobody does this to himself. Ask another master of the contract, or the provider.");
        }
        needCustomers(caller, seen.domainId());
        rights.needNoGreater(db, authority, id);
        db.sql("select pg_advisory_xact_lock(4770, hashtext(?))")
                .param(seen.domainId())
                .query()
                .listOfRows();
        // Of two masters who remove each other at once, the second is none any more.
        if (store.byId(db, caller.user()).filter(Account::usable).isEmpty()) {
            throw Refusal.unauthorized("Your account was disabled or removed meanwhile.");
        }
        return store.forChange(db, id).orElseThrow(() -> ApiErrors.absent("user", id));
    }

    private static void needCustomers(Caller caller, String domain) {
        if (domain.equals(Domain.DEFAULT_ID) && !caller.has(Role.ADMIN)) {
            throw Refusal.forbidden("The provider's own people are looked after by its admins.");
        }
    }
}
