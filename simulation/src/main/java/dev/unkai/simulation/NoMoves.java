package dev.unkai.simulation;

import dev.unkai.node.guest.GuestMoves;
import dev.unkai.wire.node.DepartureReport;
import dev.unkai.wire.node.Guest;
import java.util.Optional;
import java.util.UUID;

/** Simulated customers do not move servers yet, so nothing ever comes or goes. */
final class NoMoves implements GuestMoves {
    @Override
    public void expect(Guest guest) {}

    @Override
    public void forget(UUID guest) {}

    @Override
    public String endpoint() {
        return "";
    }

    @Override
    public DepartureReport depart(Guest guest, boolean live) {
        throw new IllegalStateException("Guests do not move in the simulation");
    }

    @Override
    public boolean isUnderWay(UUID guest) {
        return false;
    }

    @Override
    public Optional<DepartureReport> report(UUID guest) {
        return Optional.empty();
    }

    @Override
    public boolean cancel(UUID guest) {
        return false;
    }

    @Override
    public String departed(UUID guest) {
        return "";
    }

    @Override
    public void returned(UUID guest) {}
}
