package dev.unkai.web.mail;

import dev.unkai.web.mail.Mail.Language;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The provider's service desk, as a site names it.
 *
 * @param address empty where the site has named none: then nobody is written to
 * @param language that the desk reads
 */
public record Desk(Optional<MailAddress> address, Language language) {
    /** Throws IllegalArgumentException, which names the setting, so that a process with a wrong one does not start. */
    static Desk of(String address, String language) {
        return new Desk(
                address.isEmpty() ? Optional.empty() : Optional.of(new MailAddress(address)),
                Language.of(language)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "unkai.desk-language is \"" + language + "\". Set it to ja or en.")));
    }

    /** Where there is somebody to write to. */
    public void ifNamed(BiConsumer<MailAddress, Language> letter) {
        address.ifPresent(to -> letter.accept(to, language));
    }
}
