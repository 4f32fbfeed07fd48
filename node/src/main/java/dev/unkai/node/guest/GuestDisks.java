package dev.unkai.node.guest;

import dev.unkai.node.DurableFile;
import dev.unkai.node.LongWork;
import dev.unkai.node.host.DiskTool;
import dev.unkai.node.image.ImageCache;
import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to the disks of one guest: fetches the image it lies on, or makes it as a copy of an earlier edition. Both may take long, so
 * both go on beside the step that asked; a copy gets its name when it is whole, so it does not matter where the process died.
 */
final class GuestDisks {
    private static final Logger log = LoggerFactory.getLogger(GuestDisks.class);
    private static final long GIB = 1L << 30;

    private final UUID id;
    private final GuestFiles files;
    private final ImageCache images;
    private final DiskTool tool;
    private final LongWork longWork;

    /** What is under way or has just ended: its failure is to be seen, not tried again at once. */
    private @Nullable Work work;

    private @Nullable Wanted tidied;

    private final LocalDisks local;

    GuestDisks(UUID id, GuestFiles files, ImageCache images, DiskTool tool, LongWork longWork) {
        this.id = id;
        this.files = files;
        this.images = images;
        this.tool = tool;
        this.longWork = longWork;
        this.local = new LocalDisks(id, files, tool, longWork);
    }

    private record Wanted(Disk disk, List<LocalDisk> local) {
        static Wanted of(Guest guest) {
            return new Wanted(guest.getDisk(), guest.getLocalDisksList());
        }
    }

    private record Work(Wanted wanted, CompletableFuture<Optional<Path>> base) {}

    /** The base that the guest's disk lies on (empty: on none), once all is there to start it. */
    CompletableFuture<Optional<Path>> ready(Guest guest) {
        Wanted wanted = Wanted.of(guest);
        Work current = work;
        if (current == null || !current.wanted().equals(wanted)) {
            current =
                    new Work(wanted, begin(wanted.disk()).thenCombine(local.ready(wanted.local()), (base, _) -> base));
            work = current;
        }
        return current.base();
    }

    /** The result of {@link #ready}, which has ended; the next call begins afresh. Makes the guest's files complete. */
    Optional<Path> take(Guest guest, CompletableFuture<Optional<Path>> ready) {
        work = null;
        Optional<Path> base = result(ready);
        files.prepare(guest, base);
        base.ifPresent(images::touch);
        return base;
    }

    /** Throws disks away that the plan does not name; only to be called when the guest does not run on one of them. */
    void tidy(Guest guest) {
        Wanted wanted = Wanted.of(guest);
        if (!wanted.equals(tidied)) {
            files.tidy(id, wanted.disk(), wanted.local());
            tidied = wanted;
        }
    }

    private CompletableFuture<Optional<Path>> begin(Disk disk) {
        if (files.hasDisk(id, disk.getEdition())) {
            return files.base(id, disk.getEdition()).isPresent()
                    ? images.ensure(disk).thenApply(Optional::of)
                    : CompletableFuture.completedFuture(Optional.empty());
        }
        // one that never ran has nothing to copy: its new disk is as fresh as its first would have been
        if (!disk.hasCopyOf() || !files.hasDisk(id)) {
            return images.ensure(disk).thenApply(Optional::of);
        }
        CompletableFuture<Optional<Path>> copied = new CompletableFuture<>();
        longWork.thread("disk-" + id, () -> {
                    try {
                        copy(disk);
                        copied.complete(files.base(id, disk.getEdition()));
                    } catch (IOException e) {
                        copied.completeExceptionally(GuestFiles.fault("The guest's disk cannot be copied", e));
                    } catch (RuntimeException e) {
                        copied.completeExceptionally(e);
                    }
                })
                .start();
        return copied;
    }

    private void copy(Disk disk) throws IOException {
        GuestDirectory directory = files.directory(id);
        Path from = directory.disk(disk.getCopyOf());
        Path to = directory.disk(disk.getEdition());
        Path next = to.resolveSibling(to.getFileName() + ".next");
        if (!files.hasDisk(id, disk.getCopyOf())) {
            throw new GuestFault("The disk that the guest's new one is to be a copy of is not on the host.");
        }
        log.info("Copying the disk {} to {}", from.getFileName(), to.getFileName());
        Files.deleteIfExists(next);
        tool.copy(from, next);
        long size = disk.getSizeGib() * GIB;
        if (size > QcowOverlay.virtualSize(next, "qcow2")) {
            tool.grow(next, size);
        }
        files.own(next);
        DurableFile.sync(next);
        Files.move(next, to, StandardCopyOption.ATOMIC_MOVE);
    }

    static Optional<Path> result(CompletableFuture<Optional<Path>> ready) {
        try {
            return ready.join();
        } catch (CompletionException e) {
            Throwable reason = ImageCache.reason(e);
            if (reason instanceof GuestFault fault) {
                throw fault;
            }
            if (reason instanceof IOException io) {
                throw Faults.image(io);
            }
            throw e;
        }
    }
}
