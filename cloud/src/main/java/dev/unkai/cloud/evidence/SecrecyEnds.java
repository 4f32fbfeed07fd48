package dev.unkai.cloud.evidence;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.evidence.EvidencePackage.Part;
import dev.unkai.cloud.evidence.store.DisclosureStore;
import dev.unkai.cloud.evidence.store.PackageStore;
import dev.unkai.cloud.evidence.store.SecrecyStore;
import dev.unkai.cloud.evidence.store.SecrecyStore.Ending;
import dev.unkai.cloud.evidence.store.SecrecyStore.Owed;
import dev.unkai.web.mail.Desk;
import dev.unkai.web.mail.Mail;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.web.mail.MailOutbox;
import dev.unkai.wire.event.CadfEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Periods that have ended → the customers' histories, which are told what was secured, when, by whom and for whom, with the hash of the event that has stood in the provider's
 * history since. Nobody is asked about it. In the last week before, an alarm each day, in the provider's history and by mail to its security officers: a longer period takes two people
 * and time.
 */
@Component
class SecrecyEnds implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(SecrecyEnds.class);

    private final Transactions transactions;
    private final SecrecyStore store;
    private final PackageStore packages;
    private final DisclosureStore disclosures;
    private final MailOutbox mails;
    private final Desk officers;
    private final Clock clock;

    /** @param officers where the security officers get mail; empty: at the desk */
    SecrecyEnds(
            Transactions transactions,
            SecrecyStore store,
            PackageStore packages,
            DisclosureStore disclosures,
            MailOutbox mails,
            Desk desk,
            @Value("${unkai.evidence.mail:}") String officers,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.packages = packages;
        this.disclosures = disclosures;
        this.mails = mails;
        this.officers = officers.isEmpty() ? desk : new Desk(Optional.of(new MailAddress(officers)), desk.language());
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
            store.ending(db, clock.instant()).forEach(one -> alarm(db, one));
        });
        return false;
    }

    private void alarm(Db db, Ending one) {
        log.error(
                "ALARM the period for which the customer of {} is not told ends at {}; his history will be told of {} packages",
                one.reference(),
                one.until(),
                one.packages());
        db.record(CadfEvent.bySystem(
                        "cloud",
                        "disclosure/secrecy-ends",
                        new CadfEvent.Target(one.disclosure().toString(), DisclosureSteps.KIND, one.reference(), null),
                        clock.instant(),
                        null)
                .with(Map.of("until", one.until().toString(), "packages", String.valueOf(one.packages())))
                .failed("Ending", "The customer may be told from " + one.until() + " on."));
        officers.ifNamed((address, language) -> mails.post(
                db,
                Mail.open(
                        "secrecy-ending",
                        language,
                        address,
                        Map.of(
                                "number", one.reference(),
                                "until", one.until().toString(),
                                "packages", String.valueOf(one.packages())))));
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
