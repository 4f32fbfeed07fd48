package dev.unkai.cloud.compute.schedule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When to act, by the clock on a wall: on days of the week again and again, or once on a date. Where clocks are put
 * forward over the time, it is that much later; where they are put back over it, it is the first of the two.
 *
 * @param days empty exactly if there is a date
 * @param zone whose wall
 */
public record Timetable(Set<DayOfWeek> days, @Nullable LocalDate date, LocalTime time, ZoneId zone) {
    private static final int DAYS_AHEAD = 8;

    public Timetable {
        days = Set.copyOf(days);
        if (days.isEmpty() == (date == null)) {
            throw new IllegalArgumentException("A timetable has days or a date");
        }
    }

    /** The first time after the instant; empty when there is none any more. */
    public Optional<Instant> next(Instant after) {
        if (date != null) {
            return Optional.of(at(date)).filter(time -> time.isAfter(after));
        }
        LocalDate today = ZonedDateTime.ofInstant(after, zone).toLocalDate();
        // From yesterday: a zone that skips a whole day (Pacific/Apia in 2011) moves a time to the day after its own.
        return today.minusDays(1)
                .datesUntil(today.plusDays(DAYS_AHEAD))
                .filter(day -> days.contains(day.getDayOfWeek()))
                .map(this::at)
                .filter(time -> time.isAfter(after))
                .findFirst();
    }

    private Instant at(LocalDate day) {
        return ZonedDateTime.of(day, time, zone).toInstant();
    }
}
