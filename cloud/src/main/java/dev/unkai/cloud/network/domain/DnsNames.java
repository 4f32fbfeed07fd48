package dev.unkai.cloud.network.domain;

import java.util.Locale;
import java.util.regex.Pattern;

/** What may be a name in the DNS (RFC 1123 section 2.1, RFC 1034 section 3.1). */
public final class DnsNames {
    private static final int LONGEST = 255;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private DnsNames() {}

    /** A name within a domain, in lower case; empty for none. */
    public static String name(String attribute, String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (!name.isEmpty()) {
            checkLabels(attribute, name);
        }
        return name;
    }

    /** A domain, in lower case with its dot at the end; empty for none. */
    public static String domain(String attribute, String text) {
        String domain = text.toLowerCase(Locale.ROOT);
        if (domain.isEmpty()) {
            return domain;
        }
        if (!domain.endsWith(".")) {
            throw Refusals.field(attribute, "'" + text + "' is not a FQDN. It must end with a dot.");
        }
        checkLabels(attribute, domain.substring(0, domain.length() - 1));
        return domain;
    }

    private static void checkLabels(String attribute, String name) {
        String[] labels = name.split("\\.", -1);
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                throw Refusals.field(
                        attribute,
                        "'" + name + "' not a valid PQDN or FQDN. Reason: Name '" + label
                                + "' must be 1-63 characters long, each of which can only be alphanumeric or a hyphen,"
                                + " and not begin or end with a hyphen.");
            }
        }
        if (name.length() > LONGEST) {
            throw Refusals.field(attribute, "It is longer than " + LONGEST + " characters.");
        }
        if (labels.length > 1 && labels[labels.length - 1].matches("\\d+")) {
            throw Refusals.field(
                    attribute,
                    "'" + name + "' not a valid PQDN or FQDN. Reason: its last part must not be all numeric.");
        }
    }
}
