package dev.unkai.node.guest;

import dev.unkai.node.DurableFile;
import dev.unkai.node.LongWork;
import dev.unkai.node.host.DiskTool;
import dev.unkai.wire.node.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the disks that one guest has beside its own: ephemeral ones with an empty file system, and swap. A disk gets its name when it is
 * whole, so it does not matter where the process died; one that is there stays as it is.
 */
final class LocalDisks {
    private static final Logger log = LoggerFactory.getLogger(LocalDisks.class);
    private static final long MIB = 1L << 20;

    private final UUID id;
    private final GuestFiles files;
    private final DiskTool tool;
    private final LongWork longWork;

    /** Ends when nobody makes one any more: two at once would write the same file. */
    private CompletableFuture<?> busy = CompletableFuture.completedFuture(true);

    LocalDisks(UUID id, GuestFiles files, DiskTool tool, LongWork longWork) {
        this.id = id;
        this.files = files;
        this.tool = tool;
        this.longWork = longWork;
    }

    /** Ends once all of them are there; fails with a {@link GuestFault}. */
    CompletableFuture<Boolean> ready(List<LocalDisk> wanted) {
        List<LocalDisk> missing =
                wanted.stream().filter(disk -> !files.isWhole(file(disk))).toList();
        if (missing.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        CompletableFuture<Boolean> made = new CompletableFuture<>();
        busy.whenComplete((done, failure) ->
                longWork.thread("local-disk-" + id, () -> make(missing, made)).start());
        busy = made;
        return made;
    }

    private void make(List<LocalDisk> missing, CompletableFuture<Boolean> made) {
        try {
            for (LocalDisk disk : missing) {
                make(disk);
            }
            made.complete(true);
        } catch (IOException e) {
            made.completeExceptionally(GuestFiles.fault("A disk of the guest cannot be made", e));
        } catch (RuntimeException e) {
            made.completeExceptionally(e);
        }
    }

    private Path file(LocalDisk disk) {
        return files.directory(id).localDisk(disk.getName(), disk.getEdition());
    }

    private void make(LocalDisk disk) throws IOException {
        Path file = file(disk);
        if (files.isWhole(file)) {
            return; // by the work of an earlier plan
        }
        files.makeDirectory(files.directory(id));
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        long size = disk.getSizeMib() * MIB;
        // a guest that never had one has nothing to copy
        if (disk.hasCopyOf() && files.hasLocalDisk(id, disk.getName())) {
            copy(files.directory(id).localDisk(disk.getName(), disk.getCopyOf()), next, size);
        } else {
            log.info("Making the disk {} of {} MiB", file.getFileName(), disk.getSizeMib());
            tool.format(next, size, disk.getFormat(), disk.getName());
        }
        files.own(next);
        DurableFile.sync(next);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void copy(Path from, Path next, long size) throws IOException {
        if (!files.isWhole(from)) {
            throw new GuestFault("The disk " + from.getFileName() + " that is to be kept is not on the host.");
        }
        log.info("Copying the disk {}", from.getFileName());
        tool.copy(from, next);
        if (size > QcowOverlay.virtualSize(next, "qcow2")) {
            tool.grow(next, size);
        }
    }
}
