package dev.unkai.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The clock of one machine: the run's time, and an error that faults change. */
final class SimulatedClock extends Clock {
    private static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

    private final Agenda agenda;
    private long error;

    SimulatedClock(Agenda agenda) {
        this.agenda = agenda;
    }

    /** @param millis by how much it is wrong from now on */
    void wrongBy(long millis) {
        error = millis;
    }

    @Override
    public Instant instant() {
        return BEGIN.plusMillis(agenda.wall() + error);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
