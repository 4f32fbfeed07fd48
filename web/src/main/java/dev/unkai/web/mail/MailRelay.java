package dev.unkai.web.mail;

import dev.unkai.base.tls.PemFiles;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import java.util.UUID;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/** Hands mails to the relay by SMTP (RFC 5321), and says what became of them. */
final class MailRelay {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int ANSWER_MILLIS = 30_000;
    private static final int LONGEST_REASON = 300;

    private final Session session;
    private final MailSettings settings;
    private final MailAddress sender;

    /** A whole mail, with its secrets in their places. {@code toString} leaves the body out. */
    record Letter(UUID id, String language, String recipient, String subject, String body, Instant posted) {
        @Override
        public String toString() {
            return "mail " + id;
        }
    }

    /** What became of a try. */
    sealed interface Outcome {
        record Sent() implements Outcome {}

        /** @param ofRelay whether the relay takes nothing from us now, so that no other mail need be tried */
        record Later(String reason, boolean ofRelay) implements Outcome {}

        record Never(String reason) implements Outcome {}
    }

    MailRelay(MailSettings settings, MailAddress sender) {
        this.settings = settings;
        this.sender = sender;
        this.session = Session.getInstance(properties(settings, sender), login(settings));
    }

    private static Properties properties(MailSettings settings, MailAddress sender) {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", String.valueOf(settings.host()));
        properties.put("mail.smtp.port", String.valueOf(settings.port()));
        properties.put("mail.smtp.from", sender.value());
        properties.put("mail.smtp.localhost", domain(sender));
        properties.put("mail.smtp.connectiontimeout", String.valueOf(CONNECT_MILLIS));
        properties.put("mail.smtp.timeout", String.valueOf(ANSWER_MILLIS));
        properties.put("mail.smtp.writetimeout", String.valueOf(ANSWER_MILLIS));
        properties.put("mail.smtp.auth", String.valueOf(settings.user() != null));
        properties.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        switch (settings.security()) {
            case STARTTLS -> {
                properties.put("mail.smtp.starttls.enable", "true");
                // A relay that does not offer it, or somebody on the way who hides the offer, gets nothing.
                properties.put("mail.smtp.starttls.required", "true");
            }
            case TLS -> properties.put("mail.smtp.ssl.enable", "true");
            case NONE -> {}
        }
        if (settings.authority() != null) {
            properties.put(
                    "mail.smtp.ssl.socketFactory",
                    PemFiles.trusting(settings.authority()).getSocketFactory());
        }
        return properties;
    }

    private static @Nullable Authenticator login(MailSettings settings) {
        return settings.user() == null
                ? null
                : new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        return new PasswordAuthentication(settings.user(), settings.password());
                    }
                };
    }

    Outcome send(Letter letter) {
        try {
            Transport.send(message(letter));
            return new Outcome.Sent();
        } catch (MessagingException e) {
            return outcome(e);
        }
    }

    private MimeMessage message(Letter letter) throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                // The same at each try: who gets the mail twice, because we died before we knew that it was sent, can
                // tell.
                setHeader("Message-ID", "<" + letter.id() + "@" + domain(sender) + ">");
            }
        };
        try {
            message.setFrom(new InternetAddress(sender.value(), settings.serviceName(), "UTF-8"));
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
        message.setRecipient(RecipientType.TO, new InternetAddress(letter.recipient(), true));
        message.setSubject(letter.subject(), "UTF-8");
        message.setSentDate(Date.from(letter.posted()));
        message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no answering machine answers
        message.setHeader("Content-Language", letter.language());
        message.setText(letter.body().replace("\n", "\r\n"), StandardCharsets.UTF_8.name());
        return message;
    }

    /**
     * A refusal for good (5xx) of the recipient or of the mail is the mail's end. Everything else, also a log-in or a sender that the relay refuses,
     * is ours to mend, and the mail waits for that.
     */
    private static Outcome outcome(MessagingException failure) {
        String reason = reason(failure);
        for (Exception cause = failure; cause instanceof MessagingException each; cause = each.getNextException()) {
            if (each instanceof SMTPAddressFailedException refused) {
                return refused.getReturnCode() / 100 == 5
                        ? new Outcome.Never(reason)
                        : new Outcome.Later(reason, false);
            }
            // SMTPSendFailedException is also what comes when the command is not about the mail itself.
            if (each instanceof SMTPSendFailedException refused && isOfData(refused)) {
                return refused.getReturnCode() / 100 == 5
                        ? new Outcome.Never(reason)
                        : new Outcome.Later(reason, false);
            }
        }
        return failure instanceof SendFailedException
                ? new Outcome.Later(reason, false)
                : new Outcome.Later(reason, true);
    }

    /** The end of the data is a line with a dot; the library says so, or names the command before it. */
    private static boolean isOfData(SMTPSendFailedException refused) {
        String command = refused.getCommand();
        return command != null && (command.startsWith(".") || command.startsWith("DATA"));
    }

    /** The innermost words: "the relay said 550 …" says more than "sending failed". */
    private static String reason(MessagingException failure) {
        Throwable innermost = failure;
        while (innermost instanceof MessagingException each && each.getNextException() != null) {
            innermost = each.getNextException();
        }
        String text = String.valueOf(innermost.getMessage())
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        String outer = String.valueOf(failure.getMessage())
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        String whole = innermost == failure || outer.contains(text) ? outer : outer + " " + text;
        return whole.length() > LONGEST_REASON ? whole.substring(0, LONGEST_REASON) : whole;
    }

    private static String domain(MailAddress address) {
        return address.value().substring(address.value().lastIndexOf('@') + 1);
    }
}
