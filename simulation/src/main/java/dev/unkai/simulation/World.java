package dev.unkai.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everything of one run: machines, processes, cables, the database, and what is true of them. */
final class World implements AutoCloseable {
    /** The bytes of the one image. */
    static final byte[] IMAGE = new byte[1024];

    private static final int MOST_IN_A_ROW = 50;

    private static final Path MEMORY = Path.of("/dev/shm");

    private final Chance chance;
    private final Trace trace;
    private final Agenda agenda = new Agenda();
    private final BreakingPoints points;
    private final SimulatedClock rightClock = new SimulatedClock(agenda);
    private final SimulatedClock databaseClock = new SimulatedClock(agenda);
    private final SimulatedDatabase database;
    private final Ledger ledger;
    private final Cables cables;
    private final Path files;
    private final List<SimulatedHost> hosts = new ArrayList<>();
    private final List<Seat> seats = new ArrayList<>();
    private final UUID baseImage;
    private final int reclaimSeconds;
    private Faults faults = Faults.NONE;
    private boolean committed;
    private long steps;
    private String lastName = "";
    private long lastNameSince;
    private long inARow;

    /** The place of a cloud process, which is filled again when it died. */
    static final class Seat {
        final String name;
        final SimulatedClock clock;
        CloudProcess process;
        int lives = 1;

        private Seat(World world, String name) {
            this.name = name;
            this.clock = new SimulatedClock(world.agenda);
            this.process = new CloudProcess(world, name + ".1", clock);
        }
    }

    World(long seed, int processes, int hostCount, Trace trace) {
        this.chance = new Chance(seed);
        this.trace = trace;
        this.baseImage = chance.uuid();
        this.reclaimSeconds = chance.happens(0.5) ? 0 : 30;
        this.points = new BreakingPoints(trace, agenda);
        this.database = new SimulatedDatabase(databaseClock);
        this.ledger = new Ledger(this);
        this.cables = new Cables(this);
        try {
            files = Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "unkai-simulation")
                    : Files.createTempDirectory("unkai-simulation");
            for (int i = 1; i <= hostCount; i++) {
                String name = String.format(Locale.ROOT, "host-%03d", i);
                hosts.add(new SimulatedHost(this, chance.uuid(), name, files.resolve(name)));
                Files.createDirectory(files.resolve(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int i = 1; i <= processes; i++) {
            seats.add(new Seat(this, "cloud-" + i));
        }
        hosts.forEach(host -> agenda.in(chance.around(500), Life.WORLD, host + " is switched on", host::start));
    }

    Chance chance() {
        return chance;
    }

    Trace trace() {
        return trace;
    }

    Agenda agenda() {
        return agenda;
    }

    BreakingPoints points() {
        return points;
    }

    SimulatedDatabase database() {
        return database;
    }

    SimulatedClock databaseClock() {
        return databaseClock;
    }

    Ledger ledger() {
        return ledger;
    }

    Cables cables() {
        return cables;
    }

    List<SimulatedHost> hosts() {
        return hosts;
    }

    List<Seat> seats() {
        return seats;
    }

    /** The time by a clock that is right. */
    Instant time() {
        return rightClock.instant();
    }

    Faults faults() {
        return faults;
    }

    void faults(Faults now) {
        faults = now;
    }

    long steps() {
        return steps;
    }

    /** The cloud processes that live. */
    List<CloudProcess> alive() {
        return seats.stream()
                .map(seat -> seat.process)
                .filter(CloudProcess::lives)
                .toList();
    }

    /** A process committed: PostgreSQL notifies the others, sooner or later or never. */
    void committed(Life by, List<String> woken) {
        committed = true;
        for (CloudProcess process : alive()) {
            if (process.life() == by) {
                continue;
            }
            for (String channel : woken) {
                if (!chance.happens(faults.lost())) {
                    long after = chance.happens(faults.late()) ? chance.around(3_000) : chance.around(3);
                    agenda.in(
                            after,
                            process.life(),
                            process.life() + " is notified: " + channel,
                            () -> process.notified(channel));
                }
            }
        }
    }

    /** A guest's processors begin to run on the host. */
    void starts(UUID guest, SimulatedHost host) {
        for (SimulatedHost other : hosts) {
            if (other != host && other.hypervisor().runs(guest)) {
                throw new Broken("guest " + guest + " runs on " + other + " and on " + host);
            }
        }
    }

    /** The node that waits for guests at this address; null when there is none any more. */
    @Nullable
    NodeProcess nodeAt(String endpoint) {
        return hosts.stream()
                .map(SimulatedHost::node)
                .filter(node ->
                        node != null && !node.life().isOver() && node.endpoint().equals(endpoint))
                .findFirst()
                .orElse(null);
    }

    /** How long something takes that a disk has a part in: disks are slow now and then. */
    long workMillis() {
        return chance.happens(faults.slow()) ? chance.around(15_000) : chance.around(30);
    }

    /** The data of an image, as a cloud process would send it to a host. */
    byte[] image(String image) throws IOException {
        if (image.equals(baseImage.toString())) {
            return IMAGE;
        }
        List<String> upload = database.ask(
                "select id || '.' || upload_id from image where id = '" + image + "' and status = 'active'");
        if (upload.isEmpty()) {
            throw new IOException("there is no such image");
        }
        return Files.readAllBytes(images().resolve(upload.getFirst()));
    }

    /** Where the cloud processes keep images. */
    Path images() {
        return files.resolve("images");
    }

    UUID baseImage() {
        return baseImage;
    }

    /** For how many seconds deleted servers can be restored; 0: not at all. */
    int reclaimSeconds() {
        return reclaimSeconds;
    }

    /** Does the next thing and checks what must always be so. */
    void step() {
        Agenda.Event event = agenda.next();
        if (event == null) {
            throw new Broken("Nothing happens any more");
        }
        steps++;
        refuseBusyLoop(event.name());
        trace.add(agenda.now(), event.name());
        Life life = event.life();
        if (life != Life.WORLD) {
            if (chance.happens(faults.death())) {
                points.deathAt(life, chance.between(1, 15));
            } else if (chance.happens(faults.breakage())) {
                points.breakageAt(life, chance.between(1, 15));
            }
        }
        try {
            event.work().run();
        } catch (ProcessDied died) {
            life.end();
        } catch (Broken broken) {
            throw broken;
        } catch (RuntimeException | Error e) {
            throw new Broken(life + " met what it did not expect: " + e, e);
        }
        points.disarm();
        bury();
        if (committed) {
            committed = false;
            List<String> violations = database.violations();
            if (!violations.isEmpty()) {
                throw new Broken(String.join("; ", violations));
            }
        }
    }

    /** The same again and again while no time passes to speak of: a processor that is never idle. */
    private void refuseBusyLoop(String name) {
        if (!name.equals(lastName)) {
            lastName = name;
            lastNameSince = agenda.now();
            inARow = 0;
        }
        if (++inARow > MOST_IN_A_ROW && agenda.now() - lastNameSince < inARow * 5L) {
            throw new Broken(name + " goes on without an end");
        }
    }

    /** Processes that died are missed by whom they talked to, and started again after a while. */
    private void bury() {
        for (Seat seat : seats) {
            if (!seat.process.lives() && seat.lives > 0) {
                int lives = seat.lives;
                seat.lives = -lives;
                cables.died(seat.process.life());
                agenda.in(500 + chance.around(5_000), Life.WORLD, seat.name + " is started again", () -> {
                    seat.lives = lives + 1;
                    seat.process = new CloudProcess(this, seat.name + "." + seat.lives, seat.clock);
                });
            }
        }
        for (SimulatedHost host : hosts) {
            Life life = host.life();
            if (life != null && life.isOver()) {
                host.nodeDied();
                cables.died(life);
                agenda.in(200 + chance.around(3_000), Life.WORLD, host + "'s node is started again", host::start);
            }
        }
    }

    @Override
    public void close() {
        database.close();
        try (var found = Files.walk(files)) {
            for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
