package dev.unkai.cloud.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Shape;
import dev.unkai.base.proof.HistoryLine;
import dev.unkai.base.proof.Round;
import dev.unkai.base.proof.SignedHead;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * The history that a customer sees, and what proves it: everything done to its project and by its users, refusals included (12.4.1). Hashes and signatures
 * are base64. The provider's people name another project's history with {@code project}, which that customer sees.
 */
@RestController
@ServiceApi
@RequestMapping("/service/v1/history")
final class HistoryController {
    private static final int MOST = 500;
    /** Of a list of several histories, so that a page asks the ledger a bounded number of questions. */
    private static final int MOST_HEADS = 32;

    private final LedgerReader ledger;
    private final HistoryScope scope;

    HistoryController(LedgerReader ledger, HistoryScope scope) {
        this.ledger = ledger;
        this.scope = scope;
    }

    /**
     * A page of history, newest first; {@code next} is the {@code after} of the following page.
     *
     * @param sealed how far the history is signed; null where nothing is yet, and in a list of several histories, whose events say it each
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record History(
            List<Entry> events,
            @Nullable String next,
            @Nullable Sealed sealed) {}

    /** All events below that place are vouched for by a signed head of that time. */
    record Sealed(long size, String time) {}

    /**
     * All about one event.
     *
     * @param attachments further facts
     * @param changes what was changed, field by field
     * @param text the event's JSON text, byte by byte as it is hashed
     * @param proof null while the event is not sealed
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Whole(
            Entry event,
            Map<String, String> attachments,
            List<Entry.Change> changes,
            String text,
            @Nullable Proof proof) {}

    /**
     * What leads from an event to a signed head, and from there to a published round (RFC 9162 section 2.1.3).
     *
     * @param path the hashes from the event's leaf up to the head's root
     * @param head as the ledger signed it
     * @param round how a published round holds the head; null until one does
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Proof(
            long place,
            List<byte[]> path,
            @Shape(SignedHead.class) JsonNode head,
            @Shape(HeldByRound.class) @Nullable JsonNode round) {}

    /** How a published round holds a head: as its leaf {@code place} of {@code size}, behind the nonce (RFC 9162 section 2.1.3). */
    record HeldByRound(Round round, byte[] nonce, int place, int size, List<byte[]> path) {}

    /** The newest signed head; {@code round} is null until a published round holds it. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Head(
            @Shape(SignedHead.class) JsonNode head,
            @Shape(HeldByRound.class) @Nullable JsonNode round) {}

    /** That the history of {@code from} events is the beginning of that of {@code size}, whose head it is. */
    record Consistency(
            long from,
            long size,
            @Shape(value = byte[].class, list = true) JsonNode path,
            @Shape(SignedHead.class) JsonNode head) {}

    /** @param everyone the history of all customers and of the provider, for its own people */
    @Allow("history:event:list")
    @GetMapping
    History list(
            Caller caller,
            @ModelAttribute Wanted asked,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable Long after,
            @RequestParam(required = false) @Nullable String project,
            @RequestParam(defaultValue = "false") boolean everyone) {
        if (limit < 1 || limit > MOST) {
            throw Refusal.invalid("\"limit\" is a number from 1 to " + MOST + ".");
        }
        Wanted wanted = asked.checked();
        if (everyone) {
            scope.needAll(caller);
            List<JsonNode> found = ledger.events(null, wanted, after, limit + 1);
            scope.lookedAtAll(caller);
            return page(found, limit, sizes(found), null);
        }
        String log = scope.of(caller, project);
        // The head first: what it does not hold yet is shown as that, and never the other way round.
        Sealed sealed = ledger.head(log).map(HistoryController::sealed).orElse(null);
        List<JsonNode> found = ledger.events(log, wanted, after, limit + 1);
        if (!found.isEmpty() || sealed != null) {
            scope.looked(caller, log);
        }
        return page(found, limit, Map.of(log, sealed == null ? 0L : sealed.size()), sealed);
    }

    /** All about one event, by its place in the history. */
    @Allow("history:event:show")
    @GetMapping("/{place}")
    Whole show(Caller caller, @PathVariable long place, @RequestParam(required = false) @Nullable String project) {
        String log = scope.of(caller, project);
        Optional<JsonNode> head = ledger.head(log);
        if (head.isPresent() && place >= 0 && place < size(head.get())) {
            HistoryLine line = line(log, place, head.get());
            scope.looked(caller, log);
            JsonNode event = LedgerReader.JSON.readTree(line.event());
            return new Whole(
                    Entry.of(event, log, place, line.received().toString(), true),
                    Entry.attachments(event),
                    Entry.changes(event),
                    line.event(),
                    proof(line, log, head.get()));
        }
        JsonNode stored = ledger.events(log, Wanted.EVERYTHING, place + 1, 1).stream()
                .filter(found -> found.path("place").longValue() == place)
                .findFirst()
                .orElseThrow(() -> unknown(log, place));
        scope.looked(caller, log);
        String text = stored.path("json").asString();
        JsonNode event = LedgerReader.JSON.readTree(text);
        return new Whole(
                Entry.of(event, log, place, stored.path("received").asString(), false),
                Entry.attachments(event),
                Entry.changes(event),
                text,
                null);
    }

    /** The newest signed head. */
    @Allow("history:proof:show")
    @GetMapping("/head")
    Head head(Caller caller, @RequestParam(required = false) @Nullable String project) {
        String log = scope.of(caller, project);
        JsonNode head = signed(log);
        scope.looked(caller, log);
        return new Head(head, ledger.round(log, size(head)).orElse(null));
    }

    /** What leads from an event to the newest signed head, and from there to a published round. */
    @Allow("history:proof:show")
    @GetMapping("/proofs/{place}")
    Proof proof(Caller caller, @PathVariable long place, @RequestParam(required = false) @Nullable String project) {
        String log = scope.of(caller, project);
        JsonNode head = signed(log);
        if (place < 0 || place >= size(head)) {
            throw Refusal.notFound("There is no sealed event " + place + ": the newest head holds those from 0 to "
                    + (size(head) - 1) + ". A new event is sealed within a minute.");
        }
        HistoryLine line = line(log, place, head);
        scope.looked(caller, log);
        return proof(line, log, head);
    }

    /** @param from the size of a head that the caller has kept from before */
    @Allow("history:proof:show")
    @GetMapping("/consistency")
    Consistency consistency(
            Caller caller, @RequestParam long from, @RequestParam(required = false) @Nullable String project) {
        String log = scope.of(caller, project);
        JsonNode head = signed(log);
        JsonNode path = (from < 1 || from > size(head)
                        ? Optional.<JsonNode>empty()
                        : ledger.consistency(log, from, size(head)))
                .orElseThrow(() -> Refusal.notFound("No head of " + from
                        + " events was signed. \"from\" is the \"size\" of a head that you kept."));
        scope.looked(caller, log);
        return new Consistency(from, size(head), path.path("path"), head);
    }

    private Proof proof(HistoryLine line, String log, JsonNode head) {
        return new Proof(
                line.place(), line.proof(), head, ledger.round(log, size(head)).orElse(null));
    }

    private HistoryLine line(String log, long place, JsonNode head) {
        return ledger.lines(log, place, size(head), Wanted.EVERYTHING, 1).lines().stream()
                .map(HistoryLine::parse)
                .filter(line -> line.place() == place)
                .findFirst()
                .orElseThrow(() -> unknown(log, place));
    }

    private JsonNode signed(String log) {
        return ledger.head(log)
                .orElseThrow(() -> Refusal.notFound(
                        "Nothing of this history is sealed yet. That happens within a minute of its first event."));
    }

    private Refusal unknown(String log, long place) {
        return ledger.dropped(log, place)
                .map(
                        gone -> new Refusal(
                                Refusal.Kind.GONE,
                                "EventDropped",
                                "Event " + place + " of this history is not kept any more: the events of class "
                                        + gone.path("about").asString() + " that were received in "
                                        + gone.path("month").asString() + " were dropped at "
                                        + gone.path("at").asString() + " by act "
                                        + gone.path("act").asString() + " of the ledger, after the "
                                        + gone.path("days").asString()
                                        + " days for which they are kept. Its place and its hash stay: an export of the whole history has a line for it."))
                .orElseGet(() -> Refusal.notFound("There is no event " + place + " in this history."));
    }

    static long size(JsonNode head) {
        return head.path("size").longValue();
    }

    private static Sealed sealed(JsonNode head) {
        return new Sealed(size(head), head.path("time").asString());
    }

    /** How far each of the histories is signed; of a page with more of them than that, of the first. */
    private Map<String, Long> sizes(List<JsonNode> found) {
        Map<String, Long> sizes = new HashMap<>();
        found.stream()
                .map(stored -> stored.path("log").asString())
                .distinct()
                .limit(MOST_HEADS)
                .forEach(log -> sizes.put(
                        log, ledger.head(log).map(HistoryController::size).orElse(0L)));
        return sizes;
    }

    /** @param sizes how far each history is signed; of one that is not in it nothing is said */
    private static History page(List<JsonNode> found, int limit, Map<String, Long> sizes, @Nullable Sealed sealed) {
        List<Entry> entries = new ArrayList<>();
        String next = null;
        for (JsonNode stored : found) {
            if (entries.size() == limit) {
                break;
            }
            String log = stored.path("log").asString();
            long place = stored.path("place").longValue();
            Long size = sizes.get(log);
            entries.add(Entry.of(
                    LedgerReader.JSON.readTree(stored.path("json").asString()),
                    log,
                    place,
                    stored.path("received").asString(),
                    size == null ? null : place < size));
            next = stored.path("number").asString();
        }
        return new History(entries, found.size() > limit ? next : null, sealed);
    }
}
