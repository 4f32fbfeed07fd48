package dev.unkai.web.mail;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What {@code etc/PROCESS.local.yaml} says about mail. Without a host nothing is sent: mails stay in the outbox, where operators read them.
 *
 * @param host the relay's name; it must be the one in its certificate
 * @param port 587 (submission, RFC 6409) unless said otherwise
 * @param security how the way to the relay is protected
 * @param user who to log in as at the relay, with the password; null: nobody
 * @param authority PEM file of the authority that the relay's certificate comes from; null: those that Java knows
 * @param from the sender of all mails, {@code no-reply@} the service's own name unless said otherwise
 * @param serviceName how the service calls itself in mails
 * @param giveUpAfter how long sending is tried, counted from the first try (RFC 5321 section 4.5.4.1 says four to five days)
 * @param keep how long settled mails stay in the outbox
 */
@ConfigurationProperties("unkai.mail")
public record MailSettings(
        @Nullable String host,
        @DefaultValue("587") int port,
        @DefaultValue("starttls") Security security,
        @Nullable String user,
        @Nullable String password,
        @Nullable Path authority,
        @Nullable String from,
        @DefaultValue("Unkai") String serviceName,
        @DefaultValue("4d") Duration giveUpAfter,
        @DefaultValue("90d") Duration keep) {
    /** The way to the relay: TLS after {@code STARTTLS} (RFC 3207) or at once (RFC 8314), or none for a relay on this machine. */
    public enum Security {
        STARTTLS,
        TLS,
        NONE
    }

    public MailSettings {
        if ((user == null) != (password == null)) {
            throw new IllegalArgumentException("unkai.mail.user and unkai.mail.password come together.");
        }
        if (user != null && security == Security.NONE) {
            throw new IllegalArgumentException(
                    "unkai.mail.security is none, and a password is not sent in the clear: use starttls or tls.");
        }
    }

    /** Whether there is a relay to send by. */
    public boolean isConfigured() {
        return host != null && !host.isBlank();
    }

    /** The relay for people, {@code name:port}; empty without one. */
    public Optional<String> relay() {
        return isConfigured() ? Optional.of(host + ":" + port) : Optional.empty();
    }

    MailAddress sender(URI publicUrl) {
        String text = from != null ? from : "no-reply@" + named(publicUrl.getHost());
        return MailAddress.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("unkai.mail.from names \"" + text
                        + "\", which is no mail address such as no-reply@cloud.example."));
    }

    /** A name for a service that is known by an address or a bare name only: on one machine, for evaluation. */
    private static String named(@Nullable String host) {
        return host != null && host.contains(".") && !host.matches("[0-9.]+") ? host : "unkai.invalid";
    }

    @Override
    public String toString() {
        return relay().orElse("no relay");
    }
}
