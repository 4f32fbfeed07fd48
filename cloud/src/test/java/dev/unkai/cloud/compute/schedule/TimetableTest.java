package dev.unkai.cloud.compute.schedule;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimetableTest {
    @Test
    void aTimeOfTheWeekComesAgainAndAgainByTheClockOfItsZone() {
        Timetable evenings = weekly("19:00", "Asia/Tokyo", MONDAY, FRIDAY);

        // Wednesday; 19:00 in Tokyo is 10:00 UTC
        Instant first = evenings.next(Instant.parse("2026-11-25T12:00:00Z")).orElseThrow();
        assertThat(first).isEqualTo("2026-11-27T10:00:00Z");
        assertThat(evenings.next(first)).contains(Instant.parse("2026-11-30T10:00:00Z"));
    }

    @Test
    void theSameDayCountsUntilItsTimeIsReached() {
        Timetable mondays = weekly("07:30", "UTC", MONDAY);

        assertThat(mondays.next(Instant.parse("2026-11-30T07:29:59Z"))).contains(Instant.parse("2026-11-30T07:30:00Z"));
        assertThat(mondays.next(Instant.parse("2026-11-30T07:30:00Z"))).contains(Instant.parse("2026-12-07T07:30:00Z"));
    }

    @Test
    void theTimeOnTheWallStaysWhenClocksChange() {
        Timetable sundays = weekly("12:00", "Europe/Berlin", SUNDAY);

        Instant winter = sundays.next(Instant.parse("2026-03-20T00:00:00Z")).orElseThrow();
        assertThat(winter).isEqualTo("2026-03-22T11:00:00Z");
        assertThat(sundays.next(winter)).contains(Instant.parse("2026-03-29T10:00:00Z"));
    }

    @Test
    void aTimeThatIsSkippedIsLaterAndOneThatComesTwiceCountsOnce() {
        Timetable nights = new Timetable(
                EnumSet.allOf(DayOfWeek.class), null, LocalTime.parse("02:30"), ZoneId.of("Europe/Berlin"));

        // 2026-03-29: 02:00 becomes 03:00
        assertThat(nights.next(Instant.parse("2026-03-28T12:00:00Z"))).contains(Instant.parse("2026-03-29T01:30:00Z"));
        // 2026-10-25: 03:00 becomes 02:00 again
        Instant once = nights.next(Instant.parse("2026-10-24T12:00:00Z")).orElseThrow();
        assertThat(once).isEqualTo("2026-10-25T00:30:00Z");
        assertThat(nights.next(once)).contains(Instant.parse("2026-10-26T01:30:00Z"));
    }

    @Test
    void aDateComesOnce() {
        Timetable once = new Timetable(
                Set.of(), LocalDate.parse("2026-12-28"), LocalTime.parse("09:00"), ZoneId.of("Asia/Tokyo"));
        Instant time = Instant.parse("2026-12-28T00:00:00Z");

        assertThat(once.next(Instant.parse("2026-11-25T00:00:00Z"))).contains(time);
        assertThat(once.next(time)).isEmpty();
    }

    private static Timetable weekly(String time, String zone, DayOfWeek... days) {
        return new Timetable(Set.of(days), null, LocalTime.parse(time), ZoneId.of(zone));
    }
}
