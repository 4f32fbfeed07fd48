package dev.unkai.ledger;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.proof.Round;
import dev.unkai.base.proof.SignedHead;
import dev.unkai.ledger.ExportLines.Selection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What proves the logs: heads, paths, rounds, and lines that carry their proofs. Hashes are base64. */
@RestController
@RequestMapping("/internal/v1")
final class LogController {
    private static final int MOST = 1_000;

    private final Transactions transactions;
    private final LedgerKeys keys;
    private final Auditor auditor;

    LogController(Transactions transactions, LedgerKeys keys, Auditor auditor) {
        this.transactions = transactions;
        this.keys = keys;
        this.auditor = auditor;
    }

    /** Where a leaf leads to the root of its tree (RFC 9162 section 4.5). */
    record Inclusion(long place, long size, List<byte[]> path) {}

    /** That a tree is the beginning of another (RFC 9162 section 4.4). */
    record Consistency(long from, long size, List<byte[]> path) {}

    /** How a published round holds a head: as its leaf {@code place} of {@code size}, behind the nonce. */
    record InRound(Round round, byte[] nonce, int place, int size, List<byte[]> path) {}

    /** The auditor's state and what it found, newest first. */
    record Audit(long passes, @Nullable Instant lastPass, long events, List<Finding> findings) {}

    @Allow(value = Allow.PEERS, peers = "cloud")
    @GetMapping("/logs/{log}/head")
    SignedHead newest(@PathVariable String log) {
        return read(db -> HeadStore.newest(db, log).orElseThrow(LogController::unsigned));
    }

    @Allow(value = Allow.PEERS, peers = "cloud")
    @GetMapping("/logs/{log}/heads/{size}")
    SignedHead head(@PathVariable String log, @PathVariable long size) {
        return read(db -> signed(db, log, size));
    }

    @Allow(value = Allow.PEERS, peers = "cloud")
    @GetMapping("/logs/{log}/inclusion")
    Inclusion inclusion(@PathVariable String log, @RequestParam long place, @RequestParam long size) {
        return read(db -> {
            signed(db, log, size);
            if (place < 0 || place >= size) {
                throw Refusal.notFound("There is no event " + place + " among the first " + size + ".");
            }
            return new Inclusion(place, size, new StoredTree(db, log).tree().inclusion(place, size));
        });
    }

    @Allow(value = Allow.PEERS, peers = "cloud")
    @GetMapping("/logs/{log}/consistency")
    Consistency consistency(@PathVariable String log, @RequestParam long from, @RequestParam long size) {
        return read(db -> {
            signed(db, log, size);
            signed(db, log, from);
            if (from > size) {
                throw Refusal.invalid("\"from\" is not larger than \"size\".");
            }
            return new Consistency(from, size, new StoredTree(db, log).tree().consistency(from, size));
        });
    }

    @Allow(value = Allow.PEERS, peers = "cloud")
    @GetMapping("/logs/{log}/lines")
    ExportLines.Page lines(
            @PathVariable String log,
            @RequestParam(defaultValue = "0") long from,
            @RequestParam long size,
            @RequestParam(defaultValue = "1000") int limit,
            @RequestParam(defaultValue = "false") boolean dropped,
            @ModelAttribute Conditions conditions) {
        return read(db -> {
            signed(db, log, size);
            return ExportLines.read(
                    db, new Selection(log, size, conditions, dropped), from, Math.clamp(limit, 1, MOST));
        });
    }

    @Allow(value = Allow.PEERS, peers = "cloud")
    @GetMapping("/logs/{log}/dropped/{place}")
    DroppedEvent dropped(@PathVariable String log, @PathVariable long place) {
        return read(db -> DroppedEvent.at(db, log, place)
                .orElseThrow(() -> Refusal.notFound("No event of that place was dropped.")));
    }

    @Allow(value = Allow.PEERS, peers = "cloud")
    @GetMapping("/logs/{log}/round")
    InRound round(@PathVariable String log, @RequestParam long size) {
        return read(db -> {
            SignedHead head = signed(db, log, size);
            long number = db.sql("select round from round_head where log = ? and size = ?")
                    .param(log)
                    .param(size)
                    .query(Long.class)
                    .optional()
                    .orElseThrow(LogController::unsigned);
            RoundTree tree = RoundTree.of(db, number);
            int place = tree.place(head);
            return new InRound(
                    RoundStore.numbered(db, number).orElseThrow(),
                    tree.nonce(head),
                    place,
                    tree.size(),
                    tree.path(place));
        });
    }

    @Allow(value = Allow.PEERS, peers = "cloud")
    @GetMapping("/rounds")
    Map<String, List<Round>> rounds(
            @RequestParam(required = false) @Nullable Long before, @RequestParam(defaultValue = "100") int limit) {
        return read(db -> Map.of(
                "rounds", RoundStore.page(db, before == null ? Long.MAX_VALUE : before, Math.clamp(limit, 1, MOST))));
    }

    @Allow(value = Allow.PEERS, peers = "cloud")
    @GetMapping("/key")
    Map<String, String> key() {
        return Map.of("pem", keys.published().pem());
    }

    @Allow(value = Allow.PEERS, peers = "cloud")
    @GetMapping("/audit")
    Audit audit() {
        Auditor.State state = auditor.state();
        return new Audit(state.passes(), state.lastPass(), state.events(), read(db -> Findings.newest(db, MOST)));
    }

    private static SignedHead signed(Db db, String log, long size) {
        return HeadStore.ofSize(db, log, size).orElseThrow(LogController::unsigned);
    }

    private static Refusal unsigned() {
        return Refusal.notFound("Nothing of that log and size is signed.");
    }

    private <T> T read(Function<Db, T> work) {
        return transactions.asSystem(work);
    }
}
