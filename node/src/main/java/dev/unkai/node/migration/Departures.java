package dev.unkai.node.migration;

import dev.unkai.node.LongWork;
import dev.unkai.node.guest.GuestDirectory;
import dev.unkai.node.guest.GuestFiles;
import dev.unkai.node.host.DiskTool;
import dev.unkai.node.hypervisor.Hypervisor;
import dev.unkai.wire.node.DepartureReport;
import dev.unkai.wire.node.Guest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The source's end of migrations: one job for each guest that the plan sends away, and the marks of those that went. */
public final class Departures {
    private final GuestFiles files;
    private final Tools tools;
    private final Map<UUID, DepartureJob> jobs = new ConcurrentHashMap<>();

    /**
     * What every job works with.
     *
     * @param software whether guests run in software (TCG)
     * @param wake asks for another step of a guest
     */
    public record Tools(
            GuestFiles files,
            Hypervisor hypervisor,
            MigrationPeer.Directory peers,
            DiskTool disks,
            LongWork longWork,
            boolean software,
            Consumer<UUID> wake) {}

    public Departures(Tools tools) {
        this.files = tools.files();
        this.tools = tools;
    }

    /** Where it is written that a guest has gone, and in which attempt. */
    static Path mark(GuestDirectory directory) {
        return directory.path().resolve("departed");
    }

    /** The guest's disk on its own, as it goes over. */
    static Path flat(GuestDirectory directory) {
        return directory.path().resolve("departing.qcow2");
    }

    /** The attempt in which the guest went away from here; empty when it did not. */
    public String departed(UUID guest) {
        try {
            return Files.readString(mark(files.directory(guest))).strip();
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The guest has come back to stay. */
    public void returned(UUID guest) {
        try {
            Files.deleteIfExists(mark(files.directory(guest)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sees to it that the guest goes as the plan says, and answers how far it is.
     *
     * @param live whether it runs meanwhile; else only its disk goes
     */
    public DepartureReport depart(Guest guest, boolean live) {
        UUID id = UUID.fromString(guest.getId());
        DepartureJob job = jobs.get(id);
        if (job == null || !job.attempt().equals(guest.getDeparture().getAttempt())) {
            if (job != null) {
                job.cancel();
            }
            job = new DepartureJob(guest, live, tools.software(), tools);
            jobs.put(id, job);
            job.start();
        }
        if (guest.getDeparture().getForceComplete()) {
            job.forceComplete();
        }
        return job.report();
    }

    /** Whether the guest is on its way this very moment. */
    public boolean isUnderWay(UUID guest) {
        DepartureJob job = jobs.get(guest);
        return job != null && !job.isOver();
    }

    /** The plan does not send the guest away any more; answers true while the try still has to end. */
    public boolean cancel(UUID guest) {
        DepartureJob job = jobs.get(guest);
        if (job == null) {
            dropFlat(guest);
            return false;
        }
        if (job.isOver()) {
            jobs.remove(guest, job);
            return false;
        }
        job.cancel();
        return true;
    }

    /** What a try left here that the node died in. */
    private void dropFlat(UUID guest) {
        try {
            Files.deleteIfExists(flat(files.directory(guest)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is known of a guest's way; empty when it is on none. */
    public Optional<DepartureReport> report(UUID guest) {
        return Optional.ofNullable(jobs.get(guest)).map(DepartureJob::report);
    }
}
