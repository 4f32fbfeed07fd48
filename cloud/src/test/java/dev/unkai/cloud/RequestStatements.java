package dev.unkai.cloud;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.MDC;

/** How many statements each request has the database run, as PostgreSQL's driver tells in its log, in the thread of the request. */
final class RequestStatements extends Handler implements AutoCloseable {
    private static final String DRIVER = "org.postgresql.core.v3.QueryExecutorImpl";
    private static final String RUN = " FE=> Execute(";

    private final Logger driver = Logger.getLogger(DRIVER);
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    RequestStatements() {
        driver.setLevel(Level.FINEST);
        driver.setUseParentHandlers(false);
        driver.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
        String request = MDC.get("request_id");
        if (request != null && line.getMessage().startsWith(RUN)) {
            counts.merge(request, 1, Integer::sum);
        }
    }

    /** @param request the id that its answer bears */
    int of(String request) {
        return counts.getOrDefault(request, 0);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        driver.removeHandler(this);
        driver.setUseParentHandlers(true);
        driver.setLevel(null);
    }
}
