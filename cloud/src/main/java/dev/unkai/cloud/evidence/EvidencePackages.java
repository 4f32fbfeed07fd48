package dev.unkai.cloud.evidence;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.breakglass.BreakGlassCase;
import dev.unkai.cloud.breakglass.BreakGlassGrants;
import dev.unkai.cloud.evidence.EvidencePackage.Part;
import dev.unkai.cloud.evidence.EvidencePackage.PartKind;
import dev.unkai.cloud.evidence.EvidencePackage.Span;
import dev.unkai.cloud.evidence.EvidencePackage.State;
import dev.unkai.cloud.evidence.EvidencePackage.Whole;
import dev.unkai.cloud.evidence.Hold.Person;
import dev.unkai.cloud.evidence.seal.EvidenceSeal;
import dev.unkai.cloud.evidence.store.DisclosureStore;
import dev.unkai.cloud.evidence.store.PackageStore;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Evidence packages (16.1.7): asked for here, made by {@link PackageReconciler}. Events and configuration are the provider's to hand over; for memory and disk, a customer's own
 * data, an access by break-glass has to run that the officer asked for or approved, so that three people know of it, or two have decided that the customer is not told for a time.
 */
@Component
public class EvidencePackages {
    static final String KIND = "evidence/package";
    static final String CHANNEL = "evidence_package";

    private final Transactions transactions;
    private final PackageStore store;
    private final DisclosureStore disclosures;
    private final BreakGlassGrants grants;
    private final DisclosureSecrecy secrecy;
    private final EvidenceSeal seal;
    private final Clock clock;

    EvidencePackages(
            Transactions transactions,
            PackageStore store,
            DisclosureStore disclosures,
            BreakGlassGrants grants,
            DisclosureSecrecy secrecy,
            EvidenceSeal seal,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.disclosures = disclosures;
        this.grants = grants;
        this.secrecy = secrecy;
        this.seal = seal;
        this.clock = clock;
    }

    /**
     * What is to be secured.
     *
     * @param server null: events alone
     * @param disclosure the request that it answers, or null
     */
    public record Wanted(
            String reference,
            String project,
            @Nullable UUID server,
            String reason,
            boolean mayTell,
            Span span,
            boolean disk,
            boolean memory,
            @Nullable UUID disclosure) {}

    public List<EvidencePackage> list(Caller caller, @Nullable String words, @Nullable String project) {
        return transactions.asCaller(caller, db -> store.list(db, words, project));
    }

    public Whole show(Caller caller, UUID id) {
        return transactions.asCaller(
                caller,
                db -> new Whole(
                        store.find(db, id).orElseThrow(EvidencePackages::unknown),
                        store.parts(db, id),
                        store.custody(db, id)));
    }

    public EvidencePackage make(Caller caller, Wanted wanted) {
        People.refuseDelegated(caller);
        seal.requirePresent();
        check(wanted);
        UUID id = UUID.randomUUID();
        return transactions.asCaller(caller, db -> {
            UUID server = wanted.server();
            if (server != null && !store.hasServer(db, wanted.project(), server)) {
                throw Refusal.invalid("The project has no server " + server + ".");
            }
            Disclosure request = wanted.disclosure() == null ? null : answered(db, wanted, wanted.disclosure());
            boolean customersOwn = wanted.disk() || wanted.memory();
            Disclosure secret = customersOwn && request != null && secrecy.covers(db, caller, request) ? request : null;
            BreakGlassCase grant =
                    customersOwn && secret == null ? grants.covering(db, caller.user(), wanted.project()) : null;
            store.insert(db, asked(id, wanted, grant, People.of(caller)));
            Set<PartKind> parts = parts(wanted);
            parts.forEach(part -> store.want(db, id, part));
            if (request != null) {
                disclosures.link(db, request.id(), id);
                String name = store.find(db, id)
                        .orElseThrow(EvidencePackages::unknown)
                        .name();
                disclosures.note(db, request.id(), People.of(caller), "disclosure/package", Map.of("package", name));
            }
            Map<String, String> facts = new TreeMap<>();
            facts.put("reason", wanted.reason());
            facts.put("customer", wanted.project());
            facts.put("server", Objects.toString(server, ""));
            facts.put("parts", parts.stream().map(PartKind::wireName).collect(Collectors.joining(", ")));
            if (grant != null) {
                facts.put("break_glass", grant.id().toString());
                facts.put("ticket", grant.ticket());
            }
            if (secret != null) {
                facts.put("request", secret.reference());
                facts.put("customer_not_told_until", String.valueOf(secret.secretUntil()));
            }
            db.wake(CHANNEL);
            CadfEvent event = record(db, caller, id, "evidence-package/make", facts);
            if (secret != null) {
                store.owe(db, id, event);
            }
            return store.find(db, id).orElseThrow(EvidencePackages::unknown);
        });
    }

    private static EvidencePackage asked(UUID id, Wanted wanted, @Nullable BreakGlassCase grant, Person by) {
        return new EvidencePackage(
                id,
                0,
                wanted.reference(),
                wanted.project(),
                wanted.server(),
                wanted.reason(),
                wanted.mayTell(),
                wanted.span(),
                State.COLLECTING,
                grant == null ? null : grant.id(),
                grant == null ? null : grant.ticket(),
                wanted.disclosure(),
                by,
                Instant.EPOCH,
                null,
                null,
                null,
                false,
                null,
                null);
    }

    private static Set<PartKind> parts(Wanted wanted) {
        Set<PartKind> parts = EnumSet.of(PartKind.EVENTS);
        if (wanted.server() != null) {
            parts.addAll(Set.of(PartKind.CONFIGURATION, PartKind.DOMAIN, PartKind.CLOCK));
        }
        if (wanted.disk()) {
            parts.add(PartKind.DISK);
        }
        if (wanted.memory()) {
            parts.add(PartKind.MEMORY);
        }
        return parts;
    }

    private void check(Wanted wanted) {
        if ((wanted.disk() || wanted.memory()) && wanted.server() == null) {
            throw Refusal.invalid("Name the \"server\" whose disk or memory is to be secured.");
        }
        Instant from = wanted.span().from();
        Instant to = wanted.span().to();
        if (to != null && to.isAfter(clock.instant())) {
            throw Refusal.invalid("\"to\" lies in the future. Leave it out for all up to now.");
        }
        if (from != null && from.isAfter(to == null ? clock.instant() : to)) {
            throw Refusal.invalid("\"from\" has to be before \"to\".");
        }
    }

    private Disclosure answered(Db db, Wanted wanted, UUID id) {
        Disclosure request = disclosures
                .lock(db, id)
                .orElseThrow(() -> Refusal.invalid("There is no such request in the register of disclosures."));
        request.requireFor(wanted.project(), wanted.mayTell());
        return request;
    }

    /** Takes it back before it is sealed; what was collected is removed. */
    public EvidencePackage giveUp(Caller caller, UUID id, String reason) {
        return transactions.asCaller(caller, db -> {
            EvidencePackage evidence = locked(db, id);
            if (evidence.state() != State.COLLECTING) {
                throw Refusal.conflict("The package is not being collected any more.");
            }
            store.move(db, id, State.GIVEN_UP);
            db.wake(CHANNEL);
            return done(db, caller, id, "evidence-package/give-up", Map.of("reason", reason));
        });
    }

    /** Its parts, for somebody who takes the package out; that stands in its custody before the first byte is sent. */
    public Whole takeOut(Caller caller, UUID id) {
        return transactions.asCaller(caller, db -> {
            if (locked(db, id).state() != State.SEALED) {
                throw Refusal.conflict("The package is not sealed, so there is nothing to take out.");
            }
            EvidencePackage evidence = done(
                    db,
                    caller,
                    id,
                    "evidence-package/download",
                    Map.of("address", Objects.toString(caller.address(), "")));
            List<Part> parts = store.parts(db, id);
            return new Whole(evidence, parts, List.of());
        });
    }

    /** What was done with it outside: read, copied, handed to somebody. */
    public EvidencePackage handled(Caller caller, UUID id, Handling what, String to, String note) {
        return transactions.asCaller(caller, db -> {
            State state = locked(db, id).state();
            if (state != State.SEALED && state != State.DESTROYED) {
                throw Refusal.conflict("The package is not sealed yet.");
            }
            return done(db, caller, id, "evidence-package/" + what.word(), Map.of("to", to, "note", note));
        });
    }

    /** What people do with a package outside of this service. */
    public enum Handling {
        READ("read"),
        HANDED_OVER("hand-over"),
        NOTED("note");

        private final String word;

        Handling(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** Removes its files for good; refused before its time and while what it is about is held. The rows stay. */
    public EvidencePackage destroy(Caller caller, UUID id, String reason) {
        People.refuseDelegated(caller);
        return transactions.asCaller(caller, db -> {
            EvidencePackage evidence = locked(db, id);
            Instant kept = evidence.keepUntil();
            if (evidence.state() != State.SEALED) {
                throw Refusal.conflict("The package is not sealed, or was destroyed before.");
            }
            if (kept != null && kept.isAfter(clock.instant())) {
                throw Refusal.conflict("The package is kept until " + kept + ".");
            }
            if (store.isHeld(db, evidence)) {
                throw Refusal.conflict(
                        "What the package is about is under an evidence hold. It can be destroyed when the hold has ended.");
            }
            store.move(db, id, State.DESTROYED);
            db.wake(CHANNEL);
            return done(db, caller, id, "evidence-package/destroy", Map.of("reason", reason));
        });
    }

    private EvidencePackage locked(Db db, UUID id) {
        return store.lock(db, id).orElseThrow(EvidencePackages::unknown);
    }

    private static Refusal unknown() {
        return Refusal.notFound("There is no such package.");
    }

    private EvidencePackage done(Db db, Caller caller, UUID id, String action, Map<String, String> facts) {
        record(db, caller, id, action, facts);
        return store.find(db, id).orElseThrow(EvidencePackages::unknown);
    }

    private CadfEvent record(Db db, Caller caller, UUID id, String action, Map<String, String> facts) {
        EvidencePackage now = store.find(db, id).orElseThrow(EvidencePackages::unknown);
        store.custody(db, id, People.of(caller), action, facts);
        CadfEvent event =
                CadfEvent.by(caller, action, target(now), clock.instant()).with(facts);
        db.record(event);
        return event;
    }

    static CadfEvent.Target target(EvidencePackage about) {
        return new CadfEvent.Target(
                about.id().toString(), KIND, about.name() + " " + about.reference(), about.history());
    }
}
