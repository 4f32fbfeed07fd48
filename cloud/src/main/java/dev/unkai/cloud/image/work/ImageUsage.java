package dev.unkai.cloud.image.work;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.image.content.ImageLimits;
import dev.unkai.cloud.image.store.ImageRecords;
import dev.unkai.wire.token.Caller;
import org.springframework.stereotype.Component;

/** How much of what it may have a project has in images. */
@Component
public final class ImageUsage {
    private final Transactions transactions;
    private final ImageRecords records;
    private final ImageLimits limits;

    public ImageUsage(Transactions transactions, ImageRecords records, ImageLimits limits) {
        this.transactions = transactions;
        this.records = records;
        this.limits = limits;
    }

    /**
     * @param bytes of all files, those on their way included
     * @param stagedBytes of those that are not imported yet
     * @param uploading images that receive their data or are not imported yet
     */
    public record Usage(long bytes, long stagedBytes, long images, long uploading, long mostBytes, long mostImages) {}

    public Usage of(Caller caller) {
        return transactions.asCaller(caller, db -> usage(db, caller.project()));
    }

    private Usage usage(Db db, String project) {
        return db.sql("""
                        select coalesce(sum(case when status in ('uploading', 'active', 'deactivated') then size
                                                 else reserved end), 0) as bytes,
                               coalesce(sum(size) filter (where status = 'uploading'), 0) as staged,
                               count(*) as images,
                               count(*) filter (where status in ('saving', 'uploading')) as uploading
                          from image where project_id = ?
                        """)
                .param(project)
                .query((row, n) -> new Usage(
                        row.getLong("bytes"),
                        row.getLong("staged"),
                        row.getLong("images"),
                        row.getLong("uploading"),
                        records.quotaBytes(db, project).orElse(limits.quota()),
                        ImageCatalog.MOST_IMAGES))
                .single();
    }
}
