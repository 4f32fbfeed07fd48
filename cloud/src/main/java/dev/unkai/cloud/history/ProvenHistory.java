package dev.unkai.cloud.history;

import dev.unkai.cloud.history.HistoryExport.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** A customer's history with its proofs for other modules, in the form that {@code unkai verify} checks. */
@Component
public class ProvenHistory {
    private final HistoryExport export;
    private final LedgerReader ledger;

    ProvenHistory(HistoryExport export, LedgerReader ledger) {
        this.export = export;
        this.ledger = ledger;
    }

    /**
     * Whether a signed head holds all that the ledger has received of the history before that time, so that {@link #write} gives it.
     *
     * @throws dev.unkai.base.Refusal while the ledger does not answer
     */
    public boolean isSealed(String project, Instant until) {
        List<JsonNode> newest = ledger.events(project, wanted(Map.of("until", until.toString())), null, 1);
        return newest.isEmpty()
                || ledger.head(project)
                        .filter(head -> head.path("size").longValue()
                                > newest.getFirst().path("place").longValue())
                        .isPresent();
    }

    /**
     * Writes it page by page up to the newest signed head.
     *
     * @param actions one action or several with commas between; null: any
     * @param since received by the ledger then or later; null: from the beginning
     * @param until received before; null: up to now
     * @throws dev.unkai.base.Refusal while nothing of it is sealed, or the ledger does not answer
     */
    public void write(
            String project,
            @Nullable String actions,
            @Nullable Instant since,
            @Nullable Instant until,
            OutputStream out)
            throws IOException {
        Map<String, String> facts = new TreeMap<>();
        if (actions != null) {
            facts.put("action", actions);
        }
        if (since != null) {
            facts.put("since", since.toString());
        }
        if (until != null) {
            facts.put("until", until.toString());
        }
        export.write(export.prepare(project, wanted(facts), Format.JSONL, Locale.ROOT), out);
    }

    private static Wanted wanted(Map<String, String> facts) {
        return LedgerReader.JSON.convertValue(facts, Wanted.class).checked();
    }
}
