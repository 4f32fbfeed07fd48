package dev.unkai.cloud.plan;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.plan.reading.PlanDocument;
import dev.unkai.cloud.plan.reading.PlanReader;
import dev.unkai.cloud.plan.store.PlanStore;
import dev.unkai.cloud.plan.store.PlanStore.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The published plans. What a version says never changes, so that each is read once by each process. */
@Component
public final class Plans {
    private static final Logger log = LoggerFactory.getLogger(Plans.class);

    private final PlanStore store;
    private final Map<Key, Plan> read = new ConcurrentHashMap<>();

    private record Key(String id, int version, String hash) {}

    Plans(PlanStore store) {
        this.store = store;
    }

    /**
     * A version as it was published.
     *
     * @param newest whether no later version of the plan is published
     * @param offered whether new contracts may be made on the plan
     * @param hash SHA-256 of its document, in hexadecimal: proof of what was consented to
     */
    public record Published(Plan plan, boolean newest, boolean offered, String hash, Instant publishedAt) {}

    /** The newest version of every plan, by id. */
    public List<Published> newest(Db db) {
        return store.newest(db).stream().map(this::published).toList();
    }

    /** The newest versions of the plans that new contracts may be made on, by id. */
    public List<Published> offered(Db db) {
        return newest(db).stream().filter(Published::offered).toList();
    }

    /** The newest version of the plan; empty when there is no such plan. */
    public Optional<Published> newest(Db db, String id) {
        return versions(db, id).stream().findFirst();
    }

    /** All versions of the plan, the newest first; empty when there is no such plan. */
    public List<Published> versions(Db db, String id) {
        return store.versions(db, id).stream().map(this::published).toList();
    }

    /** The version that a contract is on. */
    public Optional<Published> find(Db db, String id, int version) {
        return store.find(db, id, version).map(this::published);
    }

    /** Throws Refusal unavailable for a document that was changed behind our back, or that this release cannot read. */
    private Published published(Row row) {
        Plan plan = read.computeIfAbsent(new Key(row.id(), row.version(), row.hash()), _ -> read(row));
        return new Published(plan, row.newest(), row.offered(), row.hash(), row.publishedAt());
    }

    private static Plan read(Row row) {
        PlanDocument document = PlanDocument.stored(row.document());
        if (!document.hash().equals(row.hash())) {
            log.error("Version {} of the plan {} is not what was published: its hash differs", row.version(), row.id());
            throw unreadable(row);
        }
        try {
            return PlanReader.read(document);
        } catch (Refusal e) {
            log.error("Version {} of the plan {} cannot be read: {}", row.version(), row.id(), e.sentence());
            throw unreadable(row);
        }
    }

    private static Refusal unreadable(Row row) {
        return Refusal.unavailable("Version " + row.version() + " of the plan \"" + row.id()
                + "\" cannot be read as it was published. The provider has to look after it.");
    }
}
