package dev.unkai.identity.address;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.access.Nobody;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountMails;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.account.Passwords;
import dev.unkai.identity.address.AddressChangeStore.Waiting;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.auth.Requester;
import dev.unkai.identity.domain.PlanRuleStore;
import dev.unkai.identity.domain.PlanRules;
import dev.unkai.identity.event.History;
import dev.unkai.identity.factor.FreshProof;
import dev.unkai.identity.passwordlink.LinkEvents;
import dev.unkai.identity.passwordlink.PasswordLinks;
import dev.unkai.web.mail.Mail;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.web.mail.MailOutbox;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * One's own mail address, to which links to a new password go: so it changes only for who shows password and second factor, and only to an address that he
 * reads. Where the provider makes passwords or looks after users, the address is the provider's to change.
 */
@Component
public final class AddressChanges {
    private static final Duration LIFE = Duration.ofMinutes(30);
    /** Nobody writes to strangers through us. */
    private static final int AN_HOUR = 5;

    private final Transactions transactions;
    private final AccountStore accounts;
    private final AddressChangeStore store;
    private final Passwords passwords;
    private final PasswordLinks passwordLinks;
    private final PlanRuleStore plans;
    private final FreshProof proof;
    private final MailOutbox mails;
    private final AccountMails news;
    private final LinkEvents events;
    private final History history;
    private final Clock clock;

    AddressChanges(
            Transactions transactions,
            AccountStore accounts,
            AddressChangeStore store,
            Passwords passwords,
            PasswordLinks passwordLinks,
            PlanRuleStore plans,
            FreshProof proof,
            MailOutbox mails,
            AccountMails news,
            LinkEvents events,
            History history,
            Clock clock) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.store = store;
        this.passwords = passwords;
        this.passwordLinks = passwordLinks;
        this.plans = plans;
        this.proof = proof;
        this.mails = mails;
        this.news = news;
        this.events = events;
        this.history = history;
        this.clock = clock;
    }

    /**
     * How it stands with the caller's address.
     *
     * @param locked whether the provider, or the contract's identity provider, says what it is
     * @param waiting the new one whose link was not opened yet, or null
     */
    public record State(boolean locked, @Nullable Waiting waiting) {
        public @Nullable String email() {
            return waiting == null ? null : waiting.email();
        }
    }

    public State state(Caller caller) {
        return transactions.asCaller(caller, db -> {
            Account account =
                    accounts.byId(db, caller.user()).orElseThrow(() -> ApiErrors.absent("user", caller.user()));
            return new State(
                    locked(db, account).isPresent(),
                    store.waiting(db, account.id(), clock.instant()).orElse(null));
        });
    }

    /** Sends a link to the new address; until it is opened nothing changes. Throws a refusal for a wrong proof, and where the address is not one's own to change. */
    void ask(Caller caller, FreshProof.Shown shown, MailAddress fresh) {
        Account seen = proof.password(caller, shown.password());
        AtomicReference<@Nullable Refusal> wrong = new AtomicReference<>();
        transactions.doAsCaller(caller, db -> {
            Account account = accounts.forChange(db, seen.id()).orElseThrow(() -> ApiErrors.absent("user", seen.id()));
            locked(db, account).ifPresent(refusal -> {
                throw refusal;
            });
            wrong.set(proof.second(db, account, shown.second()).orElse(null));
            if (wrong.get() == null) {
                send(db, caller, account, fresh);
            }
        });
        Refusal refusal = wrong.get();
        if (refusal != null) {
            throw proof.wrong(caller, refusal);
        }
    }

    private void send(Db db, Caller caller, Account account, MailAddress fresh) {
        if (fresh.value().equals(account.email())) {
            throw new Refusal(Refusal.Kind.CONFLICT, "SameAddress", "This is the address that is registered already.");
        }
        if (store.since(db, account.id(), clock.instant().minus(Duration.ofHours(1))) >= AN_HOUR) {
            throw new Refusal(
                    Refusal.Kind.TOO_MANY,
                    "TooMany",
                    "Too many addresses were asked for within an hour. Wait a while and try again.");
        }
        String token = store.make(db, account, fresh.value(), clock.instant(), LIFE);
        mails.post(
                db,
                new Mail(
                        "address-confirm",
                        news.language(db, account),
                        fresh,
                        Map.of(
                                "user", account.name(),
                                "domain", account.domainName(),
                                "minutes", String.valueOf(LIFE.toMinutes())),
                        Map.of("token", token),
                        clock.instant().plus(LIFE)));
        history.record(db, caller, "ask-address", thing(account), Map.of("email", fresh.value()));
    }

    /** Whoever reads the new address has opened the link. Throws a refusal for one that is not good. */
    void confirm(String token, Requester from) {
        boolean done = transactions.<Boolean>asCaller(Nobody.YET, db -> {
            Optional<Waiting> taken = store.take(db, token, clock.instant());
            Optional<Account> found = taken.flatMap(waiting ->
                    accounts.forChange(db, waiting.accountId()).filter(account -> isStillMeant(db, account, waiting)));
            if (taken.isEmpty() || found.isEmpty()) {
                events.lapsed(db, "confirm-address", from);
                return false;
            }
            change(db, found.get(), taken.get().email(), from);
            return true;
        });
        if (!done) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    "LinkLapsed",
                    "This link is not good any more: it was used, it has ended, or a newer one was made. Ask for a new one"
                            + " under My account.");
        }
    }

    /** Not where the address or the password was set anew since: by an owner who lost both for a while, or by whoever helps him. */
    private boolean isStillMeant(Db db, Account account, Waiting waiting) {
        return account.usable()
                && Objects.equals(account.email(), waiting.former())
                && accounts.passwordSetAt(db, account.id())
                        .filter(at -> at.isBefore(waiting.madeAt()))
                        .isPresent()
                && locked(db, account).isEmpty();
    }

    private void change(Db db, Account account, String email, Requester from) {
        // Whoever reads the former address gets in by none of the links that went there.
        passwordLinks.forget(db, account.id());
        store.end(db, account.id(), clock.instant());
        accounts.update(db, account.withEmail(email));
        AccountMails.address(account)
                .ifPresent(former -> mails.post(
                        db,
                        Mail.open(
                                "address-changed",
                                news.language(db, account),
                                former,
                                Map.of(
                                        "user", account.name(),
                                        "domain", account.domainName(),
                                        "email", email,
                                        "address", from.address()))));
        events.used(db, account, "confirm-address", from, Changes.of("email", account.email(), email));
    }

    /** Why the account's owner does not change the address, if he does not. */
    private Optional<Refusal> locked(Db db, Account account) {
        if (accounts.isFederated(db, account.id())) {
            return Optional.of(new Refusal(
                    Refusal.Kind.FORBIDDEN,
                    "FederatedAddress",
                    "The address comes from your organisation's identity provider. Change it there."));
        }
        boolean ofProvider = passwords.isIssued(db, account)
                || plans.of(db, account.domainId())
                        .filter(PlanRules::leavesUsersToProvider)
                        .isPresent();
        return ofProvider
                ? Optional.of(new Refusal(
                        Refusal.Kind.FORBIDDEN,
                        "LockedAddress",
                        "The address of this account is changed by whoever issues its password. Ask the provider."))
                : Optional.empty();
    }

    private static History.Thing thing(Account account) {
        return new History.Thing("user", account.id(), account.name(), account.domainId(), account.defaultProjectId());
    }
}
