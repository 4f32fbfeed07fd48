package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Instants as the Compute API writes and reads them. */
final class Times {
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

    private Times() {}

    /** {@code 2026-11-23T05:30:00Z}. */
    static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** {@code 2026-11-23T05:30:00.000000}: UTC without saying so, where the API has always done that. */
    static String micros(Instant instant) {
        return MICROS.format(instant.atOffset(ZoneOffset.UTC));
    }

    static @Nullable String microsOrNull(@Nullable Instant instant) {
        return instant == null ? null : micros(instant);
    }

    /** ISO 8601 with or without offset, date alone allowed; UTC where nothing is said. */
    static Instant parse(String name, String text) {
        String plain = text.strip().replace(' ', 'T');
        try {
            if (plain.matches("\\d{4}-\\d{2}-\\d{2}")) {
                return LocalDateTime.parse(plain + "T00:00:00").toInstant(ZoneOffset.UTC);
            }
            if (plain.matches(".*T.*([Zz]|[+-]\\d{2}(:?\\d{2})?)")) {
                return OffsetDateTime.parse(plain.replaceAll("([+-]\\d{2})(\\d{2})$", "$1:$2")
                                .replaceAll("([+-]\\d{2})$", "$1:00"))
                        .toInstant();
            }
            return LocalDateTime.parse(plain).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw Refusal.invalid(
                    "Invalid input for query parameters " + name + ": it must be a time such as 2026-01-31T12:00:00Z.");
        }
    }
}
