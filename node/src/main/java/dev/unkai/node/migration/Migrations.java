package dev.unkai.node.migration;

import dev.unkai.node.guest.GuestMoves;
import dev.unkai.wire.node.DepartureReport;
import dev.unkai.wire.node.Guest;
import java.util.Optional;
import java.util.UUID;

/** Both ends of migrations, as one host has them. */
public record Migrations(Arrivals arrivals, Departures departures, String endpoint) implements GuestMoves {
    @Override
    public void expect(Guest guest) {
        arrivals.expect(guest);
    }

    @Override
    public void forget(UUID guest) {
        arrivals.forget(guest);
    }

    @Override
    public DepartureReport depart(Guest guest, boolean live) {
        return departures.depart(guest, live);
    }

    @Override
    public boolean isUnderWay(UUID guest) {
        return departures.isUnderWay(guest);
    }

    @Override
    public Optional<DepartureReport> report(UUID guest) {
        return departures.report(guest);
    }

    @Override
    public boolean cancel(UUID guest) {
        return departures.cancel(guest);
    }

    @Override
    public String departed(UUID guest) {
        return departures.departed(guest);
    }

    @Override
    public void returned(UUID guest) {
        departures.returned(guest);
    }
}
