package dev.unkai.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.ledger.Retention.Kept;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How long events are kept. Whether somebody may change it is the asking process's to know. */
@RestController
@RequestMapping("/internal/v1/retention")
final class RetentionController {
    private final Retention retention;

    RetentionController(Retention retention) {
        this.retention = retention;
    }

    /** {@link Kept} on the wire. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Answer(
            @JsonProperty("class") String about,
            int days,
            int leastDays,
            @Nullable Instant oldest,
            @Nullable Instant nextDrop,
            List<String> held) {
        static Answer of(Kept kept) {
            return new Answer(
                    kept.about().text(),
                    kept.days(),
                    Retention.LEAST_DAYS,
                    kept.oldest(),
                    kept.nextDrop(),
                    kept.held());
        }
    }

    /**
     * @param days from now on
     * @param by who decided it
     */
    record Asked(
            @Nullable Integer days,
            @Nullable String reason,
            @Nullable String by) {}

    @Allow(value = Allow.PEERS, peers = "cloud")
    @GetMapping
    Map<String, List<Answer>> all() {
        return Map.of("classes", retention.all().stream().map(Answer::of).toList());
    }

    @Allow(value = Allow.PEERS, peers = "cloud")
    @PutMapping("/{about}")
    Map<String, List<Answer>> keep(@PathVariable String about, @RequestBody Asked asked) {
        EventClass known = EventClass.named(about)
                .orElseThrow(() -> Refusal.notFound("There is no class of events " + about + "."));
        retention.keep(
                known,
                Objects.requireNonNullElse(asked.days(), 0),
                Objects.requireNonNullElse(asked.reason(), ""),
                Objects.requireNonNullElse(asked.by(), ""));
        return all();
    }
}
