package dev.unkai.cloud.certificate;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the site uses a certificate.
 *
 * @param name such as {@code edge}, {@code identity}, {@code vpn}
 * @param renewal who renews it
 * @param origin where it comes from: the directory of an ACME server, or the file that an operator replaces; null for the site's own authority
 */
record CertificatePlace(
        String name, Renewal renewal, @Nullable String origin, Look look) {
    CertificatePlace(String name, Renewal renewal, Look look) {
        this(name, renewal, null, look);
    }

    /** Who renews a certificate. */
    enum Renewal {
        /** the site's own authority, by itself */
        BUILT_IN,
        /** an ACME server, by itself */
        ACME,
        /** whoever replaces the files */
        FILE,
        /** the host asks the service, by itself */
        HOST,
        /** the next {@code ./unkai up} */
        UP;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Throws IllegalStateException for a word that is none. */
        static Renewal parse(String word) {
            for (Renewal renewal : values()) {
                if (renewal.word().equals(word)) {
                    return renewal;
                }
            }
            throw new IllegalStateException(
                    "\"" + word + "\" names no way of renewal; there are built-in, acme, file, host and up.");
        }
    }

    /** How one gets to see it. */
    sealed interface Look {
        /** The certificate that a server shows now, which need not be the one in its file. */
        record Door(String host, int port) implements Look {}

        /** The first certificate of a file in PEM. */
        record InFile(Path file) implements Look {}
    }
}
