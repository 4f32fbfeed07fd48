package dev.unkai.cloud.network.api;

import dev.unkai.cloud.network.domain.Refusals;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids in addresses and bodies: canonical, or 32 digits without hyphens. */
public final class Paths {
    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern BARE =
            Pattern.compile("([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})");

    private Paths() {}

    public static Optional<UUID> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (CANONICAL.matcher(lower).matches()) {
            return Optional.of(UUID.fromString(lower));
        }
        var bare = BARE.matcher(lower);
        return bare.matches() ? Optional.of(UUID.fromString(bare.replaceFirst("$1-$2-$3-$4-$5"))) : Optional.empty();
    }

    /** The id of a path; clients try names here first, so anything else is simply not found. */
    static UUID id(String resource, String text) {
        return parse(text)
                .orElseThrow(
                        () -> Refusals.notFound(resource, text.length() > 100 ? text.substring(0, 100) + "…" : text));
    }
}
