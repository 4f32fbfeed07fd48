package dev.unkai.cloud.evidence;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.evidence.Disclosure.Answer;
import dev.unkai.cloud.evidence.Disclosure.Change;
import dev.unkai.cloud.evidence.Disclosure.Request;
import dev.unkai.cloud.evidence.Disclosure.State;
import dev.unkai.cloud.evidence.Hold.Person;
import dev.unkai.cloud.evidence.store.DisclosureStore;
import dev.unkai.web.mail.Mail;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.web.mail.MailOutbox;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * The register of disclosures (16.1.7, 18.1.3): what was asked, decided by two people, handed over and told. What the provider thinks about it stands in the provider's
 * history; the customer's has the line that tells of it, if the customer may be told.
 */
@Component
public class Disclosures {
    public static final String KIND = "evidence/disclosure";

    private final Transactions transactions;
    private final DisclosureStore store;
    private final MailOutbox mails;
    private final Clock clock;

    Disclosures(Transactions transactions, DisclosureStore store, MailOutbox mails, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.mails = mails;
        this.clock = clock;
    }

    /** A request with all that was done about it, oldest first. */
    public record Whole(Disclosure disclosure, List<Change> changes) {
        public Whole {
            changes = List.copyOf(changes);
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
                            caller, "disclosure/export", new CadfEvent.Target("*", KIND, null, null), clock.instant())
                    .with(Map.of("entries", String.valueOf(found.size()))));
            return found;
        });
    }

    public Whole show(Caller caller, UUID id) {
        return transactions.asCaller(
                caller, db -> new Whole(store.find(db, id).orElseThrow(Disclosures::unknown), store.changes(db, id)));
    }

    public Disclosure record(Caller caller, Request request, boolean mayTell) {
        check(request);
        UUID id = UUID.randomUUID();
        return transactions.asCaller(caller, db -> {
            store.insert(db, id, request, mayTell, People.of(caller));
            return done(db, caller, id, "disclosure/record", facts(request, mayTell));
        });
    }

    /** Puts right what was written down; once decided it stays as it was decided about. */
    public Disclosure correct(Caller caller, UUID id, Request request) {
        check(request);
        return step(
                caller,
                id,
                "disclosure/correct",
                before -> {
                    if (before.state() != State.RECEIVED) {
                        throw Refusal.conflict(
                                "The request is proposed or decided about already. What is wrong in it can be noted, not changed.");
                    }
                },
                (db, before) -> {
                    store.rewrite(db, id, request);
                    Map<String, String> now = facts(request, before.mayTell());
                    Map<String, String> was = facts(before.request(), before.mayTell());
                    Map<String, String> changed = new TreeMap<>();
                    now.forEach((field, value) -> {
                        if (!value.equals(was.get(field))) {
                            changed.put(field, was.get(field) + " → " + value);
                        }
                    });
                    return changed;
                });
    }

    public Disclosure propose(Caller caller, UUID id, Answer answer, String reason) {
        People.refuseDelegated(caller);
        return step(caller, id, "disclosure/propose", leadingTo(State.PROPOSED), (db, _) -> {
            store.propose(db, id, answer, reason, People.of(caller));
            return Map.of("answer", answer.wireName(), "reason", reason);
        });
    }

    /** The second person agrees, or gives the proposal back. */
    public Disclosure decide(Caller caller, UUID id, boolean agreed, String note) {
        People.refuseDelegated(caller);
        return step(
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
        return step(caller, id, "disclosure/hand-over", leadingTo(State.HANDED_OVER), (db, _) -> {
            store.handOver(db, id, to);
            return Map.of("to", to);
        });
    }

    public Disclosure close(Caller caller, UUID id, String note) {
        return step(caller, id, "disclosure/close", leadingTo(State.CLOSED), (db, _) -> {
            store.move(db, id, State.CLOSED);
            return Map.of("note", note);
        });
    }

    public Disclosure withdraw(Caller caller, UUID id, String note) {
        return step(caller, id, "disclosure/withdraw", leadingTo(State.WITHDRAWN), (db, _) -> {
            store.move(db, id, State.WITHDRAWN);
            return Map.of("note", note);
        });
    }

    /** A line for its history that changes nothing. */
    public Disclosure note(Caller caller, UUID id, String note) {
        return step(caller, id, "disclosure/note", _ -> {}, (_, _) -> Map.of("note", note));
    }

    /** Whether the customer may be told; not to be taken back once the customer was told. */
    public Disclosure mayTell(Caller caller, UUID id, boolean mayTell, String reason) {
        return step(
                caller,
                id,
                "disclosure/may-tell",
                before -> {
                    if (before.toldAt() != null) {
                        throw Refusal.conflict("The customer was told already.");
                    }
                },
                (db, before) -> {
                    store.mayTell(db, id, mayTell);
                    return Map.of("may_tell", before.mayTell() + " → " + mayTell, "reason", reason);
                });
    }

    /** Tells the customer by mail, in the transaction that notes it; from then on the customer's history has it too. */
    public Disclosure tell(Caller caller, UUID id, MailAddress email, Mail.Language language) {
        return step(
                caller,
                id,
                "disclosure/notify",
                before -> {
                    if (!before.mayTell()) {
                        throw Refusal.conflict(
                                "The customer may not be told of this request. Change that first, with the reason, if it is no longer so.");
                    }
                    if (before.toldAt() != null) {
                        throw Refusal.conflict("The customer was told already.");
                    }
                    if (before.decided() == null) {
                        throw Refusal.conflict("Nothing is decided yet. Tell the customer what was decided.");
                    }
                },
                (db, before) -> {
                    store.told(db, id);
                    mails.post(db, notice(before, email, language));
                    Answer answer = before.proposal();
                    db.record(CadfEvent.by(
                                    caller,
                                    "disclosure/tell",
                                    new CadfEvent.Target(
                                            id.toString(),
                                            KIND,
                                            before.reference(),
                                            before.request().project()),
                                    clock.instant())
                            .with(Map.of(
                                    "requester",
                                    before.request().requester(),
                                    "answer",
                                    answer == null ? "" : answer.wireName())));
                    return Map.of("to", email.toString());
                });
    }

    private static Mail notice(Disclosure about, MailAddress email, Mail.Language language) {
        Answer answer = about.proposal();
        boolean ja = language == Mail.Language.JA;
        String word = switch (answer == null ? Answer.REFUSED : answer) {
            case GRANTED -> ja ? "開示する" : "granted";
            case PARTLY -> ja ? "一部を開示する" : "granted in part";
            case REFUSED -> ja ? "開示しない" : "refused";
        };
        return Mail.open(
                "disclosure-notice",
                language,
                email,
                Map.of(
                        "number", about.reference(),
                        "requester", about.request().requester(),
                        "received", day(about.request().receivedAt()),
                        "basis", about.request().legalBasis(),
                        "scope", about.request().scope(),
                        "answer", word,
                        "decided", day(about.decidedAt() == null ? about.recordedAt() : about.decidedAt())));
    }

    private static String day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
    }

    /** Does what a step does to the row, and says what is to be noted of it. */
    private interface Work {
        Map<String, String> on(Db db, Disclosure before);
    }

    private Disclosure step(Caller caller, UUID id, String action, Consumer<Disclosure> check, Work work) {
        return transactions.asCaller(caller, db -> {
            Disclosure before = store.lock(db, id).orElseThrow(Disclosures::unknown);
            check.accept(before);
            return done(db, caller, id, action, work.on(db, before));
        });
    }

    private Disclosure done(Db db, Caller caller, UUID id, String action, Map<String, String> facts) {
        store.note(db, id, People.of(caller), action, facts);
        Disclosure now = store.find(db, id).orElseThrow(Disclosures::unknown);
        Map<String, String> told = new TreeMap<>(facts);
        told.put("customer", now.request().project());
        told.put("state", now.state().wireName());
        db.record(CadfEvent.by(
                        caller,
                        action,
                        new CadfEvent.Target(id.toString(), KIND, now.reference(), null),
                        clock.instant())
                .with(told));
        return now;
    }

    private static Consumer<Disclosure> leadingTo(State next) {
        return before -> {
            if (!before.state().leadsTo(next)) {
                throw Refusal.conflict(
                        "The request is " + before.state().wireName() + ": it cannot become " + next.wireName() + ".");
            }
        };
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
        facts.put("from", String.valueOf(request.from()));
        facts.put("to", String.valueOf(request.to()));
        facts.put("may_tell", String.valueOf(mayTell));
        return facts;
    }

    private static Refusal unknown() {
        return Refusal.notFound("There is no such request in the register.");
    }
}
