package dev.unkai.cloud.hosts;

import dev.unkai.wire.node.ArrivalReport;
import dev.unkai.wire.node.DepartureReport;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.HostReport;
import dev.unkai.wire.node.Power;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The guests of a host for tests, in memory: brought to the plan at once, unless the test has told otherwise. */
public final class FakeGuests {
    /**
     * One guest as this host has it.
     *
     * @param starts how often it was switched on or booted anew
     */
    public record Machine(Guest plan, long boots, GuestState state, boolean byGuest, String fault, int starts) {
        public boolean runs() {
            return state == GuestState.RUNNING;
        }
    }

    private final Map<String, Machine> machines = new TreeMap<>();
    private final Set<String> departed = new HashSet<>();
    private final Consumer<GuestReport> news;
    private HostPlan plan = HostPlan.getDefaultInstance();
    private Map<String, String> faults = Map.of();
    private String keepsBecause = "";
    private boolean letsGo = true;
    private boolean idle;
    private boolean waitsWithHeld;

    /** @param news told of each guest that has changed */
    FakeGuests(Consumer<GuestReport> news) {
        this.news = news;
    }

    /** It waits with guests that are held, as nodes of protocol 2 and above do. */
    void waitWithHeld(boolean now) {
        waitsWithHeld = now;
    }

    /** What they are to be from now on. */
    void plan(HostPlan now) {
        plan = now;
        converge();
    }

    /** Plans are taken, but nothing is done about them. */
    void idle(boolean now) {
        idle = now;
        converge();
    }

    boolean isIdle() {
        return idle;
    }

    /** Trouble with guests, by id; those not named have none. */
    void faults(Map<String, String> now) {
        faults = now;
        converge();
    }

    /** Whether guests that are to go away go; else they stay on their way. */
    void letsGo(boolean now) {
        letsGo = now;
        converge();
    }

    /** Guests that are to go away do not, for this reason. */
    void keeps(String why) {
        keepsBecause = why;
        converge();
    }

    /** A guest switches itself off. */
    void powerOff(String guest) {
        Machine machine = machines.get(guest);
        machines.put(guest, new Machine(machine.plan, machine.boots, GuestState.STOPPED, true, "", machine.starts));
        news.accept(reportOf(machines.get(guest)));
    }

    Map<String, Machine> machines() {
        return new LinkedHashMap<>(machines);
    }

    /** All that is known of them now. */
    HostReport report() {
        HostReport.Builder whole = HostReport.newBuilder().setPlanGeneration(plan.getGeneration());
        machines.values().stream().map(this::reportOf).forEach(whole::addGuests);
        return whole.build();
    }

    private void converge() {
        if (idle) {
            return;
        }
        Set<String> wanted = new HashSet<>();
        for (Guest guest : plan.getGuestsList()) {
            wanted.add(guest.getId());
            if (step(guest)) {
                news.accept(reportOf(machines.get(guest.getId())));
            }
        }
        for (String id : List.copyOf(machines.keySet())) {
            if (!wanted.contains(id)) {
                machines.remove(id);
                news.accept(GuestReport.newBuilder()
                        .setGuestId(id)
                        .setState(GuestState.ABSENT)
                        .setPlanGeneration(plan.getGeneration())
                        .build());
            }
        }
    }

    /** True when something of the guest has changed. */
    private boolean step(Guest guest) {
        Machine was = machines.get(guest.getId());
        String fault = faults.getOrDefault(guest.getId(), "");
        if (!fault.isEmpty()) {
            machines.put(
                    guest.getId(),
                    new Machine(
                            guest,
                            was == null ? 0 : was.boots,
                            GuestState.FAULTY,
                            false,
                            fault,
                            was == null ? 0 : was.starts));
            return was == null || !was.fault.equals(fault);
        }
        if (guest.getHeld() && waitsWithHeld) {
            machines.put(guest.getId(), new Machine(guest, 0, GuestState.PREPARING, false, "", 0));
            return was == null;
        }
        if (guest.hasArrival()) {
            machines.put(guest.getId(), new Machine(guest, guest.getBoot(), GuestState.STOPPED, false, "", 0));
            return true;
        }
        if (was != null
                && departed.contains(was.plan.getDeparture().getAttempt())
                && !guest.getReturned().equals(was.plan.getDeparture().getAttempt())) {
            return true; // it has gone: nothing starts here again
        }
        boolean on = guest.getPower() == Power.ON;
        boolean same = was != null && was.plan.getGeneration() == guest.getGeneration();
        GuestState state = wanted(guest.getPower());
        if (same && was.fault.isEmpty() && (was.byGuest || was.state == state)) {
            return false;
        }
        int starts = was == null ? 0 : was.starts;
        boolean bootsAnew = on
                && (was == null
                        || was.state == GuestState.STOPPED
                        || was.state == GuestState.PREPARING
                        || was.boots < guest.getBoot());
        machines.put(
                guest.getId(), new Machine(guest, guest.getBoot(), state, false, "", bootsAnew ? starts + 1 : starts));
        return true;
    }

    private static GuestState wanted(Power power) {
        return switch (power) {
            case ON -> GuestState.RUNNING;
            case PAUSE -> GuestState.PAUSED;
            case SUSPEND -> GuestState.SUSPENDED;
            case OFF, POWER_UNSPECIFIED, UNRECOGNIZED -> GuestState.STOPPED;
        };
    }

    /** A guest that comes or goes is reported on its way, never started by this host before it is simply in the plan. */
    private GuestReport moving(Machine machine) {
        Guest guest = machine.plan;
        GuestReport.Builder report = reportOfItself(machine).toBuilder();
        if (guest.hasArrival()) {
            return report.setState(GuestState.ARRIVING)
                    .setArrival(ArrivalReport.newBuilder()
                            .setAttempt(guest.getArrival().getAttempt())
                            .setEndpoint("198.51.100.9:1")
                            .setDirectory("/there"))
                    .build();
        }
        String attempt = guest.getDeparture().getAttempt();
        boolean gone = departed.contains(attempt);
        if (!gone && letsGo && keepsBecause.isEmpty()) {
            gone = departed.add(attempt);
        }
        DepartureReport.Builder way = DepartureReport.newBuilder()
                .setAttempt(attempt)
                .setTotalBytes(100)
                .setDoneBytes(gone ? 100 : 40)
                .setRemainingBytes(gone ? 0 : 60)
                .setMemoryTotalBytes(30)
                .setMemoryDoneBytes(30)
                .setDeparted(gone)
                .setDowntimeMillis(gone ? 7 : 0)
                .setFailure(gone ? "" : keepsBecause);
        return report.setState(gone ? GuestState.DEPARTED : machine.state)
                .setDeparture(way)
                .build();
    }

    private GuestReport reportOf(Machine machine) {
        return machine.plan.hasArrival() || machine.plan.hasDeparture() ? moving(machine) : reportOfItself(machine);
    }

    private GuestReport reportOfItself(Machine machine) {
        return GuestReport.newBuilder()
                .setGuestId(machine.plan.getId())
                .setGeneration(machine.plan.getGeneration())
                .setState(machine.state)
                .setFault(machine.fault)
                .setStoppedByGuest(machine.byGuest)
                .setSinceMillis(System.currentTimeMillis())
                .setPlanGeneration(plan.getGeneration())
                .build();
    }
}
