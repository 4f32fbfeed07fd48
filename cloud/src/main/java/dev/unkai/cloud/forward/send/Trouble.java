package dev.unkai.cloud.forward.send;

import java.util.Locale;

/**
 * Why a destination took nothing.
 *
 * @param detail the same in English, with what is particular to it
 */
public record Trouble(Reason reason, String detail) {
    private static final int LONGEST = 300;

    public Trouble {
        String clean = detail.replaceAll("\\p{Cntrl}+", " ");
        detail = clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean;
    }

    /** What a console has a sentence for. */
    public enum Reason {
        /** The name is not in the DNS. */
        NO_HOST,
        /** The address is none that may be reached from here. */
        CLOSED_ADDRESS,
        /** No connection is made. */
        UNREACHABLE,
        /** Its certificate comes from an authority that is not trusted. */
        UNTRUSTED,
        /** Its certificate is of another name. */
        OTHER_NAME,
        /** Its certificate has ended, or does not hold yet. */
        ENDED,
        /** It does not take our certificate, or wants one. */
        CLIENT_REFUSED,
        /** TLS does not come about for another reason. */
        HANDSHAKE,
        /** It takes too long. */
        SILENT,
        /** It closes the connection before all is taken. */
        BROKEN_OFF,
        /** It answers with a status other than 2xx. */
        STATUS,
        /** It answers that the request is too large for it. */
        TOO_LARGE,
        /** It answers that it wants no more. */
        GONE,
        /** The key that we keep for it cannot be opened. */
        SECRET;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Reason of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
