package dev.unkai.cloud.image.work;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.image.download.WebSource;
import dev.unkai.cloud.image.store.ImageRecords;
import dev.unkai.cloud.image.store.TaskRecords;
import dev.unkai.cloud.image.store.TaskRecords.Fetch;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Imports that want data from the web → data. A few at a time in each process, each on a thread of its own. When a process dies, its
 * upload falls silent and is dropped, and the import is begun again by whoever sees it, a few times at most.
 */
@Component
public final class ImageDownloads implements Reconciler {
    public static final String CHANNEL = "image_download";

    private static final Logger log = LoggerFactory.getLogger(ImageDownloads.class);
    private static final int AT_ONCE = 2;
    private static final int MOST_ATTEMPTS = 3;

    private final Transactions transactions;
    private final TaskRecords tasks;
    private final ImageRecords records;
    private final ImageUploads uploads;
    private final ImageEvents events;
    private final WebSource web;
    private final Semaphore hands = new Semaphore(AT_ONCE);

    public ImageDownloads(
            Transactions transactions,
            TaskRecords tasks,
            ImageRecords records,
            ImageUploads uploads,
            ImageEvents events,
            WebSource web) {
        this.transactions = transactions;
        this.tasks = tasks;
        this.records = records;
        this.uploads = uploads;
        this.events = events;
        this.web = web;
    }

    @Override
    public String name() {
        return "image downloads";
    }

    @Override
    public String channel() {
        return CHANNEL;
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(10);
    }

    @Override
    public boolean step() {
        if (!hands.tryAcquire()) {
            return false;
        }
        boolean begun = false;
        try {
            Optional<Fetch> next = transactions.asSystem(db -> {
                tasks.giveUp(db, MOST_ATTEMPTS);
                return tasks.begin(db);
            });
            next.ifPresent(fetch ->
                    Thread.ofVirtual().name("image-download-" + fetch.imageId()).start(() -> run(fetch)));
            begun = next.isPresent();
            return begun;
        } finally {
            if (!begun) {
                hands.release();
            }
        }
    }

    private void run(Fetch fetch) {
        try {
            fetch(fetch);
        } catch (RuntimeException e) {
            // Its row says "processing" still: it is begun again, or given up.
            log.warn("The import {} was interrupted: {}", fetch.id(), e.toString());
        } finally {
            hands.release();
        }
    }

    private void fetch(Fetch fetch) {
        try {
            WebSource.Opened source = web.open(fetch.uri());
            try (var data = source.data()) {
                uploads.download(fetch, data, source.length());
            }
        } catch (Refusal refusal) {
            transactions.doAsSystem(db -> {
                if (tasks.fail(db, fetch, refusal.sentence())) {
                    records.find(db, fetch.imageId())
                            .ifPresent(image -> events.doneBySystem(db, "import", image, refusal.sentence()));
                }
            });
        } catch (IOException e) {
            log.debug("The source of the import {} could not be closed: {}", fetch.id(), e.getMessage());
        }
    }
}
