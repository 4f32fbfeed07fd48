package dev.unkai.cloud.image.work;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.image.content.DiskContent;
import dev.unkai.cloud.image.content.ImageLimits;
import dev.unkai.cloud.image.store.Image;
import dev.unkai.cloud.image.store.Image.Status;
import dev.unkai.cloud.image.store.ImageFiles;
import dev.unkai.cloud.image.store.ImageFiles.FileName;
import dev.unkai.cloud.image.store.ImageRecords;
import dev.unkai.cloud.image.store.ImageRecords.Content;
import dev.unkai.cloud.image.store.TaskRecords;
import dev.unkai.wire.token.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes an image's data: announces the file's name in the row, streams to disk, judges the content, makes the file
 * durable, then makes the image active. Whatever happens in between, the image is queued again and the file is waste.
 */
@Component
public final class ImageUploads {
    private static final Logger log = LoggerFactory.getLogger(ImageUploads.class);
    private static final long BEAT_NANOS = 5_000_000_000L;
    private static final int BUFFER_BYTES = 256 << 10;
    private static final long DRAIN_NANOS = 10_000_000_000L;
    private static final long DRAIN_BYTES = 256L << 20;
    private static final Set<String> AMAZONS = Set.of("aki", "ari", "ami");

    private final Transactions transactions;
    private final ImageCatalog catalog;
    private final ImageRecords records;
    private final TaskRecords tasks;
    private final ImageFiles files;
    private final DiskContent content;
    private final ImageLimits limits;
    private final ImageEvents events;
    private final Ids ids;

    public ImageUploads(
            Transactions transactions,
            ImageCatalog catalog,
            ImageRecords records,
            TaskRecords tasks,
            ImageFiles files,
            DiskContent content,
            ImageLimits limits,
            ImageEvents events,
            Ids ids) {
        this.transactions = transactions;
        this.catalog = catalog;
        this.records = records;
        this.tasks = tasks;
        this.files = files;
        this.content = content;
        this.limits = limits;
        this.events = events;
        this.ids = ids;
    }

    /**
     * What the client says about its data.
     *
     * @param length in bytes, or -1 when it does not say
     * @param waiting whether it asked first and has sent nothing yet (Expect: 100-continue)
     * @param md5 and {@code sha512} in hexadecimal, or null: a difference refuses the upload
     */
    public record Announced(
            long length,
            boolean waiting,
            @Nullable String md5,
            @Nullable String sha512) {}

    private record Ticket(UUID imageId, UUID uploadId, String diskFormat, String containerFormat, long allowed) {
        FileName file() {
            return new FileName(imageId, uploadId);
        }
    }

    /**
     * Reads {@code data} to its end. It is not closed.
     *
     * @throws Refusal when the image is not waiting for data (conflict), is too large, or is not what it says it is
     */
    public void upload(Caller caller, UUID imageId, InputStream data, Announced announced) {
        fromCustomer(caller, "upload", imageId, data, announced, Status.ACTIVE);
    }

    /**
     * The same for data that becomes the image's by a second request, the import.
     *
     * @throws Refusal as {@link #upload}
     */
    public void stage(Caller caller, UUID imageId, InputStream data, Announced announced) {
        fromCustomer(caller, "stage", imageId, data, announced, Status.UPLOADING);
    }

    private void fromCustomer(
            Caller caller, String action, UUID imageId, InputStream data, Announced announced, Status next) {
        try {
            receive(
                    new UploadSender.Customer(caller, action, transactions, catalog, events),
                    imageId,
                    data,
                    announced,
                    next);
        } catch (Refusal refusal) {
            events.refused(caller, action, imageId, refusal);
            if (!announced.waiting()) {
                drain(data);
            }
            throw refusal;
        }
    }

    /**
     * The same for bytes that a host brings, as the system; nothing is recorded of a refusal, which is the host's to deal with.
     *
     * @throws Refusal as {@link #upload}
     */
    public void uploadFromHost(UUID imageId, InputStream data, long length) {
        receive(
                new UploadSender.Host(transactions, records, events),
                imageId,
                data,
                new Announced(length, true, null, null),
                Status.ACTIVE);
    }

    /**
     * The same for what an import fetches from the web, as the system.
     *
     * @param length in bytes, or -1 when the source does not say
     * @throws Refusal as {@link #upload}
     */
    void download(TaskRecords.Fetch fetch, InputStream data, long length) {
        receive(
                new UploadSender.Web(fetch, transactions, records, tasks, events),
                fetch.imageId(),
                data,
                new Announced(length, true, null, null),
                Status.ACTIVE);
    }

    private void receive(UploadSender sender, UUID imageId, InputStream data, Announced announced, Status next) {
        Ticket ticket = sender.transact(db -> begin(db, sender, imageId, announced));
        boolean kept = false;
        try {
            Content stored = store(sender, ticket, data, announced);
            kept = sender.transact(db -> end(db, sender, imageId, ticket, stored, next));
            if (!kept) {
                throw gone();
            }
        } catch (IOException e) {
            throw ImageFiles.asRefusal(e);
        } finally {
            if (!kept) {
                undo(sender, ticket);
            }
        }
    }

    private Ticket begin(Db db, UploadSender sender, UUID imageId, Announced announced) {
        Image image = sender.hold(db, imageId);
        if (image.status() != Status.QUEUED) {
            throw Refusal.conflict("Image " + imageId + " is " + image.status().wireName()
                    + "; data can be uploaded once, while it is queued.");
        }
        String diskFormat = image.attributes().diskFormat();
        String containerFormat = image.attributes().containerFormat();
        if (diskFormat == null || containerFormat == null) {
            throw Refusal.invalid("Properties disk_format, container_format must be set prior to saving data.");
        }
        refuseUnfittingFormats(diskFormat, containerFormat);
        long quota = records.quotaBytes(db, image.owner()).orElse(limits.quota());
        if (image.owner().equals(Image.PROVIDER)) {
            quota = Long.MAX_VALUE;
        }
        long left = quota - records.usedBytes(db, image.owner());
        long allowed = Math.min(left, limits.largestFile());
        if (announced.length() > allowed || left <= 0) {
            throw tooLarge(allowed, left);
        }
        UUID uploadId = ids.next();
        records.beginUpload(db, imageId, uploadId, Math.max(0, announced.length()));
        return new Ticket(imageId, uploadId, diskFormat, containerFormat, allowed);
    }

    /** Amazon's kernels, ramdisks and machine images each need a container of the same name. */
    private static void refuseUnfittingFormats(String disk, String container) {
        if ((AMAZONS.contains(disk) || AMAZONS.contains(container)) && !disk.equals(container)) {
            throw Refusal.invalid("Invalid mix of disk and container formats. When setting a disk or container format"
                    + " to one of 'aki', 'ari', or 'ami', the container and disk formats must match.");
        }
    }

    /** Null when it holds no disk that can be booted here. */
    private @Nullable Long virtualSize(Ticket ticket) throws IOException {
        OptionalLong size = content.virtualSize(files.part(ticket.file()), ticket.diskFormat());
        return size.isEmpty() || !ticket.containerFormat().equals("bare") ? null : size.getAsLong();
    }

    private Content store(UploadSender sender, Ticket ticket, InputStream data, Announced announced)
            throws IOException {
        files.needRoom(Math.max(0, announced.length()));
        Digests digests = new Digests();
        long size = 0;
        try (FileChannel file =
                FileChannel.open(files.part(ticket.file()), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long beat = System.nanoTime();
            for (int read = read(data, buffer); read >= 0; read = read(data, buffer)) {
                size += read;
                if (size > ticket.allowed()) {
                    throw tooLarge(ticket.allowed(), ticket.allowed());
                }
                digests.add(buffer, read);
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                if (System.nanoTime() - beat > BEAT_NANOS) {
                    beat(sender, ticket, size);
                    beat = System.nanoTime();
                }
            }
            beat(sender, ticket, size);
            file.force(true);
        }
        if (announced.length() >= 0 && size != announced.length()) {
            throw Refusal.invalid(
                    "The upload broke off after " + size + " of " + announced.length() + " bytes. Upload it again.");
        }
        Digests.Result sums = digests.result();
        if (differs(announced.md5(), sums.md5()) || differs(announced.sha512(), sums.sha512())) {
            throw Refusal.invalid("The data does not have the checksum that was announced. Upload it again.");
        }
        Long virtualSize = virtualSize(ticket);
        files.complete(ticket.file());
        return new Content(size, virtualSize, sums.md5(), sums.sha512());
    }

    private boolean end(Db db, UploadSender sender, UUID imageId, Ticket ticket, Content stored, Status next) {
        if (!records.endUpload(db, ticket.uploadId(), stored, next)) {
            return false;
        }
        Image image = catalog.require(db, imageId);
        long quota = records.quotaBytes(db, image.owner()).orElse(limits.quota());
        if (!image.owner().equals(Image.PROVIDER) && records.usedBytes(db, image.owner()) > quota) {
            throw tooLarge(0, 0); // several uploads of unknown length at once have used it up
        }
        sender.tell(db, image, Map.of("size", String.valueOf(stored.size()), "sha512", stored.sha512()));
        return true;
    }

    /** Renews the sign of life and reserves the bytes so far; also notices a deletion and a full disk. */
    private void beat(UploadSender sender, Ticket ticket, long size) throws IOException {
        files.needRoom(0);
        boolean alive = sender.transact(db -> records.beat(db, ticket.uploadId(), size));
        if (!alive) {
            throw gone();
        }
    }

    private void undo(UploadSender sender, Ticket ticket) {
        try {
            sender.transact(db -> records.dropUpload(db, ticket.uploadId()));
            files.remove(ticket.file());
        } catch (RuntimeException | IOException e) {
            // The cleaner finds a silent upload and its file.
            log.warn("Upload {} could not be undone at once: {}", ticket.uploadId(), e.getMessage());
        }
    }

    private static int read(InputStream data, byte[] buffer) {
        try {
            return data.read(buffer);
        } catch (IOException e) {
            throw Refusal.invalid("The upload broke off before its end. Upload it again.");
        }
    }

    /** A client that is still sending would see a broken connection instead of the reason. */
    private static void drain(InputStream data) {
        try {
            byte[] buffer = new byte[BUFFER_BYTES];
            long left = DRAIN_BYTES;
            long deadline = System.nanoTime() + DRAIN_NANOS;
            for (int read = data.read(buffer);
                    read >= 0 && left > 0 && System.nanoTime() < deadline;
                    read = data.read(buffer)) {
                left -= read;
            }
        } catch (IOException e) {
            log.debug("The client of a refused upload is gone: {}", e.getMessage());
        }
    }

    private static boolean differs(@Nullable String announced, String actual) {
        return announced != null && !Objects.equals(announced.toLowerCase(java.util.Locale.ROOT), actual);
    }

    private Refusal tooLarge(long allowed, long left) {
        if (allowed == limits.largestFile() && left > allowed) {
            return Refusal.tooLarge("Image data may have at most " + (limits.largestFile() >> 20) + " MiB.");
        }
        return Refusal.tooLarge("The project's total of image data is used up: " + (Math.max(0, left) >> 20)
                + " MiB are left. Delete images or ask for a larger total.");
    }

    private static Refusal gone() {
        return new Refusal(
                Refusal.Kind.GONE,
                "Gone",
                "The image was deleted while its data was being uploaded. Nothing was kept.");
    }
}
