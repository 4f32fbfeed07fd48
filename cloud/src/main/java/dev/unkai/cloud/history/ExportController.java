package dev.unkai.cloud.history;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Shape;
import dev.unkai.cloud.history.HistoryExport.CutShort;
import dev.unkai.cloud.history.HistoryExport.Format;
import dev.unkai.cloud.history.HistoryExport.Job;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes a history out as a file. */
@RestController
@ServiceApi
final class ExportController {
    /** How many events the history holds up to the head of the file; with nothing left out, as many as the file. */
    static final String EVENTS = "X-Unkai-Events";

    private static final Logger log = LoggerFactory.getLogger(ExportController.class);
    /** At a time and process: an export keeps the ledger busy for as long as its reader takes. */
    private static final int MOST = 8;

    private static final Set<String> LANGUAGES = Set.of("en", "ja");

    private final HistoryExport export;
    private final HistoryScope scope;
    private final Semaphore turns = new Semaphore(MOST);

    ExportController(HistoryExport export, HistoryScope scope) {
        this.export = export;
        this.scope = scope;
    }

    /** @param format {@code jsonl}, which {@code unkai verify} checks, {@code csv}, or {@code pdf}, whose words are in the {@code language} ja or en */
    @Shape(type = {"application/jsonl", "text/csv", "application/pdf"})
    @Allow("history:event:export")
    @GetMapping("/service/v1/history/export")
    void export(
            Caller caller,
            @ModelAttribute Wanted asked,
            @RequestParam(defaultValue = "jsonl") String format,
            @RequestParam(defaultValue = "en") String language,
            @RequestParam(required = false) @Nullable String project,
            HttpServletResponse response)
            throws IOException {
        Format form = Arrays.stream(Format.values())
                .filter(known -> known.wireName().equals(format))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("\"format\" is one of: jsonl, csv, pdf."));
        if (!LANGUAGES.contains(language)) {
            throw Refusal.invalid("\"language\" is one of: en, ja.");
        }
        Wanted wanted = asked.checked();
        String history = scope.of(caller, project);
        if (!turns.tryAcquire()) {
            throw new Refusal(
                    Refusal.Kind.TOO_MANY,
                    "TooMany",
                    "Too many histories are being exported at this moment. Try again in a minute.");
        }
        try {
            Job job = export.prepare(history, wanted, form, Locale.of(language));
            TreeMap<String, String> facts = new TreeMap<>(wanted.facts());
            facts.put("format", format);
            facts.put("size", job.head().path("size").asString());
            scope.exported(caller, history, facts);
            response.setContentType(form.type);
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"unkai-history." + format + "\"");
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setHeader(EVENTS, job.head().path("size").asString());
            export.write(job, response.getOutputStream());
        } catch (CutShort cut) {
            log.warn("{}", cut.getMessage());
            throw new CloseNowException(cut.getMessage());
        } finally {
            turns.release();
        }
    }

    /**
     * Answers nothing, for something would be written behind the part that was sent: the connection is closed before its end instead. Thrown again as it came, nobody
     * logs it with all its frames.
     */
    @ExceptionHandler
    void cutShort(CloseNowException cut) throws CloseNowException {
        throw cut;
    }
}
