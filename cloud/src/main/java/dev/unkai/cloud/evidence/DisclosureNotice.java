package dev.unkai.cloud.evidence;

import dev.unkai.cloud.evidence.Disclosure.Answer;
import dev.unkai.web.mail.Mail;
import dev.unkai.web.mail.MailAddress;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/** The mail that tells a customer of a request for his data, and what was decided. */
final class DisclosureNotice {
    private DisclosureNotice() {}

    static Mail of(Disclosure about, MailAddress email, Mail.Language language) {
        Answer answer = about.proposal();
        boolean ja = language == Mail.Language.JA;
        // A day that a Japanese letter names is one of Japan.
        ZoneId zone = ja ? ZoneId.of("Asia/Tokyo") : ZoneOffset.UTC;
        String word = switch (answer == null ? Answer.REFUSED : answer) {
            case GRANTED -> ja ? "開示する" : "granted";
            case PARTLY -> ja ? "一部を開示する" : "granted in part";
            case REFUSED -> ja ? "開示しない" : "refused";
        };
        return Mail.open(
                "disclosure-notice",
                language,
                email,
                Map.of(
                        "number", about.reference(),
                        "requester", about.request().requester(),
                        "received", day(about.request().receivedAt(), zone),
                        "basis", about.request().legalBasis(),
                        "scope", about.request().scope(),
                        "answer", word,
                        "decided", day(about.decidedAt() == null ? about.recordedAt() : about.decidedAt(), zone)));
    }

    private static String day(Instant time, ZoneId zone) {
        return LocalDate.ofInstant(time, zone).toString();
    }
}
