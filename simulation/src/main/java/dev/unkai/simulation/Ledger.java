package dev.unkai.simulation;

import dev.unkai.base.event.EventSink;
import java.util.ArrayList;
import java.util.List;

/** The ledger at the other end of the outbox: it takes events in their order, once, and does not always answer. */
final class Ledger implements EventSink {
    private final World world;
    private final List<String> events = new ArrayList<>();

    Ledger(World world) {
        this.world = world;
    }

    @Override
    public void append(String source, List<Positioned> batch) {
        if (world.chance().happens(world.faults().lost())) {
            throw new IllegalStateException("The ledger does not answer (by the simulation)");
        }
        for (Positioned event : batch) {
            int index = Math.toIntExact(event.position() - 1);
            if (index > events.size()) {
                throw new Broken("The ledger is told event " + event.position() + " but has only " + events.size());
            }
            if (index == events.size()) {
                events.add(event.json());
            } else if (!events.get(index).equals(event.json())) {
                throw new Broken("Two events have the position " + event.position());
            }
        }
        if (world.chance().happens(world.faults().lost())) {
            throw new IllegalStateException("The ledger's answer was lost (by the simulation)");
        }
    }

    int size() {
        return events.size();
    }
}
