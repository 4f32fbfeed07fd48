package dev.unkai.cloud.breakglass;

import java.util.Locale;

/** What an operator's role is worth in customers' projects ({@code unkai.break-glass}). */
public enum BreakGlassSetting {
    /** It suffices, as clients and the interoperability tests expect it. */
    OPEN,
    /** It suffices for the provider's own work; in a customer's project only with a grant. */
    REQUIRED;

    /** Reads {@code open} or {@code required}; throws IllegalStateException for anything else. */
    static BreakGlassSetting parse(String text) {
        for (BreakGlassSetting setting : values()) {
            if (setting.word().equals(text.strip())) {
                return setting;
            }
        }
        throw new IllegalStateException("unkai.break-glass is \"" + text + "\"; it must be \"open\" or \"required\".");
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
