package dev.unkai.node.migration;

import dev.unkai.node.DurableFile;
import dev.unkai.node.LongWork;
import dev.unkai.node.guest.GuestDirectory;
import dev.unkai.node.guest.GuestFiles;
import dev.unkai.node.hypervisor.Hypervisor;
import dev.unkai.node.hypervisor.HypervisorException;
import dev.unkai.node.hypervisor.JobProgress;
import dev.unkai.node.hypervisor.MigrationRoute;
import dev.unkai.wire.node.Departure;
import dev.unkai.wire.node.DepartureReport;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.LocalDisk;
import dev.unkai.wire.node.Power;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try to bring one guest to another host. It ends departed, or failed with the guest still here; another try is the plan's to ask for. */
final class DepartureJob {
    private static final Logger log = LoggerFactory.getLogger(DepartureJob.class);
    private static final String SWAP = "swap";
    private static final int HANDOVERS = 5;
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LOOK_CLOSELY = Duration.ofMillis(20);

    private final UUID id;
    private final Guest guest;
    private final boolean live;
    private final boolean software;
    private final GuestFiles files;
    private final Hypervisor hypervisor;
    private final Departures.Tools tools;
    private final MigrationPeer peer;
    private final Consumer<UUID> wake;
    private final Thread thread;

    private volatile DepartureReport report;
    private volatile boolean over;
    private volatile boolean cancelled;
    private boolean forced;

    /**
     * @param live whether it runs meanwhile; else only its disk goes
     * @param software whether it runs in software, and has to be stopped in time
     */
    DepartureJob(Guest guest, boolean live, boolean software, Departures.Tools tools) {
        this.id = UUID.fromString(guest.getId());
        this.guest = guest;
        this.live = live;
        this.software = software;
        this.files = tools.files();
        this.hypervisor = tools.hypervisor();
        this.tools = tools;
        this.peer = tools.peers().of(guest.getDeparture(), id);
        this.wake = tools.wake();
        this.report = DepartureReport.newBuilder()
                .setAttempt(guest.getDeparture().getAttempt())
                .build();
        this.thread = tools.longWork().thread("departure-" + id, this::run);
    }

    private LongWork longWork() {
        return tools.longWork();
    }

    void start() {
        thread.start();
    }

    String attempt() {
        return guest.getDeparture().getAttempt();
    }

    boolean isOver() {
        return over;
    }

    DepartureReport report() {
        return report;
    }

    /** Lets the guest stand still until it is over. */
    void forceComplete() {
        if (live && !over && !forced) {
            log.info("Guest {} stands still until its migration is over", id);
            hypervisor.pause(id);
            forced = true;
        }
    }

    /** Gives the try up; when the guest has gone all the same, it is departed. */
    void cancel() {
        if (!over) {
            cancelled = true;
            log.info("The migration of guest {} is given up", id);
            if (live) {
                hypervisor.abortJob(id);
            } else {
                thread.interrupt();
            }
        }
    }

    private void run() {
        try {
            if (live) {
                migrate();
            } else {
                sendDisks();
            }
            departed();
        } catch (IOException | HypervisorException e) {
            log.warn("The migration of guest {} failed: {}", id, e.getMessage());
            report = report.toBuilder().setFailure(sentence(e)).build();
        } catch (RuntimeException e) {
            log.error("The migration of guest {} failed in an unexpected way", id, e);
            report = report.toBuilder()
                    .setFailure("The host met an unexpected error; the operator finds it in the node's log.")
                    .build();
        } finally {
            over = true;
            wake.accept(id);
        }
    }

    private void migrate() throws IOException {
        if (hypervisor.find(id).isEmpty()) {
            // an earlier process of this node may have brought it over without hearing of it
            if (!hasCome()) {
                throw new IOException("the server does not run");
            }
            return;
        }
        try {
            bring();
        } catch (HypervisorException e) {
            // the answer may be lost, and not the guest: without a look at the target it would be started anew, or be
            // off
            if (hypervisor.find(id).isPresent() || !hasCome()) {
                throw e;
            }
            log.info("Guest {} has come over all the same: {}", id, e.getMessage());
        }
    }

    private boolean hasCome() throws IOException {
        return peer.ask(Channel.STATUS).equals(PeerConnection.OK);
    }

    private void bring() throws IOException {
        if (!software) {
            bring(Optional.empty());
            return;
        }
        SoftwareStop stop = new SoftwareStop(id, hypervisor);
        try {
            bring(Optional.of(stop));
        } catch (HypervisorException e) {
            if (!stop.wasLate() || cancelled) {
                throw e;
            }
            bringStill();
        }
    }

    /** One whose memory went faster than anybody could look: it stands still while its disk goes, too. */
    private void bringStill() throws IOException {
        hypervisor.pause(id);
        try {
            bring(Optional.empty());
        } catch (IOException | HypervisorException e) {
            if (guest.getPower() != Power.PAUSE) {
                hypervisor.resume(id);
            }
            throw e;
        }
    }

    private void bring(Optional<SoftwareStop> stop) throws IOException {
        peer.tell(Channel.BEGIN);
        Departure departure = guest.getDeparture();
        GuestDirectory directory = files.directory(id);
        try (MigrationPeer.Way way = peer.way()) {
            Thread watch = longWork().thread("progress-" + id, () -> watch(stop));
            watch.start();
            try {
                hypervisor.migrate(
                        id,
                        new MigrationRoute(
                                way.control(),
                                way.memory(),
                                way.blocks(),
                                directory.path().toString(),
                                departure.getDirectory(),
                                departure.getBandwidthMib()));
            } finally {
                watch.interrupt();
            }
        }
        if (stop.filter(SoftwareStop::wasLate).isPresent()) {
            log.error("ALARM guest {} was stopped too late in its migration, and its memory may be wrong", id);
        }
    }

    /** Until it is interrupted: the migration is over then. */
    private void watch(Optional<SoftwareStop> stop) {
        long told = longWork().nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                boolean closely = stop.filter(now -> !now.isDone()).isPresent();
                longWork().sleep(closely ? LOOK_CLOSELY : LOOK);
                Optional<JobProgress> seen = hypervisor.progress(id);
                if (closely && seen.isPresent()) {
                    stop.get().look(seen.get());
                }
                if (seen.isPresent() && longWork().nanoTime() - told >= LOOK.toNanos()) {
                    told = longWork().nanoTime();
                    tell(seen.get());
                }
            } catch (InterruptedException e) {
                return;
            } catch (HypervisorException e) {
                log.debug("No progress of guest {}: {}", id, e.getMessage());
            }
        }
    }

    private void tell(JobProgress seen) {
        report = report.toBuilder()
                .setTotalBytes(seen.total())
                .setDoneBytes(seen.done())
                .setRemainingBytes(seen.remaining())
                .setMemoryTotalBytes(seen.memoryTotal())
                .setMemoryDoneBytes(seen.memoryDone())
                .setMemoryRemainingBytes(seen.memoryRemaining())
                .build();
        wake.accept(id);
    }

    /** What is on swap is worth nothing to a guest that is off: the target makes it anew. */
    private void sendDisks() throws IOException {
        GuestDirectory directory = files.directory(id);
        for (LocalDisk local : guest.getLocalDisksList()) {
            Path disk = directory.localDisk(local.getName(), local.getEdition());
            if (!Files.exists(disk) && local.hasCopyOf()) {
                disk = directory.localDisk(local.getName(), local.getCopyOf());
            }
            // the target makes one anew that the guest never had
            if (!local.getFormat().equals(SWAP) && Files.exists(disk)) {
                send(local.getName(), disk);
            }
        }
        send("", directory.disk(edition()));
    }

    private void send(String name, Path disk) throws IOException {
        Path flat = Departures.flat(files.directory(id));
        try {
            Files.deleteIfExists(flat);
            tools.disks().flatten(disk, flat);
            long size = Files.size(flat);
            long before = report.getTotalBytes();
            report = report.toBuilder()
                    .setTotalBytes(before + size)
                    .setRemainingBytes(size)
                    .build();
            try (InputStream bytes = Files.newInputStream(flat)) {
                peer.send(name, bytes, size, sent -> sent(before + sent));
            }
        } finally {
            Files.deleteIfExists(flat);
        }
    }

    /** In a resize the disk that goes is the one that the new edition begins as a copy of. */
    private long edition() {
        return guest.getDisk().hasCopyOf() && !files.hasDisk(id, guest.getDisk().getEdition())
                ? guest.getDisk().getCopyOf()
                : guest.getDisk().getEdition();
    }

    private void sent(long bytes) {
        report = report.toBuilder()
                .setDoneBytes(bytes)
                .setRemainingBytes(report.getTotalBytes() - bytes)
                .build();
    }

    /** Durable before the target may let it run: from here on it never starts here again under this attempt. */
    private void departed() throws IOException {
        DurableFile.write(Departures.mark(files.directory(id)), attempt());
        boolean taken = !live || handOver();
        // not before: with this report the cloud, too, lets the target run it, and how long it stood still is told once
        OptionalLong still = hypervisor.stoodStillSince(id);
        boolean ran = live && guest.getPower() != Power.PAUSE; // a paused one has stood still all the time
        long downtime = still.isPresent() && ran
                ? Duration.ofNanos(System.nanoTime() - still.getAsLong()).toMillis()
                : 0;
        report = report.toBuilder()
                .setDeparted(true)
                .setRemainingBytes(0)
                .setDowntimeMillis(downtime)
                .build();
        log.info("Guest {} has departed; it stood still for {} ms", id, downtime);
        for (int attempt = 1; !taken && attempt < HANDOVERS; attempt++) {
            wake.accept(id);
            taken = handOver();
        }
    }

    /** The plan will let it run there anyway; this only is sooner. */
    private boolean handOver() {
        try {
            peer.tell(Channel.HANDOVER);
            return true;
        } catch (IOException e) {
            log.warn("Guest {} could not be handed over: {}", id, e.getMessage());
            return false;
        }
    }

    private static String sentence(Exception e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
        return "The server could not be moved: " + (message.length() > 300 ? message.substring(0, 300) + "…" : message);
    }
}
