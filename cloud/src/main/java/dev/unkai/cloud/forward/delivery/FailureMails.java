package dev.unkai.cloud.forward.delivery;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.contract.ContractMail;
import dev.unkai.cloud.forward.Destination;
import dev.unkai.cloud.forward.send.Trouble;
import dev.unkai.cloud.forward.store.DeliveryStore.Before;
import dev.unkai.web.mail.Desk;
import dev.unkai.web.mail.Mail;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.web.mail.MailOutbox;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Writes to the customer, or to the provider's desk, when a destination takes nothing for an hour, or wants no more. */
@Component
class FailureMails {
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final MailOutbox mails;
    private final ContractMail contracts;
    private final Desk desk;

    FailureMails(MailOutbox mails, ContractMail contracts, Desk desk) {
        this.mails = mails;
        this.contracts = contracts;
        this.desk = desk;
    }

    boolean isDue(Before before, boolean gone) {
        Instant since = before.failingSince();
        return gone || (since != null && !since.plus(PATIENCE).isAfter(before.now()));
    }

    /** To nobody, where no address is known: the console and the history tell it. */
    void post(Db db, Destination destination, Before before, Trouble trouble) {
        if (destination.isProviders()) {
            desk.ifNamed((address, language) -> mails.post(db, mail(language, address, destination, before, trouble)));
        } else {
            contracts
                    .of(db, destination.log())
                    .ifPresent(to -> mails.post(db, mail(to.language(), to.address(), destination, before, trouble)));
        }
    }

    private static Mail mail(
            Language language, MailAddress to, Destination destination, Before before, Trouble trouble) {
        Instant since = Objects.requireNonNullElse(before.failingSince(), before.now());
        return Mail.open(
                "forwarding-failing",
                language,
                to,
                Map.of(
                        "name",
                        destination.name(),
                        "since",
                        since.toString(),
                        "problem",
                        TroubleWords.of(trouble, language)));
    }
}
