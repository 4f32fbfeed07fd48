package dev.unkai.simulation;

import dev.unkai.node.hypervisor.RunningGuest;
import dev.unkai.node.hypervisor.StopCause;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to machines from outside, and to guests from inside. */
final class Troubles {
    private static final long SECOND = 1_000;

    private final World world;
    private final Customers customers;
    private Agenda.@Nullable Event fate;

    Troubles(World world, Customers customers) {
        this.world = world;
        this.customers = customers;
    }

    void begin(Faults faults) {
        world.faults(faults);
        next();
    }

    private void next() {
        fate = world.agenda().in(world.chance().around(SECOND), Life.WORLD, "fate", () -> {
            if (world.chance().happens(world.faults().trouble())) {
                strike();
            }
            next();
        });
    }

    private void strike() {
        Chance chance = world.chance();
        SimulatedHost host = chance.of(world.hosts());
        switch (chance.between(1, 13)) {
            case 1 ->
                note(
                        "a cloud process is killed",
                        () -> world.chance().of(world.seats()).process.life().end());
            case 2 -> note(host + "'s node is killed", host::kill);
            case 3 -> {
                if (chance.happens(0.4)) {
                    note(host + " loses its power", () -> losePower(host));
                }
            }
            case 4, 5 -> note(host + " is cut off", () -> cutOff(host));
            case 6 -> note("a cable breaks", world.cables()::breakOne);
            case 7 -> note(host + "'s clock jumps", () -> host.clock().wrongBy(jump(600_000)));
            case 8 ->
                note(
                        "a cloud process's clock jumps",
                        () -> chance.of(world.seats()).clock.wrongBy(jump(60_000)));
            case 9 ->
                note("the database's clock jumps", () -> world.databaseClock().wrongBy(jump(20_000)));
            case 10 ->
                note(host + "'s hypervisor goes down", () -> host.hypervisor().goDown(chance.around(10_000)));
            case 11 -> {
                UUID guest = guest(host);
                if (guest != null) {
                    note(Words.of(guest) + " crashes", () -> {
                        customers.crashed(guest);
                        host.hypervisor().end(guest, StopCause.CRASHED);
                    });
                }
            }
            case 12 -> {
                if (chance.happens(0.3)) {
                    note(
                            "the whole site stands still for a while",
                            () -> world.agenda().leap(SECOND * chance.between(60, 30 * 3_600)));
                }
            }
            default -> {
                UUID guest = guest(host);
                if (guest != null && chance.happens(0.5)) {
                    note(Words.of(guest) + " halts", () -> host.hypervisor().halt(guest));
                } else if (guest != null) {
                    note(Words.of(guest) + " switches itself off", () -> {
                        customers.switchedItselfOff(guest);
                        host.hypervisor().end(guest, StopCause.GUEST);
                    });
                }
            }
        }
    }

    private @Nullable UUID guest(SimulatedHost host) {
        List<UUID> guests =
                host.hypervisor().domains().stream().map(RunningGuest::id).toList();
        return guests.isEmpty() ? null : world.chance().of(guests);
    }

    private long jump(int most) {
        return world.chance().between(-most, most);
    }

    private void note(String what, Runnable work) {
        world.trace().add(world.agenda().now(), "  " + what);
        work.run();
    }

    private void losePower(SimulatedHost host) {
        Life life = host.life();
        host.losePower();
        customers.lostPower();
        if (life != null) {
            world.cables().cutOff(host);
        }
        world.agenda().in(2_000 + world.chance().around(20_000), Life.WORLD, host + " has power again", host::start);
    }

    private void cutOff(SimulatedHost host) {
        long millis = world.chance().around(15_000);
        host.cutOff(millis);
        if (millis > 8_000) {
            world.cables().cutOff(host);
        }
    }

    /** All that was broken from outside is mended. */
    void end() {
        if (fate != null) {
            fate.cancel();
        }
        world.faults(Faults.NONE);
        for (SimulatedHost host : world.hosts()) {
            host.rejoin();
            host.clock().wrongBy(0);
            host.hypervisor().goDown(0);
        }
        world.seats().forEach(seat -> seat.clock.wrongBy(0));
        world.databaseClock().wrongBy(0);
    }
}
