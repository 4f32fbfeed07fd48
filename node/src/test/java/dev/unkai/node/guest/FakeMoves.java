package dev.unkai.node.guest;

import dev.unkai.wire.node.DepartureReport;
import dev.unkai.wire.node.Guest;
import java.util.Optional;
import java.util.UUID;

/** Guests that go as far as the test says. */
final class FakeMoves implements GuestMoves {
    DepartureReport way = DepartureReport.getDefaultInstance();
    String departed = "";
    boolean underWay;
    boolean live;

    @Override
    public void expect(Guest guest) {}

    @Override
    public void forget(UUID guest) {}

    @Override
    public String endpoint() {
        return "198.51.100.2:1";
    }

    @Override
    public DepartureReport depart(Guest guest, boolean running) {
        live = running;
        return way;
    }

    @Override
    public boolean isUnderWay(UUID guest) {
        return underWay;
    }

    @Override
    public Optional<DepartureReport> report(UUID guest) {
        return Optional.of(way);
    }

    @Override
    public boolean cancel(UUID guest) {
        return underWay;
    }

    @Override
    public String departed(UUID guest) {
        return departed;
    }

    @Override
    public void returned(UUID guest) {
        departed = "";
    }
}
