package dev.unkai.cloud.compute;

import java.text.Normalizer;
import java.util.Locale;
import java.util.UUID;

/** A server's own name for itself, made from what people call it (RFC 1123 labels, as the reference does). */
final class Hostname {
    private static final int LONGEST = 63;

    private Hostname() {}

    /** {@code My Server_1} → {@code my-server-1}; a name with nothing usable → {@code server-<id>}. */
    static String of(String name, UUID id) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[ _.]", "-")
                .replaceAll("[^a-z0-9-]+", "");
        if (plain.length() > LONGEST) {
            plain = plain.substring(0, LONGEST);
        }
        plain = plain.replaceAll("^-+|-+$", "");
        return plain.isEmpty() ? "server-" + id : plain;
    }
}
