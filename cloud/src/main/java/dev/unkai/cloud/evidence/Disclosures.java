package dev.unkai.cloud.evidence;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.evidence.Disclosure.Answer;
import dev.unkai.cloud.evidence.Disclosure.Request;
import dev.unkai.cloud.evidence.Disclosure.State;
import dev.unkai.cloud.evidence.Hold.Person;
import dev.unkai.cloud.evidence.store.DisclosureStore;
import dev.unkai.cloud.evidence.store.PackageStore;
import dev.unkai.cloud.evidence.store.SecrecyStore;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The register of disclosures (16.1.7, 18.1.3): what was asked, decided by two people, handed over and told. What the provider thinks about it stands in the provider's
 * history; the customer's has the line that tells of it, if the customer may be told.
 */
@Component
public class Disclosures {
    private final Transactions transactions;
    private final DisclosureStore store;
    private final PackageStore packages;
    private final SecrecyStore secrecy;
    private final DisclosureSteps steps;
    private final Clock clock;

    Disclosures(
            Transactions transactions,
            DisclosureStore store,
            PackageStore packages,
            SecrecyStore secrecy,
            DisclosureSteps steps,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.packages = packages;
        this.secrecy = secrecy;
        this.steps = steps;
        this.clock = clock;
    }

    /** A request with all that was done about it, the periods for which its customer is not told, and the packages made for it; oldest first. */
    public record Whole(
            Disclosure disclosure, List<Entry> changes, List<Secrecy> secrecy, List<EvidencePackage> packages) {
        public Whole {
            changes = List.copyOf(changes);
            secrecy = List.copyOf(secrecy);
            packages = List.copyOf(packages);
        }
    }

    /** Newest first. */
    public List<Disclosure> list(Caller caller, DisclosureStore.Search search) {
        return transactions.asCaller(caller, db -> store.list(db, search));
    }

    /** The register goes out as a file, which is recorded. */
    public List<Disclosure> export(Caller caller, DisclosureStore.Search search) {
        return transactions.asCaller(caller, db -> {
            List<Disclosure> found = store.list(db, search);
            db.record(CadfEvent.by(
                            caller,
                            "disclosure/export",
                            new CadfEvent.Target("*", DisclosureSteps.KIND, null, null),
                            clock.instant())
                    .with(Map.of("entries", String.valueOf(found.size()))));
            return found;
        });
    }

    public Whole show(Caller caller, UUID id) {
        return transactions.asCaller(
                caller,
                db -> new Whole(
                        store.find(db, id).orElseThrow(DisclosureSteps::unknown),
                        store.changes(db, id),
                        secrecy.of(db, id),
                        packages.answering(db, id)));
    }

    public Disclosure record(Caller caller, Request request, boolean mayTell) {
        check(request);
        UUID id = UUID.randomUUID();
        return transactions.asCaller(caller, db -> {
            store.insert(db, id, request, mayTell, People.of(caller));
            return steps.done(db, caller, id, "disclosure/record", facts(request, mayTell));
        });
    }

    /**
     * Puts right what was written down, with the reason; what stood there before is kept in its history. What two people propose and decide about stays as they had it.
     */
    public Disclosure correct(Caller caller, UUID id, Request request, String reason) {
        check(request);
        return steps.take(
                caller,
                id,
                "disclosure/correct",
                before -> {
                    if (before.state() != State.RECEIVED && !before.request().asksTheSameAs(request)) {
                        throw Refusal.conflict(
                                "The customer, the legal basis, the scope and its time are what the answer is about, and stay. While it is only"
                                        + " proposed, give it back first; after that record a new request, and note its number here.");
                    }
                },
                (db, before) -> {
                    if (!before.request().project().equals(request.project())
                            && !packages.answering(db, id).isEmpty()) {
                        throw Refusal.conflict(
                                "Packages of that customer were made for this request, so it stays about him. Record a new request for the other customer.");
                    }
                    Map<String, String> changed = corrections(before, request);
                    if (changed.isEmpty()) {
                        throw Refusal.invalid("Nothing of it is different from what is recorded.");
                    }
                    store.rewrite(db, id, request);
                    changed.put("reason", reason);
                    return changed;
                });
    }

    /** What stands there and what comes in its place, by the field. */
    private static Map<String, String> corrections(Disclosure before, Request request) {
        Map<String, String> was = facts(before.request(), before.mayTell());
        Map<String, String> changed = new TreeMap<>();
        facts(request, before.mayTell()).forEach((field, value) -> {
            if (!value.equals(was.get(field))) {
                changed.put(field, was.get(field) + " → " + value);
            }
        });
        return changed;
    }

    public Disclosure propose(Caller caller, UUID id, Answer answer, String reason) {
        People.refuseDelegated(caller);
        return steps.take(caller, id, "disclosure/propose", DisclosureSteps.leadingTo(State.PROPOSED), (db, _) -> {
            store.propose(db, id, answer, reason, People.of(caller));
            return Map.of("answer", answer.wireName(), "reason", reason);
        });
    }

    /** The second person agrees, or gives the proposal back. */
    public Disclosure decide(Caller caller, UUID id, boolean agreed, String note) {
        People.refuseDelegated(caller);
        return steps.take(
                caller,
                id,
                agreed ? "disclosure/decide" : "disclosure/return",
                before -> {
                    Person proposed = before.proposed();
                    if (before.state() != State.PROPOSED || proposed == null) {
                        throw Refusal.conflict("There is no proposal to decide about.");
                    }
                    if (agreed && proposed.id().equals(caller.user())) {
                        throw Refusal.forbidden("Nobody agrees to his own proposal. Ask a second security officer.");
                    }
                },
                (db, before) -> {
                    Answer answer = before.proposal();
                    if (agreed && answer != null) {
                        store.decide(db, id, answer, People.of(caller));
                        return Map.of("answer", answer.wireName(), "note", note);
                    }
                    store.giveBack(db, id);
                    return Map.of("note", note);
                });
    }

    /** @param to who received it, and how */
    public Disclosure handOver(Caller caller, UUID id, String to) {
        return steps.take(caller, id, "disclosure/hand-over", DisclosureSteps.leadingTo(State.HANDED_OVER), (db, _) -> {
            store.handOver(db, id, to);
            return Map.of("to", to);
        });
    }

    public Disclosure close(Caller caller, UUID id, String note) {
        return steps.take(caller, id, "disclosure/close", DisclosureSteps.leadingTo(State.CLOSED), (db, _) -> {
            store.move(db, id, State.CLOSED);
            return Map.of("note", note);
        });
    }

    public Disclosure withdraw(Caller caller, UUID id, String note) {
        return steps.take(caller, id, "disclosure/withdraw", DisclosureSteps.leadingTo(State.WITHDRAWN), (db, _) -> {
            store.move(db, id, State.WITHDRAWN);
            return Map.of("note", note);
        });
    }

    /** A line for its history that changes nothing. */
    public Disclosure note(Caller caller, UUID id, String note) {
        return steps.take(caller, id, "disclosure/note", _ -> {}, (_, _) -> Map.of("note", note));
    }

    /** A package that was made before, for this request too. */
    public Disclosure link(Caller caller, UUID id, UUID packageId) {
        return steps.take(caller, id, "disclosure/package", _ -> {}, (db, before) -> {
            EvidencePackage evidence =
                    packages.lock(db, packageId).orElseThrow(() -> Refusal.invalid("There is no such package."));
            if (evidence.disclosure() != null) {
                throw Refusal.conflict(
                        evidence.disclosure().equals(id)
                                ? "The package is linked to this request already."
                                : "The package was made for another request.");
            }
            if (evidence.state() == EvidencePackage.State.GIVEN_UP) {
                throw Refusal.conflict("The package was given up. Make another one for this request.");
            }
            before.requireFor(evidence.project(), evidence.mayTell());
            packages.link(db, packageId, id);
            packages.custody(
                    db,
                    packageId,
                    People.of(caller),
                    "evidence-package/link",
                    Map.of("disclosure", before.reference()));
            store.link(db, id, packageId);
            return Map.of("package", evidence.name());
        });
    }

    private void check(Request request) {
        if (request.receivedAt().isAfter(clock.instant().plusSeconds(300))) {
            throw Refusal.invalid("\"receivedAt\" lies in the future.");
        }
        Instant from = request.from();
        Instant to = request.to();
        if (from != null && to != null && !from.isBefore(to)) {
            throw Refusal.invalid("\"from\" has to be before \"to\".");
        }
    }

    private static Map<String, String> facts(Request request, boolean mayTell) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("requester", request.requester());
        facts.put("their_number", request.theirNumber());
        facts.put("channel", request.channel().wireName());
        facts.put("received_at", request.receivedAt().toString());
        facts.put("legal_basis", request.legalBasis());
        facts.put("project", request.project());
        facts.put("scope", request.scope());
        facts.put("period_from", text(request.from()));
        facts.put("period_to", text(request.to()));
        facts.put("may_tell", String.valueOf(mayTell));
        return facts;
    }

    private static String text(@Nullable Instant time) {
        return time == null ? "" : time.toString();
    }
}
