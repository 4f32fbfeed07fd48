package dev.unkai.simulation;

import dev.unkai.cloud.compute.schedule.Timetable;
import java.time.Instant;

/**
 * A schedule as its owner knows it since it was last set.
 *
 * @param first when it was to act for the first time, by the answer
 * @param before how often it had acted until then
 */
record KnownSchedule(Timetable timetable, Instant first, int before) {}
