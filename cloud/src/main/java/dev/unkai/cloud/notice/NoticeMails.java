package dev.unkai.cloud.notice;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.contract.ContractMail;
import dev.unkai.cloud.contract.ContractMail.Addressee;
import dev.unkai.cloud.notice.Notice.Content;
import dev.unkai.web.mail.Mail;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailOutbox;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A notice by mail: one to each contract that it is for, in the language of its contact, in the transaction that publishes it. */
@Component
class NoticeMails {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    private final ContractMail contracts;
    private final MailOutbox outbox;

    NoticeMails(ContractMail contracts, MailOutbox outbox) {
        this.contracts = contracts;
        this.outbox = outbox;
    }

    /** Returns how many. */
    int post(Db db, Notice notice) {
        Content content = notice.content();
        Set<String> chosen = Set.copyOf(content.projects());
        List<Addressee> reached = contracts.all(db).stream()
                .filter(one -> content.everyone() || chosen.contains(one.project()))
                .toList();
        reached.forEach(one -> outbox.post(db, mail(notice, one)));
        return reached.size();
    }

    private static Mail mail(Notice notice, Addressee to) {
        Content content = notice.content();
        boolean ja = to.language() == Language.JA;
        return Mail.open(
                notice.version() == 1 ? "notice" : "notice-corrected",
                to.language(),
                to.address(),
                Map.of(
                        "reference", notice.reference(),
                        "company", to.company(),
                        "kind", kind(content, ja),
                        "title", ja ? content.titleJa() : content.titleEn(),
                        "text", ja ? content.textJa() : content.textEn(),
                        "until", time(content.shownUntil(), ja)));
    }

    private static String kind(Content content, boolean ja) {
        String word = switch (content.kind()) {
            case MAINTENANCE -> ja ? "メンテナンス" : "Maintenance";
            case INCIDENT -> ja ? "障害" : "Incident";
            case INFORMATION -> ja ? "ご案内" : "Information";
        };
        return content.important() ? (ja ? "重要・" : "Important, ") + word : word;
    }

    private static String time(Instant time, boolean ja) {
        return DateTimeFormatter.ofPattern(
                        ja ? "yyyy年M月d日 HH:mm" : "d MMMM yyyy, HH:mm 'JST'", ja ? Locale.JAPANESE : Locale.ENGLISH)
                .format(time.atZone(JAPAN));
    }
}
