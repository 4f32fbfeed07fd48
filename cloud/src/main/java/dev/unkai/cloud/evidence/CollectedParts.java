package dev.unkai.cloud.evidence;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.evidence.EvidenceFiles.Written;
import dev.unkai.cloud.evidence.EvidencePackage.Part;
import dev.unkai.cloud.evidence.Hold.Person;
import dev.unkai.cloud.evidence.store.PackageStore;
import dev.unkai.cloud.hosts.EvidenceCaptures;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Makes a file that was written a part of its package, whoever brought it. */
@Component
class CollectedParts {
    /** In whose name the service itself stands in the custody. */
    static final Person SERVICE = new Person("cloud", "Unkai");

    private final Transactions transactions;
    private final PackageStore store;
    private final EvidenceCaptures captures;

    CollectedParts(Transactions transactions, PackageStore store, EvidenceCaptures captures) {
        this.transactions = transactions;
        this.store = store;
        this.captures = captures;
    }

    /** Not to be had, for good; the custody says why. */
    void miss(Db db, Part part, Obstacle why) {
        store.missing(db, part, why);
        Map<String, String> facts = new TreeMap<>();
        facts.put("part", part.name());
        facts.put("obstacle", why.kind().wireName());
        if (why.detail() != null) {
            facts.put("detail", why.detail());
        }
        store.custody(db, part.packageId(), SERVICE, "evidence-package/miss", facts);
    }

    /** False when the part is not wanted any more, so that the file is waste. */
    boolean keep(Part part, Written written) {
        return transactions.asSystem(db -> {
            if (!store.done(db, part, written.file(), written.size(), written.sha256())) {
                return false;
            }
            store.custody(
                    db,
                    part.packageId(),
                    SERVICE,
                    "evidence-package/collect",
                    Map.of("part", part.name(), "size", String.valueOf(written.size()), "sha256", written.sha256()));
            if (part.capture() != null) {
                store.find(db, part.packageId()).ifPresent(evidence -> {
                    if (evidence.server() != null) {
                        captures.changed(db, evidence.server());
                    }
                });
            }
            store.hurry(db, part.packageId());
            db.wake(EvidencePackages.CHANNEL);
            return true;
        });
    }
}
