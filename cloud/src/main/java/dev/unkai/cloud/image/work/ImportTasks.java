package dev.unkai.cloud.image.work;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.image.store.TaskRecords;
import dev.unkai.cloud.image.store.TaskRecords.Task;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The records of imports as callers see them: those of an image whoever owns it, all of them an operator. */
@Component
public final class ImportTasks {
    private final Transactions transactions;
    private final ImageCatalog catalog;
    private final TaskRecords records;

    public ImportTasks(Transactions transactions, ImageCatalog catalog, TaskRecords records) {
        this.transactions = transactions;
        this.catalog = catalog;
        this.records = records;
    }

    /** A page by age, of a status or a type, or null for any. Throws an invalid Refusal when the marker is no task. */
    public List<Task> list(
            Caller caller,
            @Nullable UUID marker,
            boolean newestFirst,
            int limit,
            @Nullable String status,
            @Nullable String type) {
        return transactions.asCaller(caller, db -> {
            if (marker != null && records.find(db, marker).isEmpty()) {
                throw Refusal.invalid("Task " + marker + " could not be found.");
            }
            return records.list(db, marker, newestFirst, limit, status, type);
        });
    }

    public Task show(Caller caller, UUID id) {
        return transactions
                .asCaller(caller, db -> records.find(db, id))
                .orElseThrow(() -> Refusal.notFound("No task found with ID " + id));
    }

    /** Throws a not-found Refusal when the caller does not see the image. */
    public List<Task> ofImage(Caller caller, UUID imageId) {
        return transactions.asCaller(caller, db -> {
            catalog.require(db, imageId);
            return records.ofImage(db, imageId);
        });
    }
}
