package dev.unkai.identity.account;

import dev.unkai.base.access.Role;
import dev.unkai.base.data.Db;
import dev.unkai.identity.breakglass.ContractGrants;
import dev.unkai.identity.domain.Domain;
import dev.unkai.web.mail.Mail;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.web.mail.MailOutbox;
import dev.unkai.wire.token.Caller;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Tells a contract's master users at once, by mail, how the provider's people change who belongs to it: a new user, another address. */
@Component
public final class MasterMails {
    /** What is told. */
    public enum News {
        MADE("user-made-by-provider"),
        /** It was made by one person, and waits for a second. */
        WAITS("user-waits-at-provider"),
        ADDRESS("address-set-by-provider");

        private final String template;

        News(String template) {
            this.template = template;
        }
    }

    private record Master(MailAddress address, Language language) {}

    private final MailOutbox mails;

    MasterMails(MailOutbox mails) {
        this.mails = mails;
    }

    /** In the transaction that does it. Nothing where the caller is one of the contract's own. */
    public void tell(Db db, Caller caller, Account account, News news) {
        if (account.domainId().equals(Domain.DEFAULT_ID) || !ContractGrants.isProviders(caller)) {
            return;
        }
        masters(db, account)
                .forEach(master -> mails.post(
                        db,
                        Mail.open(
                                news.template,
                                master.language(),
                                master.address(),
                                Map.of(
                                        "operator",
                                        caller.token().userName(),
                                        "user",
                                        account.name(),
                                        "domain",
                                        account.domainName(),
                                        "address",
                                        Objects.requireNonNullElse(account.email(), "–")))));
    }

    /** Those who can log in and have an address, whom it is about apart. */
    private static Stream<Master> masters(Db db, Account about) {
        return db
                .sql("""
                        select distinct a.email, coalesce(a.language, 'en') as language from account a
                          join assignment s on s.account_id = a.id and s.domain_id = a.domain_id
                          join role r on r.id = s.role_id and r.domain_id is null
                         where a.domain_id = :domain and a.enabled and a.id <> :id and a.email is not null
                           and r.name = any (:masters)
                         order by 1
                        """)
                .param("domain", about.domainId())
                .param("id", about.id())
                .param(
                        "masters",
                        Stream.of(Role.MASTER, Role.MANAGER).map(Role::wireName).toArray(String[]::new))
                .query((row, _) -> {
                    Language language = Language.of(row.getString("language")).orElse(Language.EN);
                    return MailAddress.parse(row.getString("email")).map(address -> new Master(address, language));
                })
                .list()
                .stream()
                .flatMap(Optional::stream);
    }
}
