package dev.unkai.cloud.notice;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that the provider tells its customers, as it reads now.
 *
 * @param number what people call it by, see {@link #reference}
 * @param version 1, and one more with each correction
 * @param endedAt when it was taken back before its time; null: it was not
 */
public record Notice(
        UUID id,
        long number,
        int version,
        Content content,
        State state,
        @Nullable Instant endedAt,
        @Nullable String endReason) {
    /** Such as {@code N-12}. */
    public String reference() {
        return "N-" + number;
    }

    /** What it is about. */
    public enum Kind {
        MAINTENANCE,
        INCIDENT,
        INFORMATION;

        /** As in the API and in the table. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Kind> of(@Nullable String wireName) {
            for (Kind kind : values()) {
                if (kind.wireName().equals(wireName)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** How it stands with it by the clock. */
    public enum State {
        WAITING,
        SHOWN,
        OVER;

        /** As in the API and in the table. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * All that a version says.
     *
     * @param everyone to all customers; else to {@code projects}
     * @param projects ids; none where it is for everyone
     * @param shownUntil from then on nobody sees it any more
     */
    public record Content(
            Kind kind,
            boolean important,
            String titleJa,
            String titleEn,
            String textJa,
            String textEn,
            boolean everyone,
            List<String> projects,
            Instant shownFrom,
            Instant shownUntil) {
        public Content {
            projects = List.copyOf(projects);
        }

        State at(Instant now) {
            if (now.isBefore(shownFrom)) {
                return State.WAITING;
            }
            return now.isBefore(shownUntil) ? State.SHOWN : State.OVER;
        }
    }

    /**
     * A version with who wrote it.
     *
     * @param by the name; null: the service itself
     * @param reason why it was corrected; null of the first
     * @param mails how many went out with it
     */
    public record Version(
            int version,
            Content content,
            @Nullable String by,
            Instant at,
            @Nullable String reason,
            int mails) {}

    /** What a customer sees of it. */
    public record Own(Notice notice, boolean read) {}

    /** With all versions, newest first, and how many people have read the newest. */
    public record Whole(Notice notice, List<Version> versions, int readers) {
        public Whole {
            versions = List.copyOf(versions);
        }
    }
}
