package dev.unkai.cloud.history;

import dev.unkai.base.proof.HistoryFile;
import dev.unkai.cloud.history.HistoryExport.Job;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The form that {@code unkai verify} checks: a line for the head, one for each event, one with their number. */
final class JsonLinesForm implements ExportForm {
    private final OutputStream out;

    JsonLinesForm(OutputStream out) {
        this.out = out;
    }

    @Override
    public void begin(Job job) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("format", HistoryFile.FORMAT);
        members.put("complete", job.wanted().isEverything());
        members.put("head", job.head());
        members.put("round", job.round().orElse(null));
        members.put("key", job.key());
        event(LedgerReader.JSON.writeValueAsString(members));
    }

    @Override
    public void event(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void end(long count, boolean more) throws IOException {
        event("{\"lines\":" + count + "}");
    }
}
