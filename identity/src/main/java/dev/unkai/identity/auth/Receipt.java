package dev.unkai.identity.auth;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody has shown at a log-in that lacked something, so that he shows the rest alone (Identity v3, auth receipts).
 *
 * @param methods what was shown, as rules name it
 * @param text as it stands in the header {@code Openstack-Auth-Receipt}; what it says is worth nothing before
 *     {@link Receipts} has looked at its seal
 */
record Receipt(String accountId, List<String> methods, Instant issuedAt, Instant expiresAt, String text) {
    static final String HEADER = "Openstack-Auth-Receipt";

    private static final int LONGEST = 1_024;
    private static final Pattern WORDS = Pattern.compile("1 (\\S{1,64}) ([a-z0-9,]{1,99}) (\\d{1,12}) (\\d{1,12})");

    Receipt {
        methods = List.copyOf(methods);
    }

    /** What its text says, sealed by nobody yet. */
    static String words(String accountId, List<String> methods, Instant issuedAt, Instant expiresAt) {
        return "1 " + accountId + " " + String.join(",", methods) + " " + issuedAt.getEpochSecond() + " "
                + expiresAt.getEpochSecond();
    }

    /** What the text claims; empty when it is none of ours. */
    static Optional<Receipt> read(String text) {
        int dot = text.indexOf('.');
        if (dot < 0 || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            Matcher words = WORDS.matcher(
                    new String(Base64.getUrlDecoder().decode(text.substring(0, dot)), StandardCharsets.UTF_8));
            return words.matches()
                    ? Optional.of(new Receipt(
                            words.group(1),
                            List.of(words.group(2).split(",")),
                            Instant.ofEpochSecond(Long.parseLong(words.group(3))),
                            Instant.ofEpochSecond(Long.parseLong(words.group(4))),
                            text))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Its text is a proof. */
    @Override
    public String toString() {
        return "receipt of " + accountId + " for " + methods;
    }
}
