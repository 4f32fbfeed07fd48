package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version 2.N of the Compute API. Bodies and parameters differ by it; a request says which one it means in a header
 * (OpenStack API microversion guideline).
 */
public record Microversion(int minor) {
    static final String HEADER = "OpenStack-API-Version";
    static final String OLD_HEADER = "X-OpenStack-Nova-API-Version";
    static final Microversion OLDEST = new Microversion(1);

    /** The newest of the reference's release Zed, offered in full for what exists here. */
    static final Microversion NEWEST = new Microversion(93);

    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,3})\\.([1-9]\\d{0,3}|0)");

    /** Whether 2.{@code minor} is reached. */
    boolean atLeast(int minor) {
        return this.minor >= minor;
    }

    boolean before(int minor) {
        return this.minor < minor;
    }

    @Override
    public String toString() {
        return "2." + minor;
    }

    /**
     * Reads both headers; the newer one wins when it names compute.
     *
     * @param headers values of {@link #HEADER}, each a comma-separated list of {@code service version}
     * @param oldHeader value of {@link #OLD_HEADER}
     */
    static Microversion requested(List<String> headers, @Nullable String oldHeader) {
        String wanted = null;
        for (String header : headers) {
            for (String part : header.split(",")) {
                String[] words = part.strip().split("\\s+");
                if (words.length == 2 && words[0].equalsIgnoreCase("compute")) {
                    wanted = words[1];
                }
            }
        }
        if (wanted == null) {
            wanted = oldHeader == null || oldHeader.isBlank() ? null : oldHeader.strip();
        }
        if (wanted == null) {
            return OLDEST;
        }
        return wanted.equals("latest") ? NEWEST : parse(wanted);
    }

    private static Microversion parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw Refusal.invalid("The API version \"" + text.substring(0, Math.min(20, text.length()))
                    + "\" is not of the form 2.N; leave the header out for " + OLDEST + ".");
        }
        int minor = Integer.parseInt(form.group(2));
        if (Integer.parseInt(form.group(1)) != 2 || minor < OLDEST.minor || minor > NEWEST.minor) {
            throw new Refusal(
                    Refusal.Kind.NOT_ACCEPTABLE,
                    "InvalidGlobalAPIVersion",
                    "Version " + text + " is not supported by the API. Minimum is " + OLDEST + " and maximum is "
                            + NEWEST + ".");
        }
        return new Microversion(minor);
    }
}
