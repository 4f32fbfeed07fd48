package dev.unkai.cloud.history;

import dev.unkai.base.Refusal;
import dev.unkai.base.proof.HistoryFile;
import dev.unkai.base.proof.HistoryLine;
import dev.unkai.cloud.history.LedgerReader.Lines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** A history as a file, written while it is read from the ledger, page by page: however long it is, one page is in memory. */
@Component
class HistoryExport {
    private static final int PAGE = 1_000;
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final String CSV_HEAD =
            "place,received,time,action,outcome,initiator_id,initiator_name,address,agent,target_type,target_id,target_name,reason,changes,request_id,event_id";

    private final LedgerReader ledger;
    private final Duration patience;

    /** @param patience how long a ledger that does not answer in the middle of a file is waited for: a restart's time */
    HistoryExport(LedgerReader ledger, @Value("${unkai.history.export-patience:20s}") Duration patience) {
        this.ledger = ledger;
        this.patience = patience;
    }

    /** The forms of the file: one that can be checked, and one for spreadsheets. */
    enum Format {
        JSONL,
        CSV
    }

    /**
     * What is to be written.
     *
     * @param head the signed head that the file is proven against; later events are not in it
     */
    record Job(String log, Wanted wanted, Format format, JsonNode head, Optional<JsonNode> round, String key) {}

    /** Asks the ledger for all that stands in the first line, so that what cannot be exported is refused before a byte is sent. */
    Job prepare(String log, Wanted wanted, Format format) {
        JsonNode head = ledger.head(log)
                .orElseThrow(
                        () -> Refusal.conflict(
                                "Nothing of this history is sealed yet. That happens within a minute of its first event; export it then."));
        return new Job(log, wanted, format, head, ledger.round(log, HistoryController.size(head)), ledger.key());
    }

    /** Throws IOException when the reader has gone away, and CutShort when the ledger has. */
    void write(Job job, OutputStream out) throws IOException {
        line(out, job.format() == Format.CSV ? "\uFEFF" + CSV_HEAD + "\r" : first(job));
        long count = 0;
        Optional<Long> from = Optional.of(0L);
        while (from.isPresent()) {
            Lines page = page(job, from.get());
            for (String text : page.lines()) {
                line(out, job.format() == Format.CSV ? csv(HistoryLine.parse(text)) + "\r" : text);
                count++;
            }
            out.flush();
            from = page.next();
        }
        if (job.format() == Format.JSONL) {
            line(out, "{\"lines\":" + count + "}");
        }
    }

    /** The file ends in the middle; whoever reads it must be told by the connection, for the status was sent long ago. */
    static final class CutShort extends RuntimeException {
        private static final long serialVersionUID = 1;

        CutShort(Throwable cause) {
            super("An export was cut short: the ledger cannot be reached", cause);
        }
    }

    private Lines page(Job job, long from) {
        long began = System.nanoTime();
        while (true) {
            try {
                return ledger.lines(
                        job.log(),
                        from,
                        HistoryController.size(job.head()),
                        job.wanted(),
                        PAGE,
                        job.format() == Format.JSONL && job.wanted().isEverything());
            } catch (Refusal refusal) {
                if (System.nanoTime() - began > patience.toNanos()) {
                    throw new CutShort(refusal);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CutShort(e);
        }
    }

    private static String first(Job job) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("format", HistoryFile.FORMAT);
        members.put("complete", job.wanted().isEverything());
        members.put("head", job.head());
        members.put("round", job.round().orElse(null));
        members.put("key", job.key());
        return LedgerReader.JSON.writeValueAsString(members);
    }

    private static void line(OutputStream out, String text) throws IOException {
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String csv(HistoryLine line) {
        JsonNode event = LedgerReader.JSON.readTree(line.event());
        Entry entry = Entry.of(event, "", line.place(), line.received().toString(), true);
        return Stream.of(
                        entry.place(),
                        entry.received(),
                        entry.time(),
                        entry.action(),
                        entry.outcome(),
                        entry.initiator().id(),
                        entry.initiator().name(),
                        entry.initiator().address(),
                        entry.initiator().agent(),
                        entry.target().type(),
                        entry.target().id(),
                        entry.target().name(),
                        entry.reason(),
                        told(Entry.changes(event)),
                        entry.requestId(),
                        entry.id())
                .map(value -> quoted(Objects.toString(value, "")))
                .collect(Collectors.joining(","));
    }

    private static String told(List<Entry.Change> changes) {
        return changes.stream()
                .map(change -> change.confidential()
                        ? change.field() + ": ***"
                        : change.field() + ": " + Objects.toString(change.before(), "–") + " → "
                                + Objects.toString(change.after(), "–"))
                .collect(Collectors.joining("; "));
    }

    /** RFC 4180. A value that a spreadsheet would take for a formula gets an apostrophe before it: names are whatever somebody typed. */
    private static String quoted(String value) {
        String safe =
                !value.isEmpty() && List.of('=', '+', '-', '@', '\t', '\r').contains(value.charAt(0))
                        ? "'" + value
                        : value;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
