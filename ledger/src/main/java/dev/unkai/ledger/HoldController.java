package dev.unkai.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import dev.unkai.ledger.Holds.Hold;
import dev.unkai.ledger.Holds.Wanted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Holds on classes of events. Whether somebody may ask for one is the asking process's to know. */
@RestController
@RequestMapping("/internal/v1/holds")
final class HoldController {
    private static final int MOST = 1_000;

    private final Transactions transactions;
    private final Holds holds;

    HoldController(Transactions transactions, Holds holds) {
        this.transactions = transactions;
        this.holds = holds;
    }

    /** {@link Wanted} on the wire. */
    record Asked(
            @Nullable String id,
            @JsonProperty("class") @Nullable String about,
            @Nullable String log,
            @Nullable String reason,
            @Nullable String authority,
            @Nullable Instant until) {
        Wanted wanted() {
            return new Wanted(
                    Objects.requireNonNullElse(id, ""),
                    about,
                    log,
                    Objects.requireNonNullElse(reason, ""),
                    Objects.requireNonNullElse(authority, ""),
                    until);
        }
    }

    /** {@link Hold} on the wire. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Answer(
            String id,
            @JsonProperty("class") @Nullable String about,
            @Nullable String log,
            String reason,
            String authority,
            @Nullable Instant until,
            Instant made,
            @Nullable Instant ended) {
        static Answer of(Hold hold) {
            return new Answer(
                    hold.id(),
                    hold.about(),
                    hold.log(),
                    hold.reason(),
                    hold.authority(),
                    hold.until(),
                    hold.made(),
                    hold.ended());
        }
    }

    @Allow(value = Allow.PEERS, peers = "cloud")
    @PostMapping
    Answer place(@RequestBody Asked asked) {
        return Answer.of(holds.place(asked.wanted()));
    }

    @Allow(value = Allow.PEERS, peers = "cloud")
    @PostMapping("/{id}/end")
    Answer end(@PathVariable String id) {
        return Answer.of(holds.end(id));
    }

    @Allow(value = Allow.PEERS, peers = "cloud")
    @GetMapping
    Map<String, List<Answer>> all() {
        return Map.of(
                "holds",
                transactions.asSystem(
                        db -> holds.all(db, MOST).stream().map(Answer::of).toList()));
    }
}
