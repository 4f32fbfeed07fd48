package dev.unkai.identity.passwordlink;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.account.Passwords;
import dev.unkai.identity.domain.PlanRuleStore;
import dev.unkai.identity.domain.PlanRules.Credentials;
import dev.unkai.identity.passwordlink.PasswordLink.Purpose;
import dev.unkai.identity.passwordlink.ResetWishes.Wish;
import dev.unkai.web.mail.Mail;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.web.mail.MailOutbox;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Turns wishes for a new password into mails, where there is such an account with a registered address. One wish is one transaction. */
@Component
final class ResetMails implements Reconciler {
    static final String CHANNEL = "reset-wish";
    /** Where no plan says otherwise. */
    static final Duration LIFE = Duration.ofMinutes(30);
    /** Unused links within the hour: a mailbox is not flooded by strangers. */
    private static final int MOST_BY_ACCOUNT = 3;

    private final Transactions transactions;
    private final ResetWishes wishes;
    private final PasswordLinks links;
    private final LinkEvents events;
    private final AccountStore accounts;
    private final Passwords passwords;
    private final PlanRuleStore plans;
    private final MailOutbox mails;
    private final Clock clock;

    ResetMails(
            Transactions transactions,
            ResetWishes wishes,
            PasswordLinks links,
            LinkEvents events,
            AccountStore accounts,
            Passwords passwords,
            PlanRuleStore plans,
            MailOutbox mails,
            Clock clock) {
        this.transactions = transactions;
        this.wishes = wishes;
        this.links = links;
        this.events = events;
        this.accounts = accounts;
        this.passwords = passwords;
        this.plans = plans;
        this.mails = mails;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "reset-mails";
    }

    @Override
    public String channel() {
        return CHANNEL;
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(10);
    }

    @Override
    public boolean step() {
        return transactions.<Boolean>asSystem(db -> {
            Optional<Wish> wish = wishes.next(db);
            wish.ifPresent(one -> {
                answer(db, one);
                wishes.done(db, one);
            });
            return wish.isPresent();
        });
    }

    private Duration life(Db db, Account account) {
        return plans.of(db, account.domainId())
                .map(rules -> rules.credentials() instanceof Credentials.Own(Duration life) ? life : LIFE)
                .orElse(LIFE);
    }

    private void answer(Db db, Wish wish) {
        Optional<Account> found =
                accounts.byName(db, wish.account(), null, wish.domain()).filter(Account::usable);
        if (found.isEmpty()) {
            events.refused(db, wish, Optional.empty(), "no such account");
            return;
        }
        Account account = accounts.forChange(db, found.get().id()).orElseThrow();
        String email = account.email();
        Optional<MailAddress> address = email == null ? Optional.empty() : MailAddress.parse(email);
        if (address.isEmpty()) {
            events.refused(db, wish, found, "no registered mail address");
            return;
        }
        if (links.since(db, account.id(), Purpose.RESET, clock.instant().minus(Duration.ofHours(1)))
                >= MOST_BY_ACCOUNT) {
            events.refused(db, wish, found, "asked for too often");
            return;
        }
        Map<String, String> who =
                Map.of("user", account.name(), "domain", account.domainName(), "address", wish.address());
        if (passwords.isIssued(db, account)) {
            events.refused(db, wish, found, "its password is issued to it");
            mails.post(db, Mail.open("password-not-yours", wish.language(), address.get(), who));
            return;
        }
        Duration life = life(db, account);
        PasswordLinks.Made link = links.make(db, account.id(), Purpose.RESET, life);
        mails.post(
                db,
                new Mail(
                        "password-reset",
                        wish.language(),
                        address.get(),
                        Map.of(
                                "user", account.name(),
                                "domain", account.domainName(),
                                "address", wish.address(),
                                "minutes", String.valueOf(life.toMinutes())),
                        Map.of("token", link.token()),
                        link.endsAt()));
        events.asked(db, wish, account);
    }
}
