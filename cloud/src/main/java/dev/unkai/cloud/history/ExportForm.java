package dev.unkai.cloud.history;

import dev.unkai.cloud.history.HistoryExport.Job;
import java.io.IOException;

/** A form in which a history is written, event by event, while it is read. */
interface ExportForm {
    void begin(Job job) throws IOException;

    /** @param line of the ledger: an event with its proof */
    void event(String line) throws IOException;

    /** A page of events is written: what came so far goes out. */
    void flush() throws IOException;

    /**
     * @param count of the events that were written
     * @param more whether there are others that have no room in this form
     */
    void end(long count, boolean more) throws IOException;
}
