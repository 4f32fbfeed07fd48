package dev.unkai.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A decision about keeping events.
 *
 * @param id of the hold; else the class, of a drop with its month
 * @param about the class; null: all
 * @param log null: all
 * @param until when a hold ends by itself
 * @param days how long the class is kept from now on
 * @param facts JSON: why and on whose word; what was dropped
 */
record Act(
        long number,
        Instant made,
        Kind kind,
        String id,
        @Nullable EventClass about,
        @Nullable String log,
        @Nullable Instant until,
        @Nullable Integer days,
        String facts) {
    private static final String FORM = "unkai-act/1";

    /** What can be decided. */
    enum Kind {
        RETENTION("retention"),
        HOLD("hold"),
        HOLD_END("hold-end"),
        DROP("drop");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        static Kind named(String text) {
            for (Kind kind : values()) {
                if (kind.text.equals(text)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no kind of act: " + text);
        }
    }

    /** What is sealed. Absent values are a dash, which nothing else is; the facts, which may hold any sign, come last. */
    byte[] text(byte[] sealBefore) {
        return String.join(
                        "\n",
                        FORM,
                        HexFormat.of().formatHex(sealBefore),
                        String.valueOf(number),
                        made.toString(),
                        kind.text(),
                        id,
                        about == null ? "-" : about.text(),
                        log == null ? "-" : log,
                        until == null ? "-" : until.toString(),
                        days == null ? "-" : days.toString(),
                        facts)
                .getBytes(StandardCharsets.UTF_8);
    }
}
