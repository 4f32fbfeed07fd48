package dev.unkai.web.mail;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mail that shall be sent.
 *
 * @param template its text: {@code mail/TEMPLATE.LANGUAGE.txt} on the class path
 * @param values what stands for the template's {@code {names}}; anybody who may see the outbox may read them
 * @param secrets the same for single-use links: shown nowhere, and gone once the mail is sent or good for nothing
 * @param goodUntil when it is no use any more, such as when its link ends; null: it never is
 */
public record Mail(
        String template,
        Language language,
        MailAddress to,
        Map<String, String> values,
        Map<String, String> secrets,
        @Nullable Instant goodUntil) {
    /** The languages that mails are written in. */
    public enum Language {
        JA,
        EN;

        /** As in file names and APIs: {@code ja}. */
        public String tag() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Language> of(@Nullable String tag) {
            for (Language language : values()) {
                if (language.tag().equals(tag)) {
                    return Optional.of(language);
                }
            }
            return Optional.empty();
        }
    }

    public Mail {
        values = Map.copyOf(values);
        secrets = Map.copyOf(secrets);
    }

    /** A mail without a secret. */
    public static Mail open(String template, Language language, MailAddress to, Map<String, String> values) {
        return new Mail(template, language, to, values, Map.of(), null);
    }

    @Override
    public String toString() {
        return template + " in " + language.tag();
    }
}
