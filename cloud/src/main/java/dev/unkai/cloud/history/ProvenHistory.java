package dev.unkai.cloud.history;

import dev.unkai.cloud.history.HistoryExport.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A customer's history with its proofs for other modules, in the form that {@code unkai verify} checks. */
@Component
public class ProvenHistory {
    private final HistoryExport export;

    ProvenHistory(HistoryExport export) {
        this.export = export;
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
        Wanted wanted = LedgerReader.JSON.convertValue(facts, Wanted.class);
        export.write(export.prepare(project, wanted.checked(), Format.JSONL, Locale.ROOT), out);
    }
}
