package dev.unkai.cloud.image.work;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.image.content.DiskContent;
import dev.unkai.cloud.image.store.Image;
import dev.unkai.cloud.image.store.Image.Status;
import dev.unkai.cloud.image.store.ImageFiles;
import dev.unkai.cloud.image.store.ImageFiles.FileName;
import dev.unkai.cloud.image.store.ImageRecords;
import dev.unkai.cloud.image.store.ImageRecords.Content;
import dev.unkai.cloud.image.store.SeedRecords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Every {@code NAME.qcow2} in the seed directory → the public image NAME; a newer file takes the older one's place. */
@Component
public final class SeedImages implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(SeedImages.class);
    private static final String SUFFIX = ".qcow2";
    private static final long BEAT_NANOS = 5_000_000_000L;
    private static final int BUFFER_BYTES = 256 << 10;

    private final Path directory;
    private final Transactions transactions;
    private final ImageRecords records;
    private final SeedRecords seeds;
    private final ImageFiles files;
    private final DiskContent content;
    private final ImageEvents events;
    private final Ids ids;
    private final Set<String> settled = new HashSet<>();

    public SeedImages(
            @Value("${unkai.seed-images:}") String directory,
            Transactions transactions,
            ImageRecords records,
            SeedRecords seeds,
            ImageFiles files,
            DiskContent content,
            ImageEvents events,
            Ids ids) {
        this.directory = Path.of(directory);
        this.transactions = transactions;
        this.records = records;
        this.seeds = seeds;
        this.files = files;
        this.content = content;
        this.events = events;
        this.ids = ids;
    }

    @Override
    public String name() {
        return "seed images";
    }

    @Override
    public String channel() {
        return "seed_image";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(3);
    }

    @Override
    public boolean step() throws Exception {
        if (directory.toString().isEmpty() || !Files.isDirectory(directory)) {
            return false;
        }
        List<Path> found;
        try (Stream<Path> entries = Files.list(directory)) {
            found = entries.filter(entry -> entry.getFileName().toString().endsWith(SUFFIX))
                    .filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
        for (Path seed : found) {
            try {
                consider(seed);
            } catch (NoSuchFileException e) {
                log.debug("Seed image {} went away", seed);
            }
        }
        return false;
    }

    private void consider(Path seed) throws IOException {
        BasicFileAttributes facts = Files.readAttributes(seed, BasicFileAttributes.class);
        String file = seed.getFileName().toString();
        String name = file.substring(0, file.length() - SUFFIX.length());
        String mark = name + ":" + facts.size() + ":" + facts.lastModifiedTime().toMillis();
        if (!facts.isRegularFile() || settled.contains(mark)) {
            return;
        }
        boolean known = transactions.asSystem(db -> seeds.knows(db, mark));
        if (!known) {
            try {
                take(seed, name, mark);
            } catch (Refusal refusal) {
                log.warn("Seed image {} is not taken: {}", seed, refusal.sentence());
            }
        }
        settled.add(mark);
    }

    private void take(Path seed, String name, String mark) throws IOException {
        UUID id = ids.next();
        UUID uploadId = ids.next();
        FileName file = new FileName(id, uploadId);
        Digests.Result sums = digest(seed);
        boolean ours = transactions.asSystem(db -> seeds.begin(db, id, uploadId, name, sums.sha512(), mark));
        if (!ours) {
            return; // the same content has been imported, or is being imported by another process
        }
        log.info("Importing the image {}", name);
        try {
            long size = copy(seed, file, sums);
            long virtualSize = content.virtualSize(files.part(file), "qcow2")
                    .orElseThrow(() -> Refusal.invalid("It is not a qcow2 image."));
            files.complete(file);
            transactions.doAsSystem(db -> {
                Content brought = new Content(size, virtualSize, sums.md5(), sums.sha512());
                if (!records.endUpload(db, uploadId, brought, Status.ACTIVE)) {
                    throw new IllegalStateException("The row of the seed image " + name + " went away meanwhile");
                }
                seeds.hideOthers(db, id, name);
                Image image = records.find(db, id).orElseThrow();
                events.doneBySystem(db, "create", image, null);
            });
            log.info("The image {} is ready ({} MiB)", name, size >> 20);
        } catch (IOException | RuntimeException e) {
            transactions.doAsSystem(db -> records.delete(db, id));
            files.remove(file);
            throw e;
        }
    }

    private static Digests.Result digest(Path seed) throws IOException {
        Digests digests = new Digests();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(seed)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digests.add(buffer, read);
            }
        }
        return digests.result();
    }

    private long copy(Path from, FileName to, Digests.Result expected) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        Digests digests = new Digests();
        long size = 0;
        long beat = System.nanoTime();
        try (InputStream in = Files.newInputStream(from);
                FileChannel out =
                        FileChannel.open(files.part(to), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digests.add(buffer, read);
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    size += out.write(bytes);
                }
                if (System.nanoTime() - beat > BEAT_NANOS) {
                    long soFar = size;
                    transactions.<Boolean>asSystem(db -> records.beat(db, to.uploadId(), soFar));
                    beat = System.nanoTime();
                }
            }
            out.force(true);
        }
        if (!digests.result().equals(expected)) {
            throw new IOException("The seed image " + from + " changed while it was being copied");
        }
        return size;
    }
}
