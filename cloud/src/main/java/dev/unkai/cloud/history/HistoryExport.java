package dev.unkai.cloud.history;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.history.LedgerReader.Lines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** A history as a file, written while it is read from the ledger, page by page: however long it is, one page is in memory. */
@Component
class HistoryExport {
    private static final int PAGE = 1_000;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final LedgerReader ledger;
    private final Duration patience;
    private final Path font;

    /**
     * @param patience how long a ledger that does not answer in the middle of a file is waited for: a restart's time
     * @param font of PDF files, with Japanese letters: a TrueType or OpenType file or collection
     */
    HistoryExport(
            LedgerReader ledger,
            @Value("${unkai.history.export-patience:20s}") Duration patience,
            @Value("${unkai.history.pdf-font:/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf}") Path font) {
        this.ledger = ledger;
        this.font = font;
        this.patience = patience;
    }

    /** The forms of the file: one that can be checked, one for spreadsheets and one for paper. */
    enum Format {
        JSONL("application/jsonl;charset=utf-8", Long.MAX_VALUE),
        CSV("text/csv;charset=utf-8", Long.MAX_VALUE),
        /** For reading and handing in: some 2,000 pages. */
        PDF("application/pdf", 20_000);

        final String type;
        /** Events in one file. */
        final long most;

        Format(String type, long most) {
            this.type = type;
            this.most = most;
        }

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is to be written.
     *
     * @param language of the words around the events, where the form has some
     * @param head the signed head that the file is proven against; later events are not in it
     */
    record Job(
            String log,
            Wanted wanted,
            Format format,
            Locale language,
            JsonNode head,
            Optional<JsonNode> round,
            String key) {}

    /** Asks the ledger for all that stands in the first line, so that what cannot be exported is refused before a byte is sent. */
    Job prepare(String log, Wanted wanted, Format format, Locale language) {
        if (format == Format.PDF) {
            PdfForm.check(font);
        }
        JsonNode head = ledger.head(log)
                .orElseThrow(
                        () -> Refusal.conflict(
                                "Nothing of this history is sealed yet. That happens within a minute of its first event; export it then."));
        long size = HistoryController.size(head);
        if (wanted.isEverything() && size > format.most) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    "PdfTooLong",
                    "A PDF has room for " + format.most + " events, and this history has " + size
                            + ". Choose a period or another filter, or export JSON Lines.");
        }
        return new Job(log, wanted, format, language, head, ledger.round(log, size), ledger.key());
    }

    /** Throws IOException when the reader has gone away, and CutShort when the ledger has. */
    void write(Job job, OutputStream out) throws IOException {
        ExportForm form = switch (job.format()) {
            case JSONL -> new JsonLinesForm(out);
            case CSV -> new CsvForm(out);
            case PDF -> new PdfForm(out, font);
        };
        form.begin(job);
        long count = 0;
        Optional<Long> from = Optional.of(0L);
        while (from.isPresent()) {
            Lines page = page(job, from.get());
            for (String text : page.lines()) {
                if (count == job.format().most) {
                    form.end(count, true);
                    return;
                }
                form.event(text);
                count++;
            }
            form.flush();
            from = page.next();
        }
        form.end(count, false);
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
}
