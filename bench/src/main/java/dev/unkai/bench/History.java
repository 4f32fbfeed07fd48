package dev.unkai.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Questions to a long history, and the same as a file, beside PostgreSQL's own reading of the same rows. */
final class History {
    private static final int OTHERS = 2_000;
    private static final long FILE = 1_000_000;
    /** As many as a PDF has room for. */
    private static final long PAPER = 20_000;

    private static final long PATIENCE = 600_000_000_000L;

    private final Path data;
    private final Consumer<Object> told;

    History(Path data, Consumer<Object> told) {
        this.data = data;
        this.told = told;
    }

    /** @param events that the ledger is given first; 0: as it is */
    void measure(long events) throws Exception {
        BenchSite customer = BenchSite.of(data);
        if (events > 0) {
            long start = System.nanoTime();
            new PastEvents(data).make(events, customer.project(), OTHERS);
            told.accept(Figure.of(
                    events + " events taken in, signed and searchable", "s", (System.nanoTime() - start) / 1e9));
        }
        await(customer);
        customer = BenchSite.of(data); // its token may have ended meanwhile
        try (LedgerRows rows = new LedgerRows(data, customer.project())) {
            told.accept(Figure.of("events in the ledger", "", rows.all()));
            told.accept(Figure.of("of them in the customer's history", "", rows.own()));
            told.accept(Figure.of("its tables and indexes", "MiB", rows.mebibytes()));
            Figure raw = rows.page();
            told.accept(raw);
            List<Double> all = new ArrayList<>();
            for (HistoryQuestions questions : List.of(
                    HistoryQuestions.ofCustomer(customer),
                    HistoryQuestions.ofProvider(BenchSite.as(data, "operator")))) {
                for (HistoryQuestions.Kind kind : questions.kinds()) {
                    double[] taken = questions.ask(kind);
                    told.accept(Figure.of(kind.name(), "ms", taken).against(raw));
                    for (double one : taken) {
                        all.add(one);
                    }
                }
            }
            double[] sorted =
                    all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            told.accept(Figure.of("all questions together", "ms", sorted));
            told.accept(Figure.of(
                    "their 99th percentile",
                    "ms",
                    sorted[(int) Math.min(sorted.length - 1L, sorted.length * 99L / 100)]));
            HistoryFile file = new HistoryFile(customer, rows, told);
            file.paper(Math.min(PAPER, rows.own()));
            file.measure(Math.min(FILE + 1, rows.own())); // up to the last of them, which is not in it
        }
    }

    /** Until the ledger answers, and somebody has signed what is in it. */
    private static void await(BenchSite customer) {
        long end = System.nanoTime() + PATIENCE;
        while (System.nanoTime() < end) {
            try {
                if (customer.send("GET", "/service/v1/history/head", null).statusCode() == 200) {
                    return;
                }
            } catch (IllegalStateException e) {
                // Nobody listens yet.
            }
            LockSupport.parkNanos(200_000_000);
        }
        throw new IllegalStateException("The ledger does not answer");
    }
}
