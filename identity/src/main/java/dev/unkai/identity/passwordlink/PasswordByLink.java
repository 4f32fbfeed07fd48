package dev.unkai.identity.passwordlink;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.access.Nobody;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.account.Passwords;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.auth.LoginThrottle;
import dev.unkai.identity.auth.Requester;
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
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Uses links: a forgotten password is set anew, an issued one is made and shown. Both end all sessions of the account, tell its owner by mail, and
 * leave none of its links good. A second factor stays what it is, and is asked for at the log-in.
 */
@Component
final class PasswordByLink {
    private static final Duration ISSUED_LIFE = Duration.ofDays(7);
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
        this.rights = rights;
        this.history = history;
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
            MailAddress address = address(account)
                    .orElseThrow(() -> Refusal.conflict(
                            "The user has no registered mail address that a link could be sent to. Enter one first."));
            accounts.update(db, account.withLockedPassword());
            links.forget(db, id);
            PasswordLinks.Made link = links.make(db, id, Purpose.ISSUE, ISSUED_LIFE);
            mails.post(
                    db,
                    new Mail(
                            "password-issued",
                            language,
                            address,
                            Map.of("user", account.name(), "domain", account.domainName()),
                            Map.of("token", link.token()),
                            link.endsAt()));
            history.record(
                    db,
                    caller,
                    "issue-password",
                    new History.Thing(
                            "user", account.id(), account.name(), account.domainId(), account.defaultProjectId()));
        });
    }

    private Account holder(String token, Purpose purpose, String action, Requester from) {
        Optional<Account> holder = transactions.<Optional<Account>>asCaller(Nobody.YET, db -> {
            Optional<Account> account = links.find(db, token, purpose)
                    .flatMap(link -> accounts.byId(db, link.accountId()))
                    .filter(Account::usable);
            if (account.isEmpty()) {
                events.lapsed(db, action, from);
            }
            return account;
        });
        return holder.orElseThrow(PasswordByLink::lapsed);
    }

    private void use(String token, Purpose purpose, String action, String hash, Language language, Requester from) {
        transactions.doAsCaller(Nobody.YET, db -> {
            PasswordLink link = links.take(db, token, purpose).orElseThrow(PasswordByLink::lapsed);
            Account account = accounts.forChange(db, link.accountId())
                    .filter(Account::usable)
                    .orElseThrow(PasswordByLink::lapsed);
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
        address(account)
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

    private static Optional<MailAddress> address(Account account) {
        String email = account.email();
        return email == null ? Optional.empty() : MailAddress.parse(email);
    }

    private static Refusal lapsed() {
        return new Refusal(
                Refusal.Kind.INVALID,
                "LinkLapsed",
                "This link is not good any more: it was used, it has ended, or a newer one was made. Ask for a new one.");
    }
}
