package dev.unkai.node.migration;

import dev.unkai.node.DurableFile;
import dev.unkai.node.guest.GuestDirectory;
import dev.unkai.node.guest.GuestFiles;
import dev.unkai.node.guest.QcowOverlay;
import dev.unkai.node.host.DiskTool;
import dev.unkai.node.hypervisor.Hypervisor;
import dev.unkai.node.hypervisor.RunningGuest;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.LocalDisk;
import dev.unkai.wire.node.Power;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The target's end of migrations: guests that the plan lets come here, and what their source's nodes bring. A guest that has come stands
 * still until its source hands it over, or until the plan says that it is this host's: so it never runs at both.
 */
public final class Arrivals {
    private static final Logger log = LoggerFactory.getLogger(Arrivals.class);
    private static final long GIB = 1L << 30;
    private static final long MIB = 1L << 20;

    private final GuestFiles files;
    private final Hypervisor hypervisor;
    private final Sockets sockets;
    private final DiskTool disks;
    private final Consumer<UUID> wake;
    private final Map<UUID, Guest> expected = new ConcurrentHashMap<>();

    public Arrivals(GuestFiles files, Hypervisor hypervisor, Sockets sockets, DiskTool disks, Consumer<UUID> wake) {
        this.files = files;
        this.hypervisor = hypervisor;
        this.sockets = sockets;
        this.disks = disks;
        this.wake = wake;
    }

    /** The plan lets the guest come; makes its directory and all of its files but the disk. */
    public void expect(Guest guest) {
        UUID id = UUID.fromString(guest.getId());
        Guest before = expected.put(id, guest);
        if (!guest.equals(before)) {
            files.prepare(guest, Optional.empty());
        }
    }

    /** The plan does not say so any more. */
    public void forget(UUID guest) {
        expected.remove(guest);
    }

    /** The host that may bring the guest; throws when none may, or not in this attempt. */
    UUID source(UUID guest, String attempt) throws IOException {
        return UUID.fromString(arrival(guest, attempt).getArrival().getSourceHostId());
    }

    private Guest arrival(UUID guest, String attempt) throws IOException {
        Guest known = expected.get(guest);
        if (known == null || !known.getArrival().getAttempt().equals(attempt)) {
            throw new IOException("Guest " + guest + " is not expected here in attempt " + attempt);
        }
        return known;
    }

    /** The source runs the guest and brings it now: what an earlier try left here goes, an empty disk is made. */
    void begin(UUID id, String attempt) throws IOException {
        Guest guest = arrival(id, attempt);
        hypervisor.destroy(id);
        for (Channel channel : new Channel[] {Channel.MEMORY, Channel.BLOCKS}) {
            Files.deleteIfExists(sockets.of(id, channel));
        }
        files.makeDirectory(files.directory(id));
        long size = guest.getArrival().getDiskBytes();
        makeEmpty(disk(guest), size > 0 ? size : guest.getDisk().getSizeGib() * GIB);
        for (LocalDisk local : guest.getLocalDisksList()) {
            makeEmpty(disk(guest, local), local.getSizeMib() * MIB);
        }
        log.info("Guest {} begins to arrive", id);
    }

    private void makeEmpty(Path disk, long size) throws IOException {
        Files.deleteIfExists(disk);
        disks.create(disk, size);
        files.own(disk);
    }

    /** Whether all of the running guest is here. */
    boolean isWhole(UUID guest) {
        return hypervisor.find(guest).isPresent() && !hypervisor.isIncoming(guest);
    }

    /** The source does not run it any more, nor will it. */
    void takeOver(UUID id, String attempt) throws IOException {
        Guest guest = arrival(id, attempt);
        Optional<RunningGuest> here = hypervisor.find(id);
        if (here.isEmpty() || hypervisor.isIncoming(id)) {
            throw new IOException("Guest " + id + " is not whole here");
        }
        dropUnused(guest);
        if (guest.getPower() == Power.PAUSE) {
            // it stood still there, too, and not because of an error
            files.note(id, files.notes(id).paused(true));
        } else {
            hypervisor.resume(id);
        }
        log.info("Guest {} is taken over", id);
        wake.accept(id);
    }

    /** A guest that does not have a disk yet that the plan says did not bring it either; an empty file is not to be taken for it. */
    private void dropUnused(Guest guest) throws IOException {
        UUID id = UUID.fromString(guest.getId());
        String domain =
                guest.getLocalDisksCount() == 0 ? "" : hypervisor.document(id).orElse("");
        for (LocalDisk local : guest.getLocalDisksList()) {
            Path disk = disk(guest, local);
            if (!domain.isEmpty() && !domain.contains("/" + disk.getFileName() + "'")) {
                Files.deleteIfExists(disk);
            }
        }
    }

    /** Takes the disk of a guest that is off: its size in bytes, then the file. */
    void receive(UUID id, String attempt, DataInputStream in) throws IOException {
        Guest guest = arrival(id, attempt);
        receive(guest, disk(guest), guest.getDisk().getSizeGib() * GIB, in);
    }

    /** The same of the disk that has this name beside its own. */
    void receive(UUID id, String attempt, String name, DataInputStream in) throws IOException {
        Guest guest = arrival(id, attempt);
        LocalDisk local = guest.getLocalDisksList().stream()
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException("Guest " + id + " has no disk of this name"));
        receive(guest, disk(guest, local), local.getSizeMib() * MIB, in);
    }

    /** @param size that the disk is to have at least, in bytes */
    private void receive(Guest guest, Path disk, long size, DataInputStream in) throws IOException {
        UUID id = UUID.fromString(guest.getId());
        files.makeDirectory(files.directory(id));
        Path part = disk.resolveSibling(disk.getFileName() + ".next");
        long left = in.readLong();
        try (OutputStream out = Files.newOutputStream(part)) {
            byte[] buffer = new byte[256 << 10];
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException("The disk of guest " + id + " broke off");
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
        if (QcowOverlay.base(part).isPresent() || !QcowOverlay.isQcow(part)) {
            throw new IOException("The disk of guest " + id + " is not one that lies on nothing");
        }
        if (size > QcowOverlay.virtualSize(part, "qcow2")) {
            disks.grow(part, size);
        }
        files.own(part);
        DurableFile.sync(part);
        Files.move(part, disk, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        log.info("The disk of guest {} has arrived", id);
        wake.accept(id);
    }

    private Path disk(Guest guest, LocalDisk local) {
        return files.directory(UUID.fromString(guest.getId())).localDisk(local.getName(), local.getEdition());
    }

    private Path disk(Guest guest) {
        GuestDirectory directory = files.directory(UUID.fromString(guest.getId()));
        return directory.disk(guest.getDisk().getEdition());
    }
}
