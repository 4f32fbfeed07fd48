package dev.unkai.cloud.compute.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.cloud.compute.schedule.Schedule;
import dev.unkai.cloud.compute.schedule.ScheduleRun;
import dev.unkai.cloud.compute.schedule.ServerSchedules;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Starts, stops, reboots and images of a server on a calendar, and what became of them. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/servers/{server}")
class SchedulesController {
    private static final int MOST_RUNS = 500;

    private final ServerSchedules schedules;

    SchedulesController(ServerSchedules schedules) {
        this.schedules = schedules;
    }

    /** A server's schedules, oldest first, and how many it can have. */
    record Listing(List<View> schedules, int most) {}

    /**
     * A schedule as shown.
     *
     * @param days {@code monday} … {@code sunday}; empty where there is a date
     * @param date once on that day, {@code 2026-12-28}; null where there are days
     * @param time by the clock of the zone, {@code 19:00}
     * @param keep how many of its images are kept; null where it makes none
     * @param nextRun null: it is paused, or its date is over
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record View(
            UUID id,
            String name,
            @OneOf({"start", "stop", "reboot", "snapshot"}) String action,

            @OneOf({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
            List<String> days,

            @Nullable String date,
            String time,
            String timeZone,
            @Nullable Integer keep,
            boolean enabled,
            @Nullable Instant nextRun,
            Instant createdAt,
            Instant updatedAt) {
        static View of(Schedule schedule) {
            Schedule.Setting setting = schedule.setting();
            return new View(
                    schedule.id(),
                    setting.name(),
                    ScheduleWords.word(setting.action()),
                    ScheduleWords.days(setting.timetable().days()),
                    setting.timetable().date() == null
                            ? null
                            : setting.timetable().date().toString(),
                    setting.timetable().time().toString(),
                    setting.timetable().zone().getId(),
                    setting.keep(),
                    setting.enabled(),
                    schedule.dueAt(),
                    schedule.createdAt(),
                    schedule.updatedAt());
        }
    }

    /** A page of runs, newest first; {@code next} is the {@code after} of the following one. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Page(List<Run> runs, @Nullable String next) {}

    /**
     * What became of one time of a schedule.
     *
     * @param result {@code running}, {@code done}, {@code unneeded}, {@code failed} or {@code missed}
     * @param reason a sentence; null when all went well
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Run(
            String id,
            UUID scheduleId,
            String scheduleName,
            @OneOf({"start", "stop", "reboot", "snapshot"}) String action,
            Instant dueAt,
            Instant ranAt,
            @OneOf(of = ScheduleRun.Result.class) String result,
            @Nullable String reason,
            String requestId,
            @Nullable UUID imageId) {
        static Run of(ScheduleRun run) {
            return new Run(
                    String.valueOf(run.id()),
                    run.scheduleId(),
                    run.scheduleName(),
                    ScheduleWords.word(run.action()),
                    run.dueAt(),
                    run.ranAt(),
                    ScheduleWords.word(run.result()),
                    run.reason(),
                    run.requestId(),
                    run.imageId());
        }
    }

    /** The schedules of the server. */
    @GetMapping("/schedules")
    @Allow("compute:schedule:show")
    Listing list(Caller caller, @PathVariable UUID server) {
        return new Listing(schedules.list(caller, server).stream().map(View::of).toList(), schedules.most());
    }

    /** Makes a schedule. */
    @PostMapping("/schedules")
    @ResponseStatus(HttpStatus.CREATED)
    @Allow("compute:schedule:manage")
    View create(
            Caller caller, @PathVariable UUID server, @RequestBody(required = false) @Nullable ScheduleWords wanted) {
        return View.of(schedules.create(caller, server, setting(wanted)));
    }

    /** One schedule. */
    @GetMapping("/schedules/{schedule}")
    @Allow("compute:schedule:show")
    View show(Caller caller, @PathVariable UUID server, @PathVariable UUID schedule) {
        return View.of(schedules.show(caller, server, schedule));
    }

    /** Changes a schedule. All of it is sent. */
    @PutMapping("/schedules/{schedule}")
    @Allow("compute:schedule:manage")
    View change(
            Caller caller,
            @PathVariable UUID server,
            @PathVariable UUID schedule,
            @RequestBody(required = false) @Nullable ScheduleWords wanted) {
        return View.of(schedules.change(caller, server, schedule, setting(wanted)));
    }

    /** Removes a schedule. What has run stays told. */
    @DeleteMapping("/schedules/{schedule}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow("compute:schedule:manage")
    void delete(Caller caller, @PathVariable UUID server, @PathVariable UUID schedule) {
        schedules.delete(caller, server, schedule);
    }

    /** What became of each due time, newest first. */
    @GetMapping("/schedule-runs")
    @Allow("compute:schedule:show")
    Page runs(
            Caller caller,
            @PathVariable UUID server,
            @RequestParam(required = false) @Nullable UUID schedule,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable Long after) {
        if (limit < 1 || limit > MOST_RUNS) {
            throw Refusal.invalid("\"limit\" is a number from 1 to " + MOST_RUNS + ".");
        }
        List<Run> found = schedules.runs(caller, server, schedule, after, limit + 1).stream()
                .map(Run::of)
                .toList();
        boolean more = found.size() > limit;
        List<Run> page = more ? found.subList(0, limit) : found;
        return new Page(page, more ? page.getLast().id() : null);
    }

    private static Schedule.Setting setting(@Nullable ScheduleWords wanted) {
        if (wanted == null) {
            throw Refusal.invalid("Send the schedule as a JSON object.");
        }
        return wanted.setting();
    }
}
