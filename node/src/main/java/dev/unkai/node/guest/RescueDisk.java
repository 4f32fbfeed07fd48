package dev.unkai.node.guest;

import dev.unkai.node.image.ImageCache;
import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.Guest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The disk that a guest boots from while it is rescued: a copy of the rescue's image over the shared base, kept over
 * reboots of one rescue and thrown away with it. The guest's own disk is not touched by this; it is plugged in as the second.
 */
final class RescueDisk {
    private static final long GIB = 1L << 30;

    private final UUID id;
    private final GuestFiles files;
    private final ImageCache images;

    /** The fetch that is under way or has just ended: its failure is to be seen, not tried again at once. */
    private @Nullable Fetch fetch;

    RescueDisk(UUID id, GuestFiles files, ImageCache images) {
        this.id = id;
        this.files = files;
        this.images = images;
    }

    private record Fetch(Disk disk, CompletableFuture<Optional<Path>> base) {}

    /** The image's file once it is here; empty at once for a guest that is not to be rescued. */
    CompletableFuture<Optional<Path>> ready(Guest guest) {
        if (!guest.hasRescue()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Disk disk = guest.getRescue().getDisk();
        Fetch current = fetch;
        if (current == null || !current.disk().equals(disk)) {
            current = new Fetch(disk, images.ensure(disk).thenApply(Optional::of));
            fetch = current;
        }
        return current.base();
    }

    /** The result of {@link #ready}, which has ended; makes the disk, or throws an earlier rescue's away. */
    Optional<Path> take(Guest guest, CompletableFuture<Optional<Path>> ready) {
        fetch = null;
        Optional<Path> base = GuestDisks.result(ready);
        Path file = files.directory(id).rescueDisk();
        try {
            if (base.isEmpty()) {
                Files.deleteIfExists(file);
            } else if (!QcowOverlay.isQcow(file)) {
                Disk disk = guest.getRescue().getDisk();
                long needed = QcowOverlay.virtualSize(base.get(), disk.getImageFormat());
                QcowOverlay.create(file, base.get(), disk.getImageFormat(), Math.max(needed, disk.getSizeGib() * GIB));
                files.own(file);
            }
        } catch (IOException e) {
            throw GuestFiles.fault("The rescue disk cannot be made", e);
        }
        base.ifPresent(images::touch);
        return base;
    }
}
