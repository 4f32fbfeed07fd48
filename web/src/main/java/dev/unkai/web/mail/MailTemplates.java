package dev.unkai.web.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts of mails, from {@code mail/TEMPLATE.LANGUAGE.txt}: a line {@code Subject: …}, an empty line, the body. What stands in
 * {@code {braces}} is filled in, once: a value that looks like a name is text.
 */
final class MailTemplates {
    private static final Pattern NAME = Pattern.compile("\\{([a-zA-Z]+)}");
    private static final String SUBJECT = "Subject: ";

    private final Map<String, String> texts = new ConcurrentHashMap<>();

    /** Body and subject as they are kept: secrets have marks in their places. */
    record Rendered(String subject, String body) {}

    /** @param id of the mail: nobody who gives a value knows it, so that no value can pass for a mark */
    Rendered render(Mail mail, UUID id, Map<String, String> everywhere) {
        String text = text(mail.template() + "." + mail.language().tag());
        int end = text.indexOf("\n\n");
        if (!text.startsWith(SUBJECT) || end < 0) {
            throw new IllegalStateException(
                    "The mail template " + mail.template() + " does not begin with its subject.");
        }
        String subject = fill(text.substring(SUBJECT.length(), end), mail, id, everywhere);
        String body = fill(text.substring(end + 2), mail, id, everywhere);
        // A line break in a subject would be the end of the header.
        return new Rendered(subject.replaceAll("\\p{Cntrl}+", " ").strip(), body);
    }

    private static String fill(String text, Mail mail, UUID id, Map<String, String> everywhere) {
        return NAME.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match, mail, id, everywhere)));
    }

    private static String value(MatchResult match, Mail mail, UUID id, Map<String, String> everywhere) {
        String name = match.group(1);
        if (mail.secrets().containsKey(name)) {
            return mark(name, id);
        }
        String value = mail.values().getOrDefault(name, everywhere.get(name));
        if (value == null) {
            throw new IllegalStateException("The mail template " + mail.template() + " asks for {" + name
                    + "}, which is not among " + new TreeSet<>(mail.values().keySet()));
        }
        return value.replace("\r\n", "\n").replaceAll("[\\p{Cntrl}&&[^\\n]]", " ");
    }

    /** What stands for a secret in a body that is kept. */
    static String mark(String secret, UUID id) {
        return "{" + secret + ":" + id + "}";
    }

    private String text(String name) {
        return texts.computeIfAbsent(name, MailTemplates::read);
    }

    private static String read(String name) {
        try (InputStream in = MailTemplates.class.getResourceAsStream("/mail/" + name + ".txt")) {
            if (in == null) {
                throw new IllegalStateException("There is no mail template " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
