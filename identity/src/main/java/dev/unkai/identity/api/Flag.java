package dev.unkai.identity.api;

import dev.unkai.base.Refusal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Truth values in query parameters, as generously as the reference implementation reads them. */
public final class Flag {
    private Flag() {}

    /** True, false, or null when the parameter is absent. */
    public static @Nullable Boolean of(String name, @Nullable String value) {
        if (value == null) {
            return null;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "", "1", "t", "true", "on", "y", "yes" -> true;
            case "0", "f", "false", "off", "n", "no" -> false;
            default -> throw Refusal.invalid("The parameter \"" + name + "\" must be true or false.");
        };
    }

    /** Whether the parameter is there and says yes. */
    public static boolean isSet(String name, @Nullable String value) {
        return Boolean.TRUE.equals(of(name, value));
    }
}
