package dev.unkai.cloud.notice.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.openapi.Needed;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.cloud.notice.Notice.Content;
import dev.unkai.cloud.notice.Notice.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notice as an operator writes it: all of it, also where it is corrected.
 *
 * @param kind maintenance, incident or information
 * @param everyone whether it is for all customers; else {@code projects} says for which
 * @param shownFrom when customers see it; absent: at once
 * @param mail whether it also goes to the contacts of the contracts that it is for
 * @param reason why it is corrected; needed for that
 */
record NoticeWish(
        @Needed @OneOf(of = Kind.class) @Nullable String kind,
        @Nullable Boolean important,
        @Needed @Nullable Words title,
        @Needed @Nullable Words text,
        @Needed @Nullable Boolean everyone,
        @Nullable List<String> projects,
        @Nullable Instant shownFrom,
        @Needed @Nullable Instant shownUntil,
        @Nullable Boolean mail,
        @Nullable String reason) {
    private static final int TITLE = 120;
    private static final int TEXT = 4_000;
    private static final int REASON = 1_000;
    private static final int MOST_PROJECTS = 1_000;
    private static final Duration LONGEST = Duration.ofDays(366);

    /** The same in both languages. */
    record Words(
            @Needed @Nullable String ja, @Needed @Nullable String en) {}

    Content content(Instant now) {
        Instant from = shownFrom == null ? now : shownFrom;
        if (shownUntil == null || !shownUntil.isAfter(from)) {
            throw Refusal.invalid(
                    "\"shownUntil\" is the time from which on nobody sees the notice, later than \"shownFrom\", such as 2026-01-31T12:00:00Z.");
        }
        if (Duration.between(now, shownUntil).compareTo(LONGEST) > 0) {
            throw Refusal.invalid("\"shownUntil\" is at most a year from now.");
        }
        return new Content(
                Kind.of(kind)
                        .orElseThrow(() -> Refusal.invalid("\"kind\" is one of: maintenance, incident, information.")),
                Boolean.TRUE.equals(important),
                text("title", title, TITLE, true),
                text("title", title, TITLE, false),
                text("text", text, TEXT, true),
                text("text", text, TEXT, false),
                isForEveryone(),
                chosen(),
                from,
                shownUntil);
    }

    boolean byMail() {
        return Boolean.TRUE.equals(mail);
    }

    String neededReason() {
        return line("reason", reason, REASON);
    }

    private boolean isForEveryone() {
        if (everyone == null) {
            throw Refusal.invalid("Say in \"everyone\" whether the notice is for all customers: true or false.");
        }
        return everyone;
    }

    private List<String> chosen() {
        List<String> ids = projects == null ? List.of() : projects;
        boolean fitting = isForEveryone() ? ids.isEmpty() : !ids.isEmpty() && ids.size() <= MOST_PROJECTS;
        if (!fitting || ids.stream().anyMatch(id -> id == null || !id.matches("[A-Za-z0-9_-]{1,64}"))) {
            throw Refusal.invalid("\"projects\" has the ids of 1 to " + MOST_PROJECTS
                    + " projects whose contracts the notice is for; none where \"everyone\" is true.");
        }
        return ids.stream().distinct().sorted().toList();
    }

    private static String text(String field, @Nullable Words words, int longest, boolean ja) {
        if (words == null) {
            throw Refusal.invalid("\"" + field + "\" has \"ja\" and \"en\": customers read both languages.");
        }
        return line(field + (ja ? ".ja" : ".en"), ja ? words.ja() : words.en(), longest);
    }

    static String line(String field, @Nullable String value, int longest) {
        if (value == null || value.isBlank() || value.length() > longest || value.indexOf('\0') >= 0) {
            throw Refusal.invalid("\"" + field + "\" has to be a text of 1 to " + longest + " characters.");
        }
        return value.strip();
    }
}
