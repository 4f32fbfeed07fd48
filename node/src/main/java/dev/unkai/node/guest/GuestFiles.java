package dev.unkai.node.guest;

import dev.unkai.node.DurableFile;
import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.LocalDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The guests' files below the state directory: made, found again, and thrown away. */
public final class GuestFiles {
    private static final Logger log = LoggerFactory.getLogger(GuestFiles.class);
    private static final long GIB = 1024L * 1024 * 1024;

    private final Path guests;
    private final Path trash;
    private final @Nullable UserPrincipal owner;
    private final AtomicLong trashed = new AtomicLong(System.currentTimeMillis());

    /** @param qemuUser whom QEMU runs as; needs to reach the files */
    public GuestFiles(Path state, String qemuUser) throws IOException {
        guests = state.resolve("guests");
        trash = state.resolve("trash");
        owner = user(state, qemuUser);
        for (Path directory : List.of(state, guests, trash)) {
            Files.createDirectories(directory);
            // others may pass through, not look around
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        }
    }

    public GuestDirectory directory(UUID guest) {
        return new GuestDirectory(guest, guests.resolve(guest.toString()));
    }

    /** The guests that have files here. */
    public Set<UUID> known() {
        Set<UUID> known = new HashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(guests)) {
            for (Path entry : entries) {
                try {
                    known.add(UUID.fromString(entry.getFileName().toString()));
                } catch (IllegalArgumentException e) {
                    log.warn("{} is not a guest's directory; it is left alone", entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return known;
    }

    /** Whether there is a disk of any edition, whole. */
    public boolean hasDisk(UUID guest) {
        try {
            for (Path disk : disks(guest)) {
                if (!GuestDirectory.isBeingMade(disk) && QcowOverlay.isQcow(disk)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw fault("The guest's disk cannot be read", e);
        }
    }

    /** Whether the disk is there, whole. */
    public boolean hasDisk(UUID guest, long edition) {
        try {
            return QcowOverlay.isQcow(directory(guest).disk(edition));
        } catch (IOException e) {
            throw fault("The guest's disk cannot be read", e);
        }
    }

    /** Whether there is a disk of this name beside the guest's own, of any edition, whole. */
    boolean hasLocalDisk(UUID guest, String name) {
        return list(guest, file -> GuestDirectory.isLocalDisk(file, name)).stream()
                .anyMatch(this::isWhole);
    }

    /** Whether the disk is there, whole. */
    boolean isWhole(Path disk) {
        try {
            return QcowOverlay.isQcow(disk);
        } catch (IOException e) {
            throw fault("A disk of the guest cannot be read", e);
        }
    }

    /** Removes the disks that the plan does not name any more. */
    public void tidy(UUID guest, Disk wanted, List<LocalDisk> local) {
        GuestDirectory directory = directory(guest);
        Set<Path> keep = new HashSet<>();
        keep.add(directory.disk(wanted.getEdition()));
        wanted.getKeptList().forEach(edition -> keep.add(directory.disk(edition)));
        for (LocalDisk one : local) {
            keep.add(directory.localDisk(one.getName(), one.getEdition()));
            one.getKeptList().forEach(edition -> keep.add(directory.localDisk(one.getName(), edition)));
        }
        for (Path disk : list(guest, file -> GuestDirectory.isDisk(file) || GuestDirectory.isLocalDisk(file))) {
            if (!keep.contains(disk)) {
                try {
                    Files.deleteIfExists(disk);
                } catch (IOException e) {
                    throw fault("A disk that is not needed any more cannot be removed", e);
                }
            }
        }
    }

    private List<Path> disks(UUID guest) {
        return list(guest, GuestDirectory::isDisk);
    }

    private List<Path> list(UUID guest, DirectoryStream.Filter<Path> which) {
        List<Path> disks = new ArrayList<>();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(directory(guest).path(), which)) {
            entries.forEach(disks::add);
        } catch (NotDirectoryException | NoSuchFileException e) {
            return List.of();
        } catch (IOException | DirectoryIteratorException e) {
            throw new GuestFault("The guest's files cannot be listed on the host: " + e.getMessage(), e);
        }
        return disks;
    }

    /**
     * Makes what is missing of a guest's files: directory, disk over {@code base}, config drive. A disk that is there stays as it is.
     *
     * @param base empty for a disk that is there and lies on nothing
     */
    public void prepare(Guest guest, Optional<Path> base) {
        GuestDirectory directory = directory(UUID.fromString(guest.getId()));
        try {
            makeDirectory(directory);
            Path disk = directory.disk(guest.getDisk().getEdition());
            if (base.isPresent() && !QcowOverlay.isQcow(disk)) {
                String format = guest.getDisk().getImageFormat();
                long needed = QcowOverlay.virtualSize(base.get(), format);
                long size = guest.getDisk().getSizeGib() * GIB;
                if (size > 0 && size < needed) {
                    throw new GuestFault("The image needs a disk of " + (needed + GIB - 1) / GIB
                            + " GiB, but the flavor has one of "
                            + guest.getDisk().getSizeGib()
                            + " GiB. Choose a larger flavor.");
                }
                QcowOverlay.create(disk, base.get(), format, Math.max(size, needed));
                own(disk);
            }
            DurableFile.replace(directory.configDrive(), ConfigDriveImage.of(TaggedDevices.drive(guest)));
            own(directory.configDrive());
        } catch (IOException e) {
            throw fault("The guest's disk cannot be made", e);
        }
    }

    /** A directory for sockets that only QEMU's user and the node reach. */
    public void makeSocketDirectory(Path path) throws IOException {
        Files.createDirectories(path);
        own(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }

    /** Makes the guest's directory, if it is not there. */
    public void makeDirectory(GuestDirectory directory) throws IOException {
        if (!Files.isDirectory(directory.path())) {
            Files.createDirectory(directory.path());
            own(directory.path());
            Files.setPosixFilePermissions(directory.path(), PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Where the base of the guest's disk lies; empty when the disk lies on nothing. */
    public Optional<Path> base(UUID guest, long edition) {
        try {
            return QcowOverlay.base(directory(guest).disk(edition));
        } catch (IOException e) {
            throw fault("The guest's disk cannot be read", e);
        }
    }

    public GuestNotes notes(UUID guest) {
        try {
            return GuestNotes.parse(Files.readString(directory(guest).notes()));
        } catch (NoSuchFileException e) {
            return GuestNotes.NONE;
        } catch (IOException e) {
            throw fault("The guest's notes cannot be read", e);
        }
    }

    public void note(UUID guest, GuestNotes notes) {
        try {
            DurableFile.replace(directory(guest).notes(), notes.text().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            log.debug("Guest {} has no files: nothing to note", guest);
        } catch (IOException e) {
            throw fault("The guest's notes cannot be written", e);
        }
    }

    /** Throws a guest's files away: when this returns they are gone from its place; {@link #emptyTrash} frees the space. */
    public void remove(UUID guest) {
        Path from = directory(guest).path();
        try {
            Files.move(from, trash.resolve(guest + "." + trashed.incrementAndGet()), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            log.debug("Guest {} has no files", guest);
        } catch (IOException e) {
            throw fault("The guest's files cannot be removed", e);
        }
    }

    public void emptyTrash() {
        try (var entries = Files.walk(trash)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                if (!entry.equals(trash)) {
                    Files.deleteIfExists(entry);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            log.warn("The trash is not empty yet: {}", e.getMessage());
        }
    }

    /** The base images that disks lie on, by their own headers. */
    public Set<Path> basesInUse() throws IOException {
        Set<Path> bases = new HashSet<>();
        for (UUID guest : known()) {
            for (Path disk : disks(guest)) {
                QcowOverlay.base(disk).ifPresent(bases::add);
            }
            Path rescue = directory(guest).rescueDisk();
            if (Files.exists(rescue)) {
                QcowOverlay.base(rescue).ifPresent(bases::add);
            }
        }
        return bases;
    }

    /** A fault that says what an operator can do about a failed file operation. */
    static GuestFault fault(String what, IOException e) {
        String reason = String.valueOf(e.getMessage());
        if (reason.contains("No space left") || reason.contains("Disk quota")) {
            return new GuestFault("The host's disk is full. The server goes on as soon as there is space.", e);
        }
        return new GuestFault(what + " on the host: " + reason, e);
    }

    /** Lets QEMU use the file. */
    public void own(Path path) throws IOException {
        if (owner != null) {
            Files.setOwner(path, owner);
        }
    }

    private static @Nullable UserPrincipal user(Path path, String name) throws IOException {
        try {
            return path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
        } catch (UserPrincipalNotFoundException e) {
            log.warn("There is no user {}; guests' files stay with the node's own user", name);
            return null;
        }
    }
}
