package dev.unkai.cloud.compute.service;

import dev.unkai.base.Refusal;
import dev.unkai.base.openapi.Needed;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.cloud.compute.ScheduledOperations.Action;
import dev.unkai.cloud.compute.schedule.Schedule;
import dev.unkai.cloud.compute.schedule.Timetable;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as its customer sends it; what is wrong with it is told in a sentence.
 *
 * @param name shown in the list and in the history; at most 255 characters
 * @param action {@code start}, {@code stop}, {@code reboot} or {@code snapshot}
 * @param days {@code monday} … {@code sunday}, each week; or instead
 * @param date once, {@code 2026-12-28}
 * @param time {@code HH:MM}
 * @param timeZone of the IANA database, {@code Asia/Tokyo}
 * @param keep with {@code snapshot}: how many images to keep, 1 to 100
 * @param enabled false: paused; true when it is not sent
 */
record ScheduleWords(
        @Needed @Nullable String name,

        @Needed @OneOf({"start", "stop", "reboot", "snapshot"}) @Nullable
        String action,

        @OneOf({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}) @Nullable
        List<String> days,

        @Nullable String date,
        @Needed @Nullable String time,
        @Needed @Nullable String timeZone,
        @Nullable Integer keep,
        @Nullable Boolean enabled) {
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final int LONGEST = 255;
    private static final int MOST_KEPT = 100;

    /** Throws a refusal with the first thing that is wrong. */
    Schedule.Setting setting() {
        String called = name == null ? "" : name.strip();
        if (called.isEmpty() || called.length() > LONGEST || called.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalid("\"name\" is a text of 1 to " + LONGEST + " printable characters.");
        }
        Action wanted = wantedAction();
        if (wanted == Action.SNAPSHOT ? keep == null || keep < 1 || keep > MOST_KEPT : keep != null) {
            throw Refusal.invalid(
                    "\"keep\" is how many images a schedule with the action \"snapshot\" keeps, from 1 to " + MOST_KEPT
                            + "; other schedules have none.");
        }
        Timetable timetable = new Timetable(wantedDays(), wantedDate(), wantedTime(), wantedZone());
        return new Schedule.Setting(called, wanted, timetable, keep, enabled == null || enabled);
    }

    private Action wantedAction() {
        return Arrays.stream(Action.values())
                .filter(known -> word(known).equals(action))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("\"action\" is one of: start, stop, reboot, snapshot."));
    }

    private Set<DayOfWeek> wantedDays() {
        if (days == null || days.isEmpty()) {
            if (date == null) {
                throw Refusal.invalid("Send \"days\", one or more of monday to sunday, or one \"date\".");
            }
            return Set.of();
        }
        if (date != null) {
            throw Refusal.invalid("Send either \"days\" or \"date\", not both.");
        }
        Set<DayOfWeek> found = EnumSet.noneOf(DayOfWeek.class);
        for (String day : days) {
            found.add(Arrays.stream(DayOfWeek.values())
                    .filter(known -> word(known).equals(day))
                    .findFirst()
                    .orElseThrow(() -> Refusal.invalid(
                            "\"days\" are of: monday, tuesday, wednesday, thursday, friday," + " saturday, sunday.")));
        }
        return found;
    }

    private @Nullable LocalDate wantedDate() {
        try {
            return date == null ? null : LocalDate.parse(date);
        } catch (DateTimeException e) {
            throw Refusal.invalid("\"date\" is a day such as 2026-12-28.");
        }
    }

    private LocalTime wantedTime() {
        if (time == null || !TIME.matcher(time).matches()) {
            throw Refusal.invalid("\"time\" is a time such as 07:30, from 00:00 to 23:59.");
        }
        return LocalTime.parse(time);
    }

    private ZoneId wantedZone() {
        if (timeZone == null || !ZoneId.getAvailableZoneIds().contains(timeZone)) {
            throw Refusal.invalid("\"timeZone\" is the name of a time zone such as Asia/Tokyo or UTC.");
        }
        return ZoneId.of(timeZone);
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** From Monday on. */
    static List<String> days(Collection<DayOfWeek> days) {
        return days.stream().sorted().map(ScheduleWords::word).toList();
    }
}
