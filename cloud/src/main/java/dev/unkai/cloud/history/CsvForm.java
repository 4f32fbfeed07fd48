package dev.unkai.cloud.history;

import dev.unkai.base.proof.HistoryLine;
import dev.unkai.cloud.history.HistoryExport.Job;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The form for spreadsheets: UTF-8 with a byte order mark, and no proofs. */
final class CsvForm implements ExportForm {
    private static final String HEAD =
            "place,received,time,action,outcome,initiator_id,initiator_name,address,agent,target_type,target_id,target_name,reason,changes,request_id,event_id";

    private final OutputStream out;

    CsvForm(OutputStream out) {
        this.out = out;
    }

    @Override
    public void begin(Job job) throws IOException {
        line("\uFEFF" + HEAD);
    }

    @Override
    public void event(String line) throws IOException {
        line(csv(HistoryLine.parse(line)));
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void end(long count, boolean more) {}

    private void line(String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
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
                        Entry.told(Entry.changes(event), UnaryOperator.identity()),
                        entry.requestId(),
                        entry.id())
                .map(value -> quoted(Objects.toString(value, "")))
                .collect(Collectors.joining(","));
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
