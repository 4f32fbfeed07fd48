package dev.unkai.identity.passwordlink;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.openapi.Shape;
import dev.unkai.identity.access.Nobody;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountMails;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.account.Passwords;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.auth.LoginThrottle;
import dev.unkai.identity.auth.Requester;
import dev.unkai.identity.domain.PlanRuleStore;
import dev.unkai.identity.domain.PlanRules.Credentials;
import dev.unkai.identity.event.History;
import dev.unkai.identity.passwordlink.PasswordLink.Purpose;
import dev.unkai.identity.token.RevocationLog;
import dev.unkai.web.mail.Mail;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.web.mail.MailOutbox;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.Revocations.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes and uses links: a first or forgotten password is chosen by its owner, an issued one is made when the seal is broken and shown that once, so that nobody
 * else has seen it. Both end all sessions of the account, tell its owner by mail, and leave none of its links good. A second factor stays what it is, and is asked for at the log-in.
 */
@Component
public final class PasswordByLink {
    private static final Duration SEALED_LIFE = Duration.ofDays(7);
    /** Of a link that was sent by whoever manages the account, where no plan says otherwise. */
    private static final Duration SENT_LIFE = Duration.ofMinutes(30);
    /** 120 bits in 20 characters. */
    private static final int ISSUED_BYTES = 15;

    private final Transactions transactions;
    private final AccountStore accounts;
    private final Passwords passwords;
    private final PasswordLinks links;
    private final LinkEvents events;
    private final LoginThrottle throttle;
    private final RevocationLog revocations;
    private final MailOutbox mails;
    private final AccountMails news;
    private final PlanRuleStore plans;
    private final Rights rights;
    private final History history;

    PasswordByLink(
            Transactions transactions,
            AccountStore accounts,
            Passwords passwords,
            PasswordLinks links,
            LinkEvents events,
            LoginThrottle throttle,
            RevocationLog revocations,
            MailOutbox mails,
            AccountMails news,
            PlanRuleStore plans,
            Rights rights,
            History history) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.passwords = passwords;
        this.links = links;
        this.events = events;
        this.throttle = throttle;
        this.revocations = revocations;
        this.mails = mails;
        this.news = news;
        this.plans = plans;
        this.rights = rights;
        this.history = history;
    }

    /** What the holder of a link is told before it is used. */
    @Shape(name = "SealedCredential")
    record Sealed(String contract, String user, boolean issued, Instant expiresAt) {}

    /** What he has afterwards; {@code password} only where it was made here. */
    @Shape(name = "OpenedCredential")
    record Opened(String contract, String user, @Nullable String password) {
        @Override
        public String toString() {
            return user + "@" + contract;
        }
    }

    private record Held(PasswordLink link, Account account) {}

    /** Seals a newcomer's first password and sends the link, in the transaction that makes the account. */
    public void sendFirst(Db db, Account account, MailAddress to, Language language, boolean issued) {
        PasswordLinks.Made link = linkTo(db, account, issued ? Purpose.ISSUE : Purpose.RESET, SEALED_LIFE);
        mails.post(
                db,
                new Mail(
                        issued ? "first-password-issued" : "first-password-own",
                        language,
                        to,
                        Map.of(
                                "person", account.description(),
                                "contract", account.domainName(),
                                "user", account.name(),
                                "days", String.valueOf(SEALED_LIFE.toDays())),
                        Map.of("token", link.token()),
                        link.endsAt()));
    }

    /** Changes nothing. Throws a refusal for a link that is not good. */
    Sealed look(String token, Requester from) {
        Held held = held(token, "open-password", from);
        return new Sealed(
                held.account.domainName(),
                held.account.name(),
                held.link.purpose() == Purpose.ISSUE,
                held.link.endsAt());
    }

    /** @param chosen the owner's own password, where he chooses it. Throws a refusal as {@link #reset} and {@link #open} do. */
    Opened first(String token, @Nullable String chosen, Requester from) {
        Held held = held(token, "open-password", from);
        Account account = held.account;
        Language language = transactions.asCaller(Nobody.YET, db -> news.language(db, account));
        return switch (held.link.purpose()) {
            case ISSUE -> new Opened(account.domainName(), account.name(), open(token, language, from));
            case RESET -> {
                if (chosen == null) {
                    throw Refusal.invalid("Choose a password: the field \"password\" is missing.");
                }
                reset(token, chosen, language, from);
                yield new Opened(account.domainName(), account.name(), null);
            }
        };
    }

    /** Sets a new password. Throws a refusal for a link that is not good, and for a password that will not do: the link is good then for another one. */
    void reset(String token, String fresh, Language language, Requester from) {
        Account seen = holder(token, Purpose.RESET, "reset-password", from);
        if (transactions.<Boolean>asCaller(Nobody.YET, db -> passwords.isIssued(db, seen))) {
            throw lapsed();
        }
        String hash = passwords.acceptable(Nobody.YET, seen, fresh);
        use(token, Purpose.RESET, "reset-password", hash, language, from);
    }

    /** Makes a password and shows it, once. Throws a refusal for a link that is not good, or was opened. */
    String open(String token, Language language, Requester from) {
        Account seen = holder(token, Purpose.ISSUE, "open-password", from);
        String password = Ids.secret(ISSUED_BYTES);
        use(token, Purpose.ISSUE, "open-password", passwords.acceptable(Nobody.YET, seen, password), language, from);
        return password;
    }

    /**
     * An operator issues a password: its link goes to the registered address and is good for a week. Its owner cannot change the password from now on.
     * Throws a refusal without a registered address.
     */
    void issue(Caller caller, String id, Language language) {
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Account account = accounts.forChange(db, id).orElseThrow(() -> ApiErrors.absent("user", id));
            issue(db, caller, account, language);
        });
    }

    private void issue(Db db, Caller caller, Account account, Language language) {
        accounts.update(db, account.withLockedPassword());
        PasswordLinks.Made link = linkTo(db, account, Purpose.ISSUE, SEALED_LIFE);
        post(db, account, "password-issued", language, Map.of(), link);
        record(db, caller, "issue-password", account);
    }

    /**
     * Whoever manages the account sends its owner a link: to a password that is made for him where the provider makes them, else by which he chooses one. Those
     * sent before are not good any more. Throws a refusal without a registered address, and for a master where the provider makes passwords.
     *
     * @param account taken for a change that the caller may make
     */
    public void send(Db db, Caller caller, Account account) {
        if (accounts.isFederated(db, account.id())) {
            throw new Refusal(
                    Refusal.Kind.FORBIDDEN,
                    "FederatedPassword",
                    "This user signs in through the contract's identity provider and has no password here.");
        }
        Language language = news.language(db, account);
        if (passwords.isIssued(db, account)) {
            if (!caller.isAdmin()) {
                throw new Refusal(
                        Refusal.Kind.FORBIDDEN,
                        "IssuedPasswords",
                        "The provider issues the password of this user. Ask the provider to send a new one.");
            }
            issue(db, caller, account, language);
            return;
        }
        Duration life = plans.of(db, account.domainId())
                .map(rules -> rules.credentials() instanceof Credentials.Own(Duration own) ? own : SENT_LIFE)
                .orElse(SENT_LIFE);
        PasswordLinks.Made link = linkTo(db, account, Purpose.RESET, life);
        Map<String, String> more = Map.of("minutes", String.valueOf(life.toMinutes()));
        post(db, account, "password-link", language, more, link);
        record(db, caller, "send-password-link", account);
    }

    private PasswordLinks.Made linkTo(Db db, Account account, Purpose purpose, Duration life) {
        links.forget(db, account.id());
        return links.make(db, account.id(), purpose, life);
    }

    private void post(
            Db db,
            Account account,
            String template,
            Language language,
            Map<String, String> more,
            PasswordLinks.Made link) {
        MailAddress to = AccountMails.address(account)
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.CONFLICT,
                        "NoAddress",
                        "The user has no registered mail address that a link could be sent to. Enter one first."));
        Map<String, String> values = new HashMap<>(more);
        values.putAll(Map.of("user", account.name(), "domain", account.domainName()));
        mails.post(db, new Mail(template, language, to, values, Map.of("token", link.token()), link.endsAt()));
    }

    private void record(Db db, Caller caller, String action, Account account) {
        history.record(
                db,
                caller,
                action,
                new History.Thing(
                        "user", account.id(), account.name(), account.domainId(), account.defaultProjectId()));
    }

    private Account holder(String token, Purpose purpose, String action, Requester from) {
        Held held = held(token, action, from);
        if (held.link.purpose() != purpose) {
            throw lapsed();
        }
        return held.account;
    }

    private Held held(String token, String action, Requester from) {
        Optional<Held> found = transactions.<Optional<Held>>asCaller(Nobody.YET, db -> {
            Optional<Held> held = links.find(db, token)
                    .flatMap(link -> accounts.byId(db, link.accountId())
                            .filter(Account::usable)
                            .map(account -> new Held(link, account)));
            if (held.isEmpty()) {
                events.lapsed(db, action, from);
            }
            return held;
        });
        return found.orElseThrow(PasswordByLink::lapsed);
    }

    private void use(String token, Purpose purpose, String action, String hash, Language language, Requester from) {
        transactions.doAsCaller(Nobody.YET, db -> {
            PasswordLink link = links.take(db, token, purpose).orElseThrow(PasswordByLink::lapsed);
            Account account = accounts.forChange(db, link.accountId())
                    .filter(Account::usable)
                    .orElseThrow(PasswordByLink::lapsed);
            if (purpose == Purpose.ISSUE) {
                // Only the provider gives this account another one.
                accounts.update(db, account.withLockedPassword());
            }
            passwords.replace(db, account, hash);
            links.forget(db, account.id());
            // Whoever guessed before does not keep its owner waiting.
            throttle.succeeded(db, "account:" + account.id());
            tell(db, account, language, from);
            events.used(db, account, action, from);
            revocations.revoke(db, Subject.USER, account.id());
        });
    }

    private void tell(Db db, Account account, Language language, Requester from) {
        AccountMails.address(account)
                .ifPresent(address -> mails.post(
                        db,
                        Mail.open(
                                "password-changed",
                                language,
                                address,
                                Map.of(
                                        "user", account.name(),
                                        "domain", account.domainName(),
                                        "address", from.address()))));
    }

    private static Refusal lapsed() {
        return new Refusal(
                Refusal.Kind.INVALID,
                "LinkLapsed",
                "This link is not good any more: it was used, it has ended, or a newer one was made. Ask for a new one.");
    }
}
