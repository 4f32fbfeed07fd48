package dev.unkai.web.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a mail goes to: one address as every relay takes it (RFC 5321 section 4.1.2, without quotes and without address literals). Only the domain
 * is made lower case; whether the part before the @ counts as the same is its owner's to say.
 */
public record MailAddress(String value) {
    /** RFC 5321 section 4.5.3.1.3, less the brackets. */
    public static final int LONGEST = 254;

    private static final int LONGEST_LOCAL = 64;
    private static final Pattern LOCAL =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** The address in the text, without space around it; empty when it is none. */
    public static Optional<MailAddress> parse(String text) {
        String address = text.strip();
        int at = address.lastIndexOf('@');
        if (at < 1 || address.length() > LONGEST || at > LONGEST_LOCAL) {
            return Optional.empty();
        }
        String local = address.substring(0, at);
        Optional<String> domain = domain(address.substring(at + 1));
        if (domain.isEmpty() || !LOCAL.matcher(local).matches()) {
            return Optional.empty();
        }
        try {
            String whole = local + "@" + domain.get();
            new InternetAddress(whole, true).validate();
            return whole.length() > LONGEST ? Optional.empty() : Optional.of(new MailAddress(whole));
        } catch (AddressException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> domain(String text) {
        try {
            return Optional.of(IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT))
                    .filter(domain -> DOMAIN.matcher(domain).matches());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Shortened, for what others than its owner and the operator get to read: {@code y…@example.jp}. */
    public String shortened() {
        return value.charAt(0) + "…" + value.substring(value.lastIndexOf('@'));
    }

    @Override
    public String toString() {
        return value;
    }
}
