package dev.unkai.cloud.evidence;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.evidence.EvidencePackage.Part;
import dev.unkai.cloud.evidence.store.DisclosureStore;
import dev.unkai.cloud.evidence.store.PackageStore;
import dev.unkai.cloud.evidence.store.SecrecyStore;
import dev.unkai.cloud.evidence.store.SecrecyStore.Owed;
import dev.unkai.wire.event.CadfEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Periods that have ended → the customers' histories, which are told what was secured, when, by whom and for whom, with the hash of the event that has stood in the provider's
 * history since. Nobody is asked about it. A week before, an alarm each day: a longer period takes two people and time.
 */
@Component
class SecrecyEnds implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(SecrecyEnds.class);

    private final Transactions transactions;
    private final SecrecyStore store;
    private final PackageStore packages;
    private final DisclosureStore disclosures;
    private final Clock clock;

    SecrecyEnds(
            Transactions transactions,
            SecrecyStore store,
            PackageStore packages,
            DisclosureStore disclosures,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.packages = packages;
        this.disclosures = disclosures;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "what customers are told later";
    }

    @Override
    public String channel() {
        return DisclosureSecrecy.CHANNEL;
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(10);
    }

    @Override
    public boolean step() {
        transactions.doAsSystem(db -> {
            store.due(db).forEach(owed -> tell(db, owed));
            store.ending(db)
                    .forEach(one -> log.error(
                            "ALARM the customer of {} will see in his history from {} on that memory or disk was secured",
                            one.disclosure(),
                            one.until()));
        });
        return false;
    }

    private void tell(Db db, Owed owed) {
        EvidencePackage evidence = packages.find(db, owed.packageId()).orElseThrow();
        Disclosure request = disclosures.find(db, owed.disclosure()).orElseThrow();
        Map<String, String> facts = new TreeMap<>();
        facts.put("secured_at", evidence.madeAt().toString());
        facts.put("secured_by", evidence.made().name());
        facts.put("server", String.valueOf(evidence.server()));
        facts.put(
                "parts",
                packages.parts(db, evidence.id()).stream()
                        .map(Part::kind)
                        .filter(kind -> kind != EvidencePackage.PartKind.SEAL)
                        .map(EvidencePackage.PartKind::wireName)
                        .collect(Collectors.joining(", ")));
        facts.put("request", request.reference());
        facts.put("requester", request.request().requester());
        facts.put("legal_basis", request.request().legalBasis());
        facts.put("not_told_until", owed.until().toString());
        facts.put("not_told_because", owed.ground());
        facts.put("recorded_event", owed.recorded().toString());
        facts.put("recorded_sha256", owed.sha256());
        CadfEvent.Target target = new CadfEvent.Target(
                evidence.id().toString(), EvidencePackages.KIND, evidence.name(), evidence.project());
        db.record(CadfEvent.bySystem("cloud", "evidence-package/tell", target, clock.instant(), null)
                .with(facts));
        packages.custody(
                db,
                evidence.id(),
                CollectedParts.SERVICE,
                "evidence-package/tell",
                Map.of("not_told_until", owed.until().toString()));
    }
}
