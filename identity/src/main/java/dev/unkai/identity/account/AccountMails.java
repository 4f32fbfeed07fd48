package dev.unkai.identity.account;

import dev.unkai.base.data.Db;
import dev.unkai.web.mail.Mail;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.web.mail.MailOutbox;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells an account's owner, at the registered address, what somebody else did to the account. Who has no address is told nothing. */
@Component
public final class AccountMails {
    /** What is told. */
    public enum News {
        DISABLED("account-disabled"),
        ENABLED("account-enabled"),
        REMOVED("account-removed"),
        FACTOR_REMOVED("second-factor-removed");

        private final String template;

        News(String template) {
            this.template = template;
        }
    }

    private final MailOutbox mails;

    AccountMails(MailOutbox mails) {
        this.mails = mails;
    }

    /** In the transaction that does it, and before the account is gone. */
    public void tell(Db db, Account account, News news) {
        address(account)
                .ifPresent(to -> mails.post(
                        db,
                        Mail.open(
                                news.template,
                                language(db, account),
                                to,
                                Map.of("user", account.name(), "domain", account.domainName()))));
    }

    /** The registered address, where it is one that mail can be sent to. */
    public static Optional<MailAddress> address(Account account) {
        return Optional.ofNullable(account.email()).flatMap(MailAddress::parse);
    }

    /** The account's own language, else that of its domain's first user who has one. */
    public Language language(Db db, Account account) {
        return db.sql("""
                        select language from account where domain_id = :domain and language is not null
                         order by id <> :id, created_at, id limit 1
                        """)
                .param("domain", account.domainId())
                .param("id", account.id())
                .query(String.class)
                .optional()
                .flatMap(Language::of)
                .orElse(Language.EN);
    }
}
