package dev.unkai.cloud.evidence;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.evidence.EvidenceFiles.Source;
import dev.unkai.cloud.evidence.EvidenceFiles.Written;
import dev.unkai.cloud.evidence.EvidencePackage.Part;
import dev.unkai.cloud.evidence.EvidencePackage.PartKind;
import dev.unkai.cloud.evidence.EvidencePackage.PartState;
import dev.unkai.cloud.evidence.Obstacle.Kind;
import dev.unkai.cloud.evidence.store.PackageStore;
import dev.unkai.cloud.history.ProvenHistory;
import dev.unkai.cloud.hosts.EvidenceCaptures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Packages that are asked for → collected → sealed. Each part is a step of its own that can be done again; a lease, renewed while bytes flow, keeps two processes from
 * one package, and that of a process which died ends by itself. Files that no row names are removed.
 */
@Component
class PackageReconciler implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(PackageReconciler.class);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration RENEWED_EVERY = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration TIDIED_EVERY = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final PackageStore store;
    private final EvidenceFiles files;
    private final CollectedParts collected;
    private final EvidenceCaptures captures;
    private final PackageSealing sealing;
    private final ProvenHistory history;
    private final Clock clock;
    private final Duration patience;
    private final Duration idle;
    private Instant tidied = Instant.MIN;

    /**
     * @param patience how long a part is waited for that a host or the ledger does not bring
     * @param idle how long a file that no row names was not written to before it is removed
     */
    PackageReconciler(
            Transactions transactions,
            PackageStore store,
            EvidenceFiles files,
            CollectedParts collected,
            EvidenceCaptures captures,
            PackageSealing sealing,
            ProvenHistory history,
            Clock clock,
            @Value("${unkai.evidence.patience:6h}") Duration patience,
            @Value("${unkai.evidence.idle:10m}") Duration idle) {
        this.transactions = transactions;
        this.store = store;
        this.files = files;
        this.collected = collected;
        this.captures = captures;
        this.sealing = sealing;
        this.history = history;
        this.clock = clock;
        this.patience = patience;
        this.idle = idle;
    }

    @Override
    public String name() {
        return "evidence packages";
    }

    @Override
    public String channel() {
        return EvidencePackages.CHANNEL;
    }

    @Override
    public Duration period() {
        return PAUSE;
    }

    @Override
    public boolean step() throws IOException {
        tidy();
        transactions.doAsSystem(db -> store.plansDue(db).forEach(server -> captures.changed(db, server)));
        Optional<EvidencePackage> found = transactions.asSystem(db -> store.lease(db, LEASE, PAUSE));
        if (found.isEmpty()) {
            return false;
        }
        EvidencePackage evidence = found.get();
        Obstacle obstacle = null;
        try {
            workOn(evidence);
        } catch (IOException | RuntimeException e) {
            log.warn("The evidence package {} does not go on just now: {}", evidence.name(), e.getMessage());
            obstacle = Obstacle.of(e);
        }
        Obstacle why = obstacle;
        transactions.doAsSystem(db -> store.release(db, evidence.id(), why));
        return true;
    }

    private void workOn(EvidencePackage evidence) throws IOException {
        List<Part> parts = transactions.asSystem(db -> store.parts(db, evidence.id()));
        for (Part part : parts) {
            if (part.state() == PartState.WANTED) {
                collect(evidence, part);
            }
        }
        List<Part> now = transactions.asSystem(db -> store.parts(db, evidence.id()));
        if (now.stream().noneMatch(part -> part.state() == PartState.WANTED)) {
            for (Part part : now) {
                if (part.file() != null && part.sha256() != null) {
                    files.check(part.file(), part.sha256());
                    renew(evidence.id());
                }
            }
            sealing.seal(evidence.id());
        }
    }

    private void collect(EvidencePackage evidence, Part part) throws IOException {
        if (part.kind().fromHost()) {
            awaitHost(evidence, part);
            return;
        }
        try {
            if (part.kind() == PartKind.EVENTS && !isLate(part) && !isSealed(evidence, part)) {
                return; // the ledger seals within a minute; until then the last events would be left out without a word
            }
            Written written = files.write(source(evidence, part.kind()), new Progress(part));
            if (!collected.keep(part, written)) {
                files.remove(written.file());
            }
        } catch (Refusal refusal) { // the ledger's: not now, or nothing there
            if (!isLate(part)) {
                throw refusal;
            }
            miss(part, new Obstacle(Kind.EVENTS_LATE, refusal.sentence()));
        }
    }

    /** Whether what happened before the package was asked for has come to the ledger, and stands under a signed head. */
    private boolean isSealed(EvidencePackage evidence, Part part) {
        Instant to = evidence.span().to();
        Instant until = to != null && to.isBefore(part.askedAt()) ? to : part.askedAt();
        return !transactions.<Boolean>asSystem(db -> store.isUntold(db, until))
                && history.isSealed(evidence.project(), until);
    }

    private Source source(EvidencePackage evidence, PartKind kind) {
        return switch (kind) {
            case EVENTS ->
                out -> history.write(
                        evidence.project(),
                        evidence.span().actions(),
                        evidence.span().from(),
                        evidence.span().to(),
                        out);
            case CONFIGURATION ->
                out -> {
                    UUID server = evidence.server();
                    String text = server == null ? "{}" : transactions.asSystem(db -> store.configuration(db, server));
                    out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
                };
            case DISK, MEMORY, DOMAIN, CLOCK, SEAL ->
                throw new IllegalArgumentException("Nobody makes this here: " + kind);
        };
    }

    private void awaitHost(EvidencePackage evidence, Part part) {
        UUID server = evidence.server();
        boolean gone = server == null
                || !transactions.<Boolean>asSystem(db -> store.hasServer(db, evidence.project(), server));
        if (gone) {
            miss(part, Obstacle.of(Kind.SERVER_GONE));
        } else if (isLate(part)) {
            miss(part, Obstacle.of(Kind.LATE));
        }
    }

    private boolean isLate(Part part) {
        return part.askedAt().plus(patience).isBefore(clock.instant());
    }

    private void miss(Part part, Obstacle why) {
        transactions.doAsSystem(db -> collected.miss(db, part, why));
    }

    private void renew(UUID id) {
        transactions.doAsSystem(db -> store.renew(db, id, LEASE));
    }

    /** Tells how far a part is, and keeps the lease, but not with every megabyte. */
    private final class Progress implements java.util.function.LongConsumer {
        private final Part part;
        private long renewed = System.nanoTime();

        Progress(Part part) {
            this.part = part;
        }

        @Override
        public void accept(long size) {
            if (System.nanoTime() - renewed > RENEWED_EVERY.toNanos()) {
                renewed = System.nanoTime();
                renew(part.packageId());
                transactions.doAsSystem(db -> store.progress(db, part, size));
            }
        }
    }

    /** What a process left that died, what came too late, and what was given up or destroyed. */
    private void tidy() throws IOException {
        Instant now = clock.instant();
        if (tidied.isAfter(now.minus(TIDIED_EVERY.compareTo(idle) < 0 ? TIDIED_EVERY : idle))) {
            return;
        }
        tidied = now;
        // The files first: a row that comes later names none of them.
        List<String> there = files.idle(now.minus(idle));
        if (there.isEmpty()) {
            return;
        }
        Set<String> known = new HashSet<>(transactions.asSystem(store::files));
        for (String file : there) {
            if (!known.contains(file)) {
                files.remove(file);
                log.info("Removed {}, which is no part of an evidence package", file);
            }
        }
    }
}
